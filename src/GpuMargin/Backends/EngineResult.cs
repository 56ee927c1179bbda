namespace GpuMargin.Backends;

/// <summary>What a backend keeps of a run.</summary>
/// <param name="Tails">Per row in the run's order.</param>
/// <param name="ProfitAndLossSha256">Tree hash over row × scenario P&amp;L, lower-case hexadecimal; see <see cref="ProfitAndLossHash"/>.</param>
/// <param name="Stages">Seconds per stage: wall time where the stage is serial, otherwise thread time divided by threads.</param>
public sealed record EngineResult(
    IReadOnlyList<LossTail> Tails,
    string ProfitAndLossSha256,
    IReadOnlyList<StageTime> Stages)
{
    /// <summary>Digests that the fingerprint is the hash of, 32 bytes each: one of every scenario block, by fingerprint 1 one of every leaf, [scenario block, row block]; empty unless the run asks for them.</summary>
    public ReadOnlyMemory<byte> Digests { get; init; }
}

public readonly record struct StageTime(string Stage, double Seconds)
{
    /// <summary>The seconds of each stage over several runs, stages in order of their first appearance.</summary>
    public static IReadOnlyList<StageTime> Sum(IEnumerable<StageTime> times) =>
        [.. times.GroupBy(time => time.Stage).Select(stage => new StageTime(stage.Key, stage.Sum(time => time.Seconds)))];
}
