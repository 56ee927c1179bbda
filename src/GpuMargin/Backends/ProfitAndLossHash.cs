namespace GpuMargin.Backends;

/// <summary>placeholder for now</summary>
static class ProfitAndLossHash;
