using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>What repricing needs of an option that may be exercised early; amounts per contract, instrument's currency.</summary>
/// <param name="Right">+1 call, −1 put.</param>
/// <param name="LogPrice">ln(S/K).</param>
/// <param name="Spot">m·S.</param>
/// <param name="Strike">m·K.</param>
/// <param name="LogDeviation">ln σ√T without a shock.</param>
/// <param name="Key">The premium's parameters.</param>
/// <param name="Surfaces">The premium's, in rising order of volatility; at least one.</param>
sealed record AmericanOption(
    double Right, double LogPrice, double Spot, double Strike, double LogDeviation, PremiumKey Key, IReadOnlyList<PremiumSurface> Surfaces)
{
    const double Rounding = 1e-12;

    /// <param name="firstPiece">Place among the pieces of all options.</param>
    public AmericanTerms<T> Terms<T>(int firstPiece)
        where T : unmanaged, ILane<T> =>
        new(Right, LogPrice, Spot, Strike, firstPiece, Surfaces.Count);

    /// <summary>The surfaces as kernels read them.</summary>
    public IEnumerable<PremiumPiece<T>> Pieces<T>(PremiumNumbers numbers)
        where T : unmanaged, ILane<T>
    {
        foreach (PremiumSurface surface in Surfaces)
        {
            LogRange range = surface.Range;
            double moves = Math.Max(surface.Key.RateHalfRange, surface.Key.YieldHalfRange);
            yield return new PremiumPiece<T>(
                numbers.StartOf(surface), surface.BoundaryTerms, surface.DistanceTerms, surface.DeviationTerms, surface.RateTerms, surface.NormalizedByDistance,
                from: T.Of(range.Start - LogDeviation),
                origin: T.Of(range.HalfWidth == 0 ? 0 : (LogDeviation - range.Middle) / range.HalfWidth),
                step: T.Of(range.HalfWidth == 0 ? 0 : 1 / range.HalfWidth),
                rateStep: T.Of(moves == 0 ? 0 : 1 / moves),
                scale: T.Of(surface.Slope), shift: T.Of(surface.Offset));
        }
    }

    /// <summary>Value per contract by the solver, for volatilities that no surface covers.</summary>
    /// <param name="logReturn">Of the underlying.</param>
    /// <param name="volatility">A year, above zero.</param>
    public double Solved(double logReturn, double volatility)
    {
        AmericanPut put = new(EarlyExercise.OneBoundary, Key.Rate, Key.Yield, volatility, Key.Years, BoundaryAccuracy.Fine);
        (double european, double premium, _, _) = put.At(HostMath.Exp(-Right * (LogPrice + logReturn)));
        return (european + premium) * (Right > 0 ? Spot * HostMath.Exp(logReturn) : Strike);
    }

    /// <summary>Value per contract without volatility: the best moment to exercise is known.</summary>
    /// <param name="logReturn">Of the underlying.</param>
    public double Certain(double logReturn)
    {
        // Of the put of the key, in units of its strike: e^(−rt) − x·e^(−qt), largest at an end or where its slope is zero.
        double price = HostMath.Exp(-Right * (LogPrice + logReturn));
        double best = Math.Max(0, Math.Max(At(0), At(Key.Years)));
        if (Key.Rate > 0 && Key.Yield > 0 && Key.Rate != Key.Yield)
        {
            double flat = HostMath.Log(Key.Yield * price / Key.Rate) / (Key.Yield - Key.Rate);
            best = Math.Max(best, At(Math.Clamp(flat, 0, Key.Years)));
        }

        return best * (Right > 0 ? Spot * HostMath.Exp(logReturn) : Strike);

        double At(double years) => HostMath.Exp(-Key.Rate * years) - price * HostMath.Exp(-Key.Yield * years);
    }

    /// <summary>Lowest shock of the volatility that the surfaces cover.</summary>
    public double LowestShock => Surfaces[0].Range.Start - LogDeviation - Rounding;

    /// <summary>Highest shock of the volatility that the surfaces cover.</summary>
    public double HighestShock => Surfaces[^1].Range.End - LogDeviation + Rounding;

    /// <summary>Whether the surfaces cover a shock of the volatility.</summary>
    public bool Covers(double volatilityShock) => volatilityShock >= LowestShock && volatilityShock <= HighestShock;
}
