using System.Text.RegularExpressions;

namespace GpuMargin.Ilgpu.Launch.OpenCl;

/// <summary>ILGPU's OpenCL C text, made to mean what the kernels' C# means.</summary>
/// <remarks>
/// ILGPU 1.5.3 computes every sum, difference, product, negation and left shift of integers in signed types, unsigned ones too. C# defines
/// them to wrap round, C leaves their overflow undefined, and an optimising compiler uses that: PoCL widened the products of Philox wrongly.
/// In unsigned types they wrap round. Rewriting the text reaches all of them, including indices and what kernels share with the processor,
/// which intrinsics of single types would not.
/// <para>A barrier of ILGPU's fences global memory only; tails and aggregation exchange data in local memory too.</para>
/// <para>OpenCL C may fuse a product into a sum unless it is told not to.</para>
/// <para>
/// ILGPU numbers types and labels through the life of the process. Numbered as they appear, a kernel has the same text in every run, and the
/// driver's compiler finds it in its cache.
/// </para>
/// </remarks>
static partial class OpenClSource
{
    const string NoContraction = "#pragma OPENCL FP_CONTRACT OFF\n";

    public static string Exact(string text)
    {
        text = SignedOperation().Replace(text, "(${type})((u${type}) ${left} ${sign}  (u${type})");
        text = SignedNegation().Replace(text, "(${type})( - (u${type})");
        text = text.Replace("work_group_barrier ( CLK_GLOBAL_MEM_FENCE )", "work_group_barrier ( CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE )", StringComparison.Ordinal);
        return NoContraction + NumberedByAppearance(text);
    }

    static string NumberedByAppearance(string text)
    {
        Dictionary<string, int> numbers = [];
        return NumberedName().Replace(text, name =>
        {
            numbers.TryAdd(name.Value, numbers.Count);
            return $"{name.Groups["kind"].Value}_{numbers[name.Value]}";
        });
    }

    [GeneratedRegex(@"\b(?<kind>type|L)_\d+")]
    private static partial Regex NumberedName();

    [GeneratedRegex(@"\((?<type>int|long)\)\(\(\k<type>\) (?<left>\S+) (?<sign>\+|-|\*|<<)  \(\k<type>\)")]
    private static partial Regex SignedOperation();

    [GeneratedRegex(@"\((?<type>int|long)\)\( - \(\k<type>\)")]
    private static partial Regex SignedNegation();
}
