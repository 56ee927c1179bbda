using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Critical price of an American put of strike one by time to expiry: at or below it the put is exercised.</summary>
/// <remarks>
/// The fixed point A of Andersen, Lake and Offengenden (2016, "High-performance American option pricing"): ln²(B/X) is a polynomial in √τ through
/// Chebyshev points. The integrals run over the angle θ with u = τ·cos²θ, in which their integrands are smooth at both ends. All points are
/// stepped side by side, in lanes.
/// </remarks>
sealed unsafe class ExerciseBoundary
{
    const int MostIterations = 200;

    readonly PutTerms terms;
    readonly double volatility;
    readonly double[] distances; // ln(X/B) at the points

    /// <param name="volatility">Above zero.</param>
    /// <param name="start">ln(X/B) at the points, near what is looked for; <see langword="null"/>: an approximation.</param>
    /// <exception cref="ArithmeticException">The fixed point was not found.</exception>
    public ExerciseBoundary(PutTerms terms, double volatility, double[]? start = null)
    {
        (this.terms, this.volatility) = (terms, volatility);
        int width = terms.Accuracy.Points.Width;
        distances = start ?? new double[width];
        double perpetual = PerpetualPrice();
        for (int i = 0; start is null && i < width; i++)
        {
            distances[i] = terms.LogAtExpiry - HostMath.Log(Start(perpetual, terms.Time(i)));
        }

        Iterations = Float64x8.IsSupported ? Solve<Float64x8>() : Float64x4.IsSupported ? Solve<Float64x4>() : Solve<Float64>();
    }

    public int Iterations { get; }

    /// <summary>ln(X/B) at the points.</summary>
    public ReadOnlySpan<double> Distances => distances;

    /// <summary>ln of the critical price at the longest time to expiry.</summary>
    public double LogPrice => terms.LogAtExpiry - distances[0];

    /// <summary>√ln²(B/X) = ln(X/B) at the angles of the premium's integral.</summary>
    public double[] PriceDistances()
    {
        BoundaryPoints points = terms.Accuracy.Points;
        double[] found = new double[terms.PriceDrifts.Length];
        for (int k = 0; k < found.Length; k++)
        {
            double square = 0;
            for (int j = 0; j < points.Count; j++)
            {
                square += points.PriceWeights[k * points.Count + j] * (distances[j] * distances[j]);
            }

            found[k] = Math.Sqrt(Math.Max(0, square));
        }

        return found;
    }

    int Solve<T>()
        where T : unmanaged, IHostLane<T>
    {
        int width = distances.Length;
        double[] next = new double[width], squares = new double[width], roots = new double[width], times = new double[width];
        for (int i = 0; i < width; i++)
        {
            times[i] = terms.Time(i);
            roots[i] = volatility * Math.Sqrt(times[i]);
        }

        for (int iteration = 1; iteration <= MostIterations; iteration++)
        {
            for (int i = 0; i < width; i++)
            {
                squares[i] = distances[i] * distances[i];
            }

            Step<T>(squares, times, roots, next);
            double change = 0;
            for (int i = 0; i < width; i++)
            {
                double moved = Math.Max(0, next[i]);
                change = Math.Max(change, Math.Abs(moved - distances[i]));
                distances[i] = moved;
            }

            if (change <= terms.Accuracy.Converged * (1 + distances[0]))
            {
                return iteration;
            }
        }

        throw new ArithmeticException(FormattableString.Invariant(
            $"Rate {terms.Rate}, yield {terms.Yield}, volatility {volatility} and {terms.Years} years have no exercise boundary that can be found."));
    }

    // Form A, B = e^(−(r − q)τ)·N/D with N and D of the former boundary. Where its slope in the point's own ln B is negative, at rates that are large
    // beside the variance, the plain step repels; half of Newton's correction converges from r/σ² = 0.02 to 130 and is faster than the whole one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    void Step<T>(double[] squares, double[] times, double[] roots, double[] next)
        where T : unmanaged, IHostLane<T>
    {
        (QuadratureRule rule, BoundaryPoints points) = (terms.Accuracy.Rule, terms.Accuracy.Points);
        int width = points.Width;
        T zero = T.Of(0), one = T.Of(1), half = T.Of(0.5);
        T drift = T.Of(terms.Rate - terms.Yield);
        fixed (double* allWeights = points.Weights, drifts = terms.Drifts, interests = terms.Interests, incomes = terms.Incomes)
        fixed (double* square = squares, allTimes = times, allRoots = roots, from = distances, to = next)
        {
            for (int i = 0; i < width; i += T.Width)
            {
                T time = T.Load(allTimes, i), root = T.Load(allRoots, i), distance = T.Load(from, i), inverse = one / root;
                T numerator = zero, numeratorSlope = zero, denominator = zero, denominatorSlope = zero;
                double* weights = allWeights + i;
                for (int k = 0; k < rule.Weights.Length; k++)
                {
                    T ofSquare = zero;
                    for (int j = 0; j < points.Count; j++, weights += width)
                    {
                        ofSquare = T.Fma(T.Broadcast(square, j), T.Load(weights, 0), ofSquare);
                    }

                    int place = k * width + i;
                    T sine = T.Of(rule.Sines[k]), deviation = root * sine, inverseDeviation = inverse / sine;
                    T former = T.Sqrt(T.SelectGreater(ofSquare, zero, ofSquare, zero));
                    T up = T.Fma(former - distance + T.Load(drifts, place), inverseDeviation, half * deviation), down = up - deviation;
                    T interest = T.Load(interests, place) * NormalDistribution.Density(down);
                    T income = T.Load(incomes, place), upDensity = NormalDistribution.Density(up);
                    numerator += interest;
                    numeratorSlope -= interest * down * inverseDeviation;
                    denominator += income * T.Fma(deviation, Cumulative(up, upDensity), upDensity);
                    denominatorSlope += income * upDensity * T.Fnma(up, inverseDeviation, one);
                }

                T logPrice = T.Of(terms.LogAtExpiry) - distance;
                T plus = T.Fma(T.Fma(drift, time, logPrice), inverse, half * root), minus = plus - root;
                T scale = T.Of(2) * time * inverse, rateScale = T.Of(terms.Rate) * scale, yieldScale = T.Of(terms.Yield) * scale;
                T minusDensity = NormalDistribution.Density(minus) * inverse, plusDensity = NormalDistribution.Density(plus);
                T n = T.Fma(rateScale, numerator, minusDensity), nSlope = rateScale * numeratorSlope - minus * inverse * minusDensity;
                T d = T.Fma(plusDensity, inverse, Cumulative(plus, plusDensity)) + yieldScale * denominator;
                T dSlope = T.Fma(plusDensity * inverse, T.Fnma(plus, inverse, one), yieldScale * denominatorSlope);
                T step = Elementary.Log(n / d) - T.Fma(drift, time, logPrice), slope = nSlope / n - dSlope / d;
                T.Store(distance - step / T.Fnma(half, T.SelectGreater(zero, slope, slope, zero), one), to, i);
            }
        }
    }

    // Bjerksund and Stensland's exponential between the limits.
    double Start(double perpetual, double time) =>
        perpetual + (terms.AtExpiry - perpetual) * HostMath.Exp(-2 * volatility * Math.Sqrt(time) * terms.AtExpiry / (terms.AtExpiry - perpetual));

    double PerpetualPrice()
    {
        double variance = volatility * volatility, slope = (terms.Rate - terms.Yield) / variance - 0.5;
        double power = -slope - Math.Sqrt(slope * slope + 2 * terms.Rate / variance);
        return power < 0 ? power / (power - 1) : 0;
    }

    // Φ(x) from φ(x).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Cumulative<T>(T x, T density)
        where T : unmanaged, ILane<T>
    {
        T tail = density * NormalDistribution.MillsRatio(T.Of(1) / NormalDistribution.MillsDenominator(T.Abs(x)));
        return T.SelectGreater(x, T.Of(0), T.Of(1) - tail, tail);
    }
}
