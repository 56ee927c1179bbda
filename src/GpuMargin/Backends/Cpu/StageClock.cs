using System.Diagnostics;

namespace GpuMargin.Backends.Cpu;

enum Stage
{
    Draw,
    Correlate,
    Evolve,
    Revalue,
    Aggregate,
    Tails,
    Fingerprint,
}

/// <summary>Adds up one worker's time per stage.</summary>
sealed class StageClock
{
    readonly long[] ticks = new long[Enum.GetValues<Stage>().Length];
    long last = Stopwatch.GetTimestamp();

    public void Start() => last = Stopwatch.GetTimestamp();

    /// <summary>Books the time since the last call to a stage.</summary>
    public void Lap(Stage stage)
    {
        long now = Stopwatch.GetTimestamp();
        ticks[(int)stage] += now - last;
        last = now;
    }

    /// <summary>Mean over the workers, seconds.</summary>
    public static StageTime[] Mean(IReadOnlyCollection<StageClock> clocks) =>
        [.. Enum.GetValues<Stage>().Select(stage => new StageTime(
            stage.ToString().ToLowerInvariant(),
            clocks.Sum(clock => clock.ticks[(int)stage]) / (double)Stopwatch.Frequency / clocks.Count))];
}
