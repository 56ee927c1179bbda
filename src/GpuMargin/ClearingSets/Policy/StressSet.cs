namespace GpuMargin.ClearingSets.Policy;

/// <summary>Stressed observations: moves of stress.csv, or the model of the folder stress/; never both.</summary>
public sealed record StressSet
{
    /// <summary>Moves in order of first appearance; empty without stress.csv.</summary>
    public IReadOnlyList<StressMove> Moves { get; init; } = [];

    /// <summary><see langword="null"/> without a folder stress/.</summary>
    public StressModel? Model { get; init; }
}

/// <summary>A historical or hypothetical move of the factors; a factor without a shock stays where it is.</summary>
public sealed record StressMove(string Name, IReadOnlyList<FactorShock> Shocks);

/// <param name="Factor">Index into <see cref="ClearingSet.Factors"/>.</param>
/// <param name="Shock">Over the whole margin period of risk: log-return of a price or volatility factor, change of a rate factor.</param>
public readonly record struct FactorShock(int Factor, double Shock);

/// <summary>A second parameter set, such as one calibrated to a stressed period.</summary>
/// <param name="Factors">In the order of <see cref="ClearingSet.Factors"/>, with today's levels.</param>
/// <param name="Correlation">As <see cref="ClearingSet.Correlation"/>.</param>
/// <param name="Copula">Of stress/run.json; without one, the run's.</param>
public sealed record StressModel(IReadOnlyList<RiskFactor> Factors, double[,] Correlation, Copula Copula);
