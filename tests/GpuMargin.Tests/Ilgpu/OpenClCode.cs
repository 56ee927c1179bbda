using System.Text.RegularExpressions;

namespace GpuMargin.Tests.Ilgpu;

/// <summary>What a kernel's OpenCL C must not hold.</summary>
static partial class OpenClCode
{
    internal static IEnumerable<string> Faults(string source)
    {
        if (!source.StartsWith("#pragma OPENCL FP_CONTRACT OFF\n", StringComparison.Ordinal))
        {
            yield return "products may be fused into sums";
        }

        if (!source.Contains("kernel void", StringComparison.Ordinal))
        {
            yield return "no kernel";
        }

        foreach (string line in source.Split('\n').Select(line => line.Trim()))
        {
            if (Signed().IsMatch(line))
            {
                yield return $"an operation whose overflow is undefined: {line}";
            }

            if (line.Contains("barrier", StringComparison.Ordinal) && !line.Contains("( CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE )", StringComparison.Ordinal))
            {
                yield return $"a barrier that does not fence all memory: {line}";
            }

            if (FloatAtomic().IsMatch(line))
            {
                yield return $"an atomic on floats, whose order is not fixed: {line}";
            }
        }
    }

    // An operator between integers of which one is cast to a signed type, or any increment; comparisons and right shifts cannot overflow.
    [GeneratedRegex(@"\((int|long|short|char)\)\s*-?\w+\s*(\+|-|\*|<<)\s|\s(\+|-|\*|<<)\s+\((int|long|short|char)\)|\(\s*-\s*\((int|long|short|char)\)|\+\+|--|[-+*]=")]
    private static partial Regex Signed();

    [GeneratedRegex("atomic_(float|double)")]
    private static partial Regex FloatAtomic();
}
