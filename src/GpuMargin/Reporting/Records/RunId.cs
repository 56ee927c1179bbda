using System.Text;

namespace GpuMargin.Reporting.Records;

/// <summary>Name of what a run computes: SHA-256 over the product version, the settings in force and the hashes of the inputs.</summary>
/// <remarks>No clock, device or timings: whoever computes it again has the same id, and must have the same P&amp;L.</remarks>
static class RunId
{
    /// <param name="json">A record, with its id or without.</param>
    /// <returns>Lower-case hexadecimal.</returns>
    public static string Of(ReadOnlySpan<byte> json) => RecordSeal.Sha256(Encoding.UTF8.GetBytes(string.Concat(
        RecordLeaves.Of(json).Where(leaf => Counts(leaf.Path)).Select(leaf => leaf.ToString()))));

    static bool Counts(string path) => path is "version" or "repairCorrelation"
        || path.StartsWith("settings.", StringComparison.Ordinal)
        || (path.StartsWith("inputs[", StringComparison.Ordinal) && !path.EndsWith(".bytes", StringComparison.Ordinal));
}
