namespace GpuMargin.Studies;

/// <summary>How fast a requirement follows a step in volatility.</summary>
/// <param name="Factor">Volatility after over volatility before.</param>
/// <param name="Paths">[option][day]: requirement with the step over that without it, from the first stepped day on.</param>
public sealed record StepResponse(double Factor, double[][] Paths)
{
    /// <summary>Trading days until the requirement has followed a share of the way to <see cref="Factor"/> times itself; 1 is the first stepped day, <see langword="null"/> if it did not within the roll.</summary>
    public int? DaysUntil(double share, RollOption option)
    {
        int day = Array.FindIndex(Paths[(int)option], ratio => (ratio - 1) / (Factor - 1) >= share);
        return day < 0 ? null : day + 1;
    }

    /// <param name="stepped">[option][day], the requirement of the stepped history.</param>
    /// <param name="plain">[option][day], of the history itself.</param>
    public static StepResponse Of(double factor, double[][] stepped, double[][] plain)
    {
        ArgumentNullException.ThrowIfNull(stepped);
        ArgumentNullException.ThrowIfNull(plain);
        return new(factor, [.. stepped.Zip(plain, (with, without) => with.Zip(without, (a, b) => a / b).ToArray())]);
    }
}
