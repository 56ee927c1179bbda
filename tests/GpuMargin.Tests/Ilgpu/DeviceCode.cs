using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuMargin.Tests.Ilgpu;

/// <summary>What a kernel's PTX must not hold.</summary>
static partial class DeviceCode
{
    /// <summary>Bytes of local memory that a kernel may take: none needs any, and each access would be one to device memory.</summary>
    internal const int LocalMemoryAllowance = 0;

    /// <summary>Shared memory that every device gives a group.</summary>
    internal const int SharedMemoryAllowance = 48 * 1024;

    internal static int SharedMemory(string assembly) =>
        Shared().Matches(assembly).Sum(match => int.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture));

    internal static IEnumerable<string> Faults(string assembly)
    {
        string before = "";
        foreach (string line in assembly.Split('\n').Select(line => Comment().Replace(line, "").Trim()).Where(line => line.Length > 0))
        {
            if (line == before && line.StartsWith("bar.sync", StringComparison.Ordinal))
            {
                yield return $"a barrier behind a barrier, which is left when a read between them was moved behind both: {line}";
            }

            before = line;
            if (line.StartsWith(".extern", StringComparison.Ordinal))
            {
                yield return $"a function that nobody defines: {line}";
            }

            if (Call().IsMatch(line))
            {
                yield return $"a call: {line}";
            }

            if (Contractible().IsMatch(line))
            {
                yield return $"an operation that may be fused: {line}";
            }

            if (Approximate().IsMatch(line))
            {
                yield return $"an approximation: {line}";
            }

            if (Generic().IsMatch(line))
            {
                yield return $"a generic address: {line}";
            }

            if (FloatAtomic().IsMatch(line))
            {
                yield return $"an atomic on floats, whose order is not fixed: {line}";
            }

            if (Local().Match(line) is { Success: true } local && int.Parse(local.Groups["bytes"].Value, CultureInfo.InvariantCulture) > LocalMemoryAllowance)
            {
                yield return $"local memory: {line}";
            }
        }
    }

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^(@!?%\w+\s+)?call\b")]
    private static partial Regex Call();

    // Without a rounding in its name, ptxas may contract; .ftz flushes denormals.
    [GeneratedRegex(@"\b(mul|add|sub|mad)\.(ftz\.)?f(32|64)\b|\b(mul|add|sub|fma|div|sqrt|rcp)\.\w+\.ftz\.|\bdiv\.full\b")]
    private static partial Regex Contractible();

    [GeneratedRegex(@"\.approx\b")]
    private static partial Regex Approximate();

    [GeneratedRegex(@"^(@\S+\s+)?(ld|st|atom|red)\.(?!(\w+\.)*(global|shared|param|local)\b)")]
    private static partial Regex Generic();

    [GeneratedRegex(@"\b(atom|red)\.[\w.]*\.f(16|32|64)\b")]
    private static partial Regex FloatAtomic();

    [GeneratedRegex(@"^\.local\b.*\[(?<bytes>\d+)\]")]
    private static partial Regex Local();

    [GeneratedRegex(@"\.shared\s+\.align\s+\d+\s+\.b8\s+\w+\[(?<bytes>\d+)\]")]
    private static partial Regex Shared();
}
