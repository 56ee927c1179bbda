using GpuMargin.Margin;

namespace GpuMargin.Cli.Json;

/// <param name="Since">Absent without <c>--since</c>.</param>
sealed record ExplainResult(ExplainedRun Run, ExplainedRun? Since = null);

/// <param name="Account">The first of its netting set, with the requirement.</param>
sealed record ExplainedRun(DateTimeOffset AsOf, string Currency, AccountMargin Account);
