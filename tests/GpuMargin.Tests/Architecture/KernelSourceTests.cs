using System.Text.RegularExpressions;
using Xunit;

namespace GpuMargin.Tests.Architecture;

/// <summary>Kernels may run on a device: no heap, exceptions, strings, virtual calls, libraries; and no sum takes an unfused product.</summary>
public sealed partial class KernelSourceTests
{
    const string Kernels = "kernels/GpuMargin.Kernels";

    [Fact]
    public void The_kernels_reference_nothing()
    {
        string project = File.ReadAllText(Directory.GetFiles(Path.Combine(SourceTree.Root, Kernels), "*.csproj").Single());
        Assert.DoesNotContain("Reference", project, StringComparison.Ordinal);
        foreach ((string file, string code) in SourceTree.Code(Kernels))
        {
            foreach (Match match in Usings().Matches(code))
            {
                Assert.True(AllowedUsing().IsMatch(match.Groups["name"].Value), $"{file}: {match.Value}");
            }
        }
    }

    [Fact]
    public void The_kernels_have_no_heap_exceptions_strings_virtual_calls_or_library_functions()
    {
        IReadOnlyDictionary<string, string> sources = SourceTree.Code(Kernels);
        Assert.True(sources.Count > 15, $"Only {sources.Count} sources were found.");
        foreach ((string file, string code) in sources)
        {
            Assert.Equal([], Forbidden().Matches(code).Select(match => $"{file}: {match.Value}"));
        }
    }

    [Theory]
    [InlineData("throw new E();")]
    [InlineData("var x = new double[3];")]
    [InlineData("T[] x = new T[Width];")]
    [InlineData("Math.Exp(x)")]
    [InlineData("MathF.Pow(x, y)")]
    [InlineData("double.Log(x)")]
    [InlineData("public virtual int X()")]
    [InlineData("protected abstract int X();")]
    [InlineData("string name")]
    [InlineData("f(\"\")")]
    [InlineData("sealed class C")]
    [InlineData("stackalloc int[3]")]
    public void A_forbidden_construct_is_found(string code) => Assert.Matches(Forbidden(), code);

    [Theory]
    [InlineData("static abstract T Of(double x);")]
    [InlineData("public static class Elementary")]
    [InlineData("Math.FusedMultiplyAdd(a, b, c) + MathF.Sqrt(x)")]
    [InlineData("new(Vector256.Create(x))")]
    public void An_allowed_one_is_not(string code) => Assert.DoesNotMatch(Forbidden(), code);

    [Fact]
    public void A_product_meets_a_sum_only_through_a_fused_multiply_add()
    {
        foreach ((string file, string code) in SourceTree.Code(Kernels))
        {
            if (!file.StartsWith("Lanes/", StringComparison.Ordinal))
            {
                Assert.Equal([], UnfusedSums(code).Select(found => $"{file}: {found}"));
            }
        }
    }

    [Theory]
    [InlineData("y = a * b + c;")]
    [InlineData("y = c - a * T.Of(2);")]
    [InlineData("y = (T.Abs(a) * b) + c;")]
    [InlineData("return f(x, a - b * (c + d));")]
    public void An_unfused_sum_is_found(string code) => Assert.NotEmpty(UnfusedSums(code));

    [Theory]
    [InlineData("y = T.Fma(a, b * c, d + e);")]
    [InlineData("y = (a + b) * (c - d);")]
    [InlineData("y = x * x * T.Of(-0.5);")]
    public void A_fused_one_is_not(string code) => Assert.Empty(UnfusedSums(code));

    // Expressions in which a product stands beside a binary + or −, parentheses that hold nothing but a product seen through.
    static IEnumerable<string> UnfusedSums(string code)
    {
        for (; ; )
        {
            Match inner = Innermost().Match(code);
            foreach (string part in inner.Success ? inner.Groups["content"].Value.Split(',') : code.Split(';', '{', '}', '=', '?', ':', ','))
            {
                if (BinarySum().IsMatch(part) && part.Contains(" * ", StringComparison.Ordinal))
                {
                    yield return part.Trim();
                }
            }

            if (!inner.Success)
            {
                yield break;
            }

            bool call = inner.Groups["call"].Length > 0;
            string content = inner.Groups["content"].Value;
            bool product = !call && content.Contains(" * ", StringComparison.Ordinal) && !BinarySum().IsMatch(content);
            code = code[..inner.Index] + inner.Groups["call"].Value + (product ? "x * x" : "x") + code[(inner.Index + inner.Length)..];
        }
    }

    [GeneratedRegex(@"(?<call>[\w>]?)\((?<content>[^()]*)\)")]
    private static partial Regex Innermost();

    [GeneratedRegex(@"[\w\]] [+-] ")]
    private static partial Regex BinarySum();

    [GeneratedRegex(@"^\s*(?:global\s+)?using\s+(?:static\s+)?(?<name>[\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"^(System|System\.Runtime\.(CompilerServices|Intrinsics(\.\w+)?)|GpuMargin\.Kernels\.Lanes)$")]
    private static partial Regex AllowedUsing();

    [GeneratedRegex(@"\bthrow\b|\bnew\s+\w+\s*\[|\bstackalloc\b|\bstring\b|""|\bLinq\b|(?<!static )\b(class|abstract)\b|\b(virtual|override|delegate|lock|try|catch)\b|\b(Math|MathF|double|float)\.(?!FusedMultiplyAdd\b|Sqrt\b|Abs\b|PositiveInfinity\b)\w+")]
    private static partial Regex Forbidden();
}
