using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation.Surfaces;

/// <summary>How a surface moves the volatility of one option of a plan, see <see cref="SurfaceMove{T}"/>.</summary>
public sealed record SurfaceTerms
{
    /// <summary>Pivots that an option loads on, at most.</summary>
    public const int MostPivots = 4;

    /// <summary>Rows of the plan's shocks, <see cref="MostPivots"/>; of a missing pivot any row.</summary>
    public required int[] Shocks { get; init; }

    /// <summary>Loadings on them; zero of a missing pivot.</summary>
    public required double[] Loadings { get; init; }

    /// <summary>β; a forward moves the log-moneyness by −β times its log-return.</summary>
    public double Stickiness { get; init; }

    /// <summary>The slices beside the option's expiry; none: the forward does not move the volatility.</summary>
    public SmileTerms[] Smiles { get; init; } = [];

    internal SurfaceMove<T> Move<T>()
        where T : unmanaged, ILane<T> => new(
            T.Of(Loadings[0]), T.Of(Loadings[1]), T.Of(Loadings[2]), T.Of(Loadings[3]), T.Of(Stickiness),
            Smiles.Length > 0 ? Smiles[0].Move<T>() : default, Smiles.Length > 1 ? Smiles[1].Move<T>() : default, Smiles.Length);
}

/// <summary>One slice of an option's smile, by its total variance W today.</summary>
/// <param name="Slope">b·ρ/W.</param>
/// <param name="Wing">b/W.</param>
/// <param name="Distance">u = k − m.</param>
/// <param name="Radius">√(u² + σ²).</param>
/// <param name="Width">σ².</param>
public readonly record struct SmileTerms(double Slope, double Wing, double Distance, double Radius, double Width)
{
    internal SmileMove<T> Move<T>()
        where T : unmanaged, ILane<T> => new(T.Of(Slope), T.Of(Wing), T.Of(Distance), T.Of(Radius), T.Of(Width));
}
