using static GpuMargin.Calibration.Volatility.VolatilityParameters;

namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>A bound of the variance recursion: a linear function of θ that is held at its value.</summary>
/// <param name="Finding">In words.</param>
sealed record VarianceBound(string Finding)
{
    public static readonly VarianceBound NoOmega = new("omega at 0") { Terms = [(OmegaIndex, 1)] };

    /// <summary>Rises do not move the variance.</summary>
    public static readonly VarianceBound NoRise = new("alpha at 0") { Terms = [(AlphaIndex, 1)] };

    /// <summary>Falls do not move the variance.</summary>
    public static readonly VarianceBound NoFall = new("alpha + gamma at 0") { Terms = [(GammaIndex, 1), (AlphaIndex, 1)] };

    public static readonly VarianceBound NoBeta = new("beta at 0") { Terms = [(BetaIndex, 1)] };

    /// <summary>Coefficients by index of θ; the first is the one to be given up.</summary>
    public (int Index, double Weight)[] Terms { get; private init; } = [];

    public bool IsPersistence { get; private init; }

    public static VarianceBound Persistence(double maximum) => new(FormattableString.Invariant($"persistence at its bound of {maximum}"))
    {
        IsPersistence = true,
        Terms = [(BetaIndex, 1), (AlphaIndex, 1), (GammaIndex, 0.5)],
    };

    public bool Equals(VarianceBound? other) => Finding == other?.Finding;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Finding);
}
