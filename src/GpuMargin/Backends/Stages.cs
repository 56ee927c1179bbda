namespace GpuMargin.Backends;

/// <summary>Stages of an engine, in order.</summary>
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

static class Stages
{
    static readonly Stage[] s_all = Enum.GetValues<Stage>();

    public static int Count => s_all.Length;

    /// <summary>A result's times, in the order of the stages.</summary>
    public static StageTime[] Times(Func<Stage, double> seconds) =>
        [.. s_all.Select(stage => new StageTime(stage.ToString().ToLowerInvariant(), seconds(stage)))];
}
