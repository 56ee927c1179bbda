namespace GpuMargin.Backends;

/// <summary>What a backend keeps of a run.</summary>
/// <param name="Tails">Per account in plan order.</param>
/// <param name="ProfitAndLossSha256">Tree hash over account × scenario P&amp;L, lower-case hexadecimal; see <see cref="ProfitAndLossHash"/>.</param>
/// <param name="Stages">Seconds per stage: wall time where the stage is serial, otherwise thread time divided by threads.</param>
public sealed record EngineResult(
    IReadOnlyList<LossTail> Tails,
    string ProfitAndLossSha256,
    IReadOnlyList<StageTime> Stages);

/// <summary>The worst losses of one account.</summary>
/// <param name="Losses">Run currency, loss &gt; 0, ordered by loss downwards, then scenario upwards; the plan's tail length, or all scenarios if fewer.</param>
/// <param name="Scenarios">The scenario of each loss.</param>
public readonly record struct LossTail(double[] Losses, int[] Scenarios);

public readonly record struct StageTime(string Stage, double Seconds);
