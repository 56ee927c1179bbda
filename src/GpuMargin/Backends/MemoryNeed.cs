using GpuMargin.Aggregation;

namespace GpuMargin.Backends;

/// <summary>Size of a run, in what its memory grows with.</summary>
/// <param name="Rows">Whose worst losses are kept.</param>
/// <param name="FingerprintRows">Whose P&amp;L is fingerprinted.</param>
/// <param name="TailLength">Worst losses of a row.</param>
public readonly record struct RunSize(int Rows, int FingerprintRows, int Scenarios, int TailLength)
{
    public static RunSize Of(ValuationRun run) => new(run.Positions.Rows, run.FingerprintRows, run.Scenarios, run.TailLength);

    /// <summary>The run with fewer scenarios; tails become shorter with them.</summary>
    public RunSize WithScenarios(int scenarios) =>
        this with { Scenarios = scenarios, TailLength = Math.Max(1, (int)Math.Ceiling((double)TailLength * scenarios / Math.Max(Scenarios, 1))) };

    /// <summary>The run of fewer rows.</summary>
    public RunSize WithRows(int rows) => this with { Rows = rows, FingerprintRows = Math.Min(FingerprintRows, rows) };
}

/// <summary>Memory that a run takes where it is scarcest.</summary>
/// <param name="Bytes">What grows with the run's size.</param>
/// <param name="Available">Bytes that there are for it.</param>
/// <param name="LongestArray">Elements of the longest list in host memory, of which <see cref="Array.MaxLength"/> fit.</param>
public readonly record struct MemoryNeed(double Bytes, double Available, double LongestArray)
{
    public bool Fits => Bytes <= Available && LongestArray <= Array.MaxLength;
}
