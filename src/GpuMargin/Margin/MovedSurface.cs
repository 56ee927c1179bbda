namespace GpuMargin.Margin;

/// <summary>How often a surface has arbitrage once a scenario has moved it.</summary>
/// <param name="Surface">Name of the surface.</param>
/// <param name="Underlying">Name of the price factor.</param>
/// <param name="TailScenarios">Scenarios that are looked at: as many as a tail of expected shortfall has, those that most accounts with options on the surface, of <see cref="CommonTails.AccountsAtMost"/> at most, have in theirs.</param>
/// <param name="WithArbitrage">Those in which the moved surface has butterfly or calendar arbitrage.</param>
public sealed record MovedSurface(string Surface, string Underlying, int TailScenarios, int WithArbitrage);
