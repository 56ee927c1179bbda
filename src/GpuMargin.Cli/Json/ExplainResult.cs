using GpuMargin.Margin;

namespace GpuMargin.Cli.Json;

/// <param name="Run">Absent where the run has no policy.</param>
/// <param name="Since">Absent without <c>--since</c>.</param>
/// <param name="Attribution">Absent without <c>--attribution</c>.</param>
sealed record ExplainResult(ExplainedRun? Run, ExplainedRun? Since = null, AttributionPrint? Attribution = null);

/// <param name="Account">The first of its netting set, with the requirement.</param>
sealed record ExplainedRun(DateTimeOffset AsOf, string Currency, AccountMargin Account);
