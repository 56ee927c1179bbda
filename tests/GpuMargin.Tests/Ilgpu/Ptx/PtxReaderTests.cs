using GpuMargin.Tests.Ilgpu.Ptx.Code;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Ptx;

/// <summary>What is not understood is refused.</summary>
public sealed class PtxReaderTests
{
    [Theory]
    [InlineData("add.f32 %f1, %f2, %f3;", "unknown instruction add.f32")]
    [InlineData("ex2.approx.f32 %f1, %f2;", "unknown instruction ex2.approx.f32")]
    [InlineData("fma.rn.ftz.f32 %f1, %f1, %f1, %f1;", "unknown instruction fma.rn.ftz.f32")]
    [InlineData("call.uni f, (%r1);", "")]
    [InlineData("shfl.sync.bfly.b32 %r1, %r2, 1, 31, 31;", "unknown instruction shfl.sync.bfly.b32")]
    [InlineData("bar.sync 1;", "unknown instruction bar.sync")]
    [InlineData("add.s32 %r1, %r2;", "3 operands")]
    [InlineData("add.s32 %rd1, %r2, %r3;", "%rd1 has 64 bits")]
    [InlineData("add.s32 %r1, %rd2, %r3;", "%rd2 has 64 bits")]
    [InlineData("add.s32 %r1, %r2, 4294967296;", "unknown operand 4294967296")]
    [InlineData("fma.rn.f32 %f1, %f2, %f3, 0d3FF0000000000000;", "unknown operand 0d3FF0000000000000")]
    [InlineData("add.s32 %r9, %r1, 1;", "unknown operand %r9")]
    [InlineData("mov.b32 %tid.x, 1;", "%tid.x cannot be written")]
    [InlineData("mov.b32 %r1, %laneid;", "unknown operand %laneid")]
    [InlineData("ld.b32 %r1, [%rd1];", "unknown instruction ld.b32")]
    [InlineData("ld.local.b32 %r1, [%rd1];", "unknown space local")]
    [InlineData("ld.param.b64 %rd1, [_words+4];", "no 8 bytes at _words+4")]
    [InlineData("ld.global.v2.b32 {%r1}, [%rd1];", "as many elements")]
    [InlineData("atom.global.add.f32 %f1, [%rd1], %f2;", "unknown instruction atom.global.add.f32")]
    [InlineData("bra.uni L;", "unknown label L")]
    [InlineData("@%p9 ret;", "%p9")]
    [InlineData(".local .align 8 .b8 depot[16];", "unknown statement .local")]
    public void A_statement_that_is_not_known_is_refused(string statement, string fault) =>
        Assert.Contains(fault, Assert.Throws<PtxFault>(() => PtxProgramText.Read(statement)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_directive_that_is_not_known_is_refused() =>
        Assert.Contains(".reqntid", Assert.Throws<PtxFault>(() => PtxProgramText.Read("", ".reqntid 32")).Message, StringComparison.Ordinal);

    [Fact]
    public void Constants_are_the_bits_that_they_name() => Assert.Equal(
        [0xFFFF_FFFF, 0x3F80_0000, 0, 0x4009_21FB, 4, 5, 6, 7],
        PtxProgramText.Run(
            """
            st.global.b32 [%rd1], -1;
            st.global.b32 [%rd1+4], 0f3F800000;
            st.global.f64 [%rd1+8], 0d400921FB00000000;
            """,
            threads: 1));
}
