using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Early-exercise premium of an option in a range of volatilities, as polynomials of its distance from the critical price and of its volatility.</summary>
/// <remarks>
/// With x = ln(S'/K) of a put, −x of a call, and v = σ'√T: b = Σ b_k t^k is the logarithm of the critical price over the strike, ξ = (x − b)/v,
/// u = 1/(1 + bend·ξ), w = scale·u + shift, and the premium is P = Σ_i w^i Σ_j c_ij t^j of its normaliser where ξ &gt; 0. t in [−1, 1] is linear in the
/// volatility's shock. With a rate factor b and P are polynomials in z in [−1, 1], too, linear in the rate's coordinate: its shock or its logarithm.
/// </remarks>
readonly struct PremiumPiece<T>
    where T : unmanaged, ILane<T>
{
    readonly int byDistance;
    readonly T origin;
    readonly T step;
    readonly T rateOrigin;
    readonly T rateStep;
    readonly T scale;
    readonly T shift;
    readonly T drift;
    readonly T bend;

    /// <param name="start">Place of the first coefficient.</param>
    /// <param name="boundaryTerms">Terms of b.</param>
    /// <param name="distanceTerms">Terms in w.</param>
    /// <param name="deviationTerms">Terms in t.</param>
    /// <param name="powers">Powers of z: 1 without a rate factor.</param>
    /// <param name="byDistance">The normaliser is the leg that exercise gives times Φ(−ξ − drift/v), else that leg's part of the European value.</param>
    /// <param name="from">Shock of the volatility from which on the piece counts.</param>
    /// <param name="origin">t without a shock.</param>
    /// <param name="step">Of t by the shock of the volatility.</param>
    /// <param name="rateFrom">Coordinate of the rate from which on the piece counts.</param>
    /// <param name="rateOrigin">z where the coordinate of the rate is zero.</param>
    /// <param name="rateStep">Of z by the coordinate of the rate.</param>
    /// <param name="scale">Of u in w.</param>
    /// <param name="shift">Of w.</param>
    /// <param name="bend">Of ξ in u, one over the ξ at which u is one half.</param>
    /// <param name="drift">Of ln S until expiry where it falls, (r − q)·T of the put; else 0.</param>
    public PremiumPiece(
        int start, int boundaryTerms, int distanceTerms, int deviationTerms, int powers, bool byDistance, T from, T origin, T step, T rateFrom, T rateOrigin, T rateStep,
        T scale, T shift, T bend, T drift)
    {
        Polynomials = new PremiumPolynomials(start, boundaryTerms, distanceTerms, deviationTerms, powers);
        this.byDistance = byDistance ? 1 : 0;
        this.origin = origin;
        this.step = step;
        this.rateOrigin = rateOrigin;
        this.rateStep = rateStep;
        this.scale = scale;
        this.shift = shift;
        this.bend = bend;
        this.drift = drift;
        From = from;
        RateFrom = rateFrom;
    }

    /// <summary>Shock of the volatility from which on the piece counts.</summary>
    public T From { get; }

    /// <summary>Coordinate of the rate from which on the piece counts.</summary>
    public T RateFrom { get; }

    /// <summary>The premium per contract, zero or more.</summary>
    /// <param name="volatility">Shock of the volatility.</param>
    /// <param name="rate">Coordinate of the rate.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Premium<TCoefficients>(TCoefficients coefficients, PremiumPoint<T> point, T volatility, T rate)
        where TCoefficients : struct, ICoefficients<T>
    {
        T t = Deviation(volatility);
        T z = Rate(rate);
        T distance = Distance(point, Polynomials.Boundary(coefficients, t, z));
        return OfShare(Polynomials.Share(coefficients, Bent(distance), t, z), distance, point);
    }

    /// <summary>b and the premium's share of its normaliser as functions of t, z and w.</summary>
    public PremiumPolynomials Polynomials { get; }

    /// <summary>t.</summary>
    /// <param name="volatility">Shock of the volatility.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Deviation(T volatility) => Clamped(T.Fma(volatility, step, origin));

    /// <summary>z.</summary>
    /// <param name="coordinate">Of the rate.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate(T coordinate) => Clamped(T.Fma(coordinate, rateStep, rateOrigin));

    /// <summary>ξ.</summary>
    /// <param name="boundary">b.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Distance(PremiumPoint<T> point, T boundary) => (point.X - boundary) * point.InverseDeviation;

    /// <summary>w.</summary>
    /// <param name="distance">ξ.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Bent(T distance) => Clamped(T.Fma(scale, T.Of(1) / T.Fma(NotBelowZero(distance), bend, T.Of(1)), shift));

    /// <summary>The premium per contract, zero or more.</summary>
    /// <param name="share">Of its normaliser.</param>
    /// <param name="distance">ξ.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T OfShare(T share, T distance, PremiumPoint<T> point)
    {
        T zero = T.Of(0);
        T normaliser = point.Part;
        if (byDistance != 0)
        {
            normaliser = point.Leg * NormalDistribution.Cumulative(-T.Fma(drift, point.InverseDeviation, NotBelowZero(distance)));
        }

        T premium = T.SelectGreater(share, zero, normaliser * share, zero);
        return T.SelectGreater(distance, zero, premium, zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T NotBelowZero(T x) => T.SelectGreater(x, T.Of(0), x, T.Of(0));

    /// <summary>x, held in [−1, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Clamped(T x)
    {
        T one = T.Of(1);
        T low = T.SelectGreater(-one, x, -one, x);
        return T.SelectGreater(low, one, one, low);
    }
}
