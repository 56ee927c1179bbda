namespace GpuMargin.ClearingSets.Policy;

/// <summary>Weight of stressed observations (EMIR RTS Art. 28(1)(b): at least 0.25): (1 − weight) · base + weight · max(base, stressed).</summary>
/// <remarks>Stressed: the base measure under <see cref="StressSet.Model"/>, or the largest loss over <see cref="StressSet.Moves"/>.</remarks>
public sealed record StressedObservations
{
    /// <summary>0 to 1.</summary>
    public double Weight { get; init; } = 0.25;
}
