using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Early-exercise premium of an option in a range of volatilities, as polynomials of its distance from the critical price and of its volatility.</summary>
/// <remarks>
/// <para>
/// With x = ln(S'/K) of a put, −x of a call, and v = σ'√T: b = Σ b_k t^k is the logarithm of the critical price over the strike, ξ = (x − b)/v,
/// u = 1/(1 + bend·ξ), w = scale·u + shift, and the premium is P = Σ_i w^i Σ_j c_ij t^j of its normaliser where ξ &gt; 0. t in [−1, 1] is linear in the
/// volatility's shock. With a rate factor b and P are polynomials in z in [−1, 1], too, linear in the rate's coordinate: its shock or its logarithm.
/// </para>
/// <para>Coefficients lie in memory as b, then c by rows; those of z, z² and so on follow in the same order.</para>
/// </remarks>
readonly struct PremiumPiece<T>
    where T : unmanaged, ILane<T>
{
    readonly int start;
    readonly int boundaryTerms;
    readonly int distanceTerms;
    readonly int deviationTerms;
    readonly int powers;
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
        this.start = start;
        this.boundaryTerms = boundaryTerms;
        this.distanceTerms = distanceTerms;
        this.deviationTerms = deviationTerms;
        this.powers = powers;
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
        T zero = T.Of(0);
        T t = Clamped(T.Fma(volatility, step, origin));
        T z = Clamped(T.Fma(rate, rateStep, rateOrigin));
        int shares = distanceTerms * deviationTerms, size = boundaryTerms + shares;
        int before = (powers - 1) * size, last = start + before;
        T boundary = Row(coefficients, last, boundaryTerms, t);
        for (int p = last - size; p >= start; p -= size)
        {
            boundary = T.Fma(boundary, z, Row(coefficients, p, boundaryTerms, t));
        }

        T distance = (point.X - boundary) * point.InverseDeviation;
        T above = T.SelectGreater(distance, zero, distance, zero);
        T w = Clamped(T.Fma(scale, T.Of(1) / T.Fma(above, bend, T.Of(1)), shift));
        T share = Sum(coefficients, last + boundaryTerms, w, t);
        for (int p = last - size; p >= start; p -= size)
        {
            share = T.Fma(share, z, Sum(coefficients, p + boundaryTerms, w, t));
        }

        T normaliser = point.Part;
        if (byDistance != 0)
        {
            normaliser = point.Leg * NormalDistribution.Cumulative(-T.Fma(drift, point.InverseDeviation, above));
        }

        T premium = T.SelectGreater(share, zero, normaliser * share, zero);
        return T.SelectGreater(distance, zero, premium, zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T Sum<TCoefficients>(TCoefficients coefficients, int first, T w, T t)
        where TCoefficients : struct, ICoefficients<T>
    {
        T sum = T.Of(0);
        int before = (distanceTerms - 1) * deviationTerms;
        for (int row = first + before; row >= first; row -= deviationTerms)
        {
            sum = T.Fma(sum, w, Row(coefficients, row, deviationTerms, t));
        }

        return sum;
    }

    /// <summary>A polynomial in t.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Row<TCoefficients>(TCoefficients coefficients, int first, int terms, T t)
        where TCoefficients : struct, ICoefficients<T>
    {
        T sum = coefficients.Coefficient(first + terms - 1);
        for (int k = first + terms - 2; k >= first; k--)
        {
            sum = T.Fma(sum, t, coefficients.Coefficient(k));
        }

        return sum;
    }

    /// <summary>x, held in [−1, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Clamped(T x)
    {
        T one = T.Of(1);
        T low = T.SelectGreater(-one, x, -one, x);
        return T.SelectGreater(low, one, one, low);
    }
}
