namespace GpuMargin.Cli.Json;

/// <summary>What <c>report --json</c> puts on stdout.</summary>
/// <param name="RunId">Absent in records of layout 1.</param>
/// <param name="Member">Absent on the house's page.</param>
/// <param name="Details">Accounts shown in detail.</param>
/// <param name="Computed">Whether losses, attribution and worst scenarios could be computed from the clearing set.</param>
sealed record ReportFile(string File, int Bytes, string? RunId, DateTimeOffset AsOf, string Currency, string? Member, int Accounts, int Details, bool Computed);
