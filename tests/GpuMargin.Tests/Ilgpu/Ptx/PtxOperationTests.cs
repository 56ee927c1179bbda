using System.Globalization;
using GpuMargin.Tests.Ilgpu.Ptx.Operations;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Ptx;

/// <summary>Each instruction by itself.</summary>
public sealed class PtxOperationTests
{
    public static TheoryData<string> KnownAnswers() => [.. PtxKnownAnswers.All];

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void An_instruction_gives_the_known_answer(string answer)
    {
        string[] words = answer.Split(' ');
        PtxOperation operation = PtxOperations.All[words[0]];
        ulong[] operands = [.. words[1..^2].Select(Bits), 0, 0];
        Assert.Equal(operation.Operands.Length, words.Length - 3);
        Assert.Equal(words[^1], operation.Apply(operands[0], operands[1], operands[2]).ToString("x", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("add.f32")]
    [InlineData("mul.f64")]
    [InlineData("fma.rn.ftz.f32")]
    [InlineData("fma.rz.f32")]
    [InlineData("div.approx.f32")]
    [InlineData("div.full.f32")]
    [InlineData("sqrt.approx.f32")]
    [InlineData("ex2.approx.f32")]
    [InlineData("cvt.f32.f64")]
    [InlineData("setp.lt.ftz.f32")]
    public void An_instruction_that_does_not_say_how_it_rounds_is_none(string opcode) => Assert.DoesNotContain(opcode, PtxOperations.All.Keys);

    static ulong Bits(string hexadecimal) => ulong.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
