using GpuMargin.Numerics;

namespace GpuMargin.Scenarios;

/// <summary>Scenarios that are drawn: what to draw, as plain arrays; a backend turns it into shocks without further knowledge of the model.</summary>
sealed record ScenarioPlan : ScenarioSource
{
    public required int Days { get; init; }

    public override int Horizon => Days;

    public required ulong Seed { get; init; }

    public override int Factors => Mean.Length;

    public override int? Count => null;

    public override ScenarioWeights Weights() => new SimulatedWeights(this);

    /// <summary>L of the copula's correlation, row i from i(i + 1)/2; empty with <see cref="Sobol"/>, which has loadings instead.</summary>
    public required double[] CorrelationFactor { get; init; }

    /// <summary>How scrambled Sobol points drive the normals; <see langword="null"/>: Philox.</summary>
    public SobolPlan? Sobol { get; init; }

    /// <summary>Importance sampling of <see cref="Mixing"/>; <see langword="null"/>: none, every weight is one.</summary>
    public ImportanceProposal? Importance { get; init; }

    /// <summary>Bridge of the normals that are sums over levels: all of them with <see cref="Sobol"/>, the mixing variable's with <see cref="Importance"/>.</summary>
    public required BrownianBridge Bridge { get; init; }

    /// <summary>√(ν/W) of the t copula by a standard normal; <see langword="null"/> for the Gaussian copula.</summary>
    public required MonotoneTable? Mixing { get; init; }

    /// <summary>Distinct marginal tables.</summary>
    public required IReadOnlyList<MonotoneTable> Marginals { get; init; }

    /// <summary>Per factor, its table.</summary>
    public required int[] Marginal { get; init; }

    public required double[] Mean { get; init; }

    /// <summary>h of the first day.</summary>
    public required double[] Variance { get; init; }

    public required double[] Omega { get; init; }

    public required double[] Alpha { get; init; }

    /// <summary>α + γ.</summary>
    public required double[] NegativeAlpha { get; init; }

    public required double[] Beta { get; init; }

    /// <summary>Per factor: Σ r is clamped to ± this at the end of every day; +∞: it is not.</summary>
    public required double[] MaximumShock { get; init; }

    /// <summary>Added to the shocks at the end of their days.</summary>
    public IReadOnlyList<FactorJump> Jumps { get; init; } = [];

    /// <summary>Whether each day has random numbers of its own, so that a longer path begins with the same days. Sobol points and importance sampling bridge over all days.</summary>
    internal bool BeginsAlike => Sobol is null && Importance is null;
}
