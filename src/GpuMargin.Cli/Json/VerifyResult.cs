using GpuMargin.Reporting.Records;

namespace GpuMargin.Cli.Json;

/// <param name="Intact">There are no findings.</param>
/// <param name="Files">The records and the files that they have.</param>
/// <param name="Unsealed">Records without a hash of themselves.</param>
sealed record VerifyResult(bool Intact, IReadOnlyList<string> Files, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Unsealed);
