using System.Diagnostics;

namespace GpuMargin.Backends.Cpu;

/// <summary>Adds up one worker's time per stage.</summary>
sealed class StageClock
{
    readonly long[] ticks = new long[Stages.Count];
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
        Stages.Times(stage => clocks.Sum(clock => clock.ticks[(int)stage]) / (double)Stopwatch.Frequency / clocks.Count);
}
