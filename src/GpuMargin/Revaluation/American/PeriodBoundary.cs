using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Critical prices of a put of strike one in a period of exercise before an ex-date, at several volatilities side by side in lanes.</summary>
/// <remarks>
/// B comes from zero at the period's end e, and ln B is smooth in ln(e − s): it is stepped backwards in equal parts of that, each point by the equality of
/// waiting and exercise, with a polynomial through the points before.
/// </remarks>
sealed unsafe class PeriodBoundary
{
    const int Halvings = 30;

    // Of Newton's method, in deviations until the ex-date; a volatility goes on while its steps are above a share of the longest.
    const double LongestStep = 0.1, Settled = 0.01;

    const int MostIterations = 60;

    // A higher degree is not stable.
    const int Degree = 2;

    // Logarithm of what is left of a period, in shares of its scale, at the first point.
    const double Reach = 9;

    // Interest on the strike over what is left of a period below which the integral's error hides the boundary; it is worth nothing.
    const double LeastInterest = 2e-8;

    readonly ExDateTerms terms;
    readonly ExercisePeriod period;
    readonly double exDate;
    readonly DividendPutAccuracy accuracy;
    readonly double[] volatilities;
    readonly ExerciseIntegral later;
    readonly double[][] points; // [point][volatility], ln B, the period's start last

    /// <param name="volatilities">A multiple of the widest lane.</param>
    /// <param name="later">Of the later periods.</param>
    /// <param name="next">ln B at the start of the next period, [volatility].</param>
    public PeriodBoundary(ExDateTerms terms, ExercisePeriod period, DividendPutAccuracy accuracy, double[] volatilities, ExerciseIntegral later, double[] next)
    {
        (this.terms, this.period, this.accuracy, this.volatilities, this.later) = (terms, period, accuracy, volatilities, later);
        exDate = terms.Dividends.First(dividend => dividend.Years > period.End).Years;
        double reach = Math.Min(Reach + HostMath.Log(1 + period.Length / (exDate - period.End)), HostMath.Log(1 + terms.Rate * period.Length / LeastInterest));
        int steps = (int)Math.Ceiling(reach / accuracy.Step);
        points = [.. Enumerable.Range(0, steps + 1).Select(_ => new double[volatilities.Length])];
        if (Float64x8.IsSupported)
        {
            Solve<Float64x8>(next);
        }
        else if (Float64x4.IsSupported)
        {
            Solve<Float64x4>(next);
        }
        else
        {
            Solve<Float64>(next);
        }
    }

    /// <summary>ln B at the period's start, [volatility].</summary>
    public double[] Start => points[^1];

    /// <summary>ln B where cos² of an angle of the period is left, [volatility].</summary>
    public double[] At(double cosine)
    {
        (int first, double[] shares, _) = Interpolation(points.Length - 1, Offset(cosine));
        shares = shares.Length > 0 ? shares : [1];
        double[] found = new double[volatilities.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            for (int j = 0; j < found.Length; j++)
            {
                found[j] += shares[i] * points[first + i][j];
            }
        }

        return found;
    }

    // In points, of the time to the end that is cos² of a point's.
    double Offset(double cosine) => 2 * HostMath.Log(cosine) / accuracy.Step;

    // Weights of the points around a place below the last one.
    static Neighbours Interpolation(int last, double offset)
    {
        int degree = Math.Min(Degree, last);
        double place = last + offset;
        if (place < 0)
        {
            return new Neighbours(0, [], -place);
        }

        int first = Math.Clamp((int)Math.Floor(place) - degree / 2, 0, last - degree);
        double[] shares = new double[degree + 1];
        for (int i = 0; i <= degree; i++)
        {
            shares[i] = 1;
            for (int j = 0; j <= degree; j++)
            {
                shares[i] *= i == j ? 1 : (place - first - j) / (i - j);
            }
        }

        return new Neighbours(first, shares, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Solve<T>(double[] critical)
        where T : unmanaged, IHostLane<T>
    {
        QuadratureRule rule = accuracy.Own;
        for (int m = 0; m < points.Length; m++)
        {
            double left = period.Length * HostMath.Exp((m - points.Length + 1) * accuracy.Step), time = period.End - left, toCome = ToCome(time);
            double[] roots = later.RootsFrom(time);
            Neighbours[] shares = m == 0 ? [] : [.. rule.Cosines.Select(cosine => Interpolation(m, Offset(cosine)))];
            for (int j = 0; j < volatilities.Length; j += T.Width)
            {
                fixed (double* sigmas = volatilities, next = critical, to = points[m])
                {
                    T sigma = T.Load(sigmas, j), from = T.Load(next, j);
                    T.Store(m == 0 ? First(from, sigma, time, toCome, roots, j) : Step(m, from, sigma, time, toCome, left, shares, roots, j), to, j);
                }
            }
        }
    }

    // Without exercise later in the same period, whose rest is negligible.
    T First<T>(T next, T sigma, double time, double toCome, double[] roots, int lane)
        where T : unmanaged, IHostLane<T>
    {
        const double Deviations = 12;
        T high = T.Of(0), low = next - T.Of(Deviations * Math.Sqrt(terms.Years - time)) * sigma, half = T.Of(0.5), zero = T.Of(0);
        for (int step = 0; step < Halvings; step++)
        {
            T middle = (low + high) * half, above = Waiting(middle, sigma, time, toCome, roots, lane, out _);
            (low, high) = (T.SelectGreater(above, zero, low, middle), T.SelectGreater(above, zero, middle, high));
        }

        return (low + high) * half;
    }

    // Newton's method for the ln B at which waiting is worth as much as exercise.
    T Step<T>(int m, T next, T sigma, double time, double toCome, double left, Neighbours[] shares, double[] roots, int lane)
        where T : unmanaged, IHostLane<T>
    {
        T x = m == 1 ? Point(0) : Point(m - 1) + Point(m - 1) - Point(m - 2), zero = T.Of(0), one = T.Of(1);
        T inverse = one / sigma, drift = T.Fma(T.Of(-0.5), sigma, T.Of(terms.Rate) * inverse), most = T.Of(LongestStep * Math.Sqrt(exDate - time)) * sigma;
        T fall = next - Point(0), square = T.Of(exDate - time) * sigma * sigma; // before the first point ln B falls as the normal density's quantiles
        QuadratureRule rule = accuracy.Own;
        T moving = one;
        int least = m == 1 ? 6 : 3;
        for (int iteration = 0; iteration < least || (iteration < MostIterations && Any(moving)); iteration++)
        {
            T value = Waiting(x, sigma, time, toCome, roots, lane, out T slope), plain = slope;
            for (int k = 0; k < rule.Weights.Length; k++)
            {
                (int first, double[] ofPoints, double before) = shares[k];
                T boundary = ofPoints.Length > 0 ? zero : next - T.Sqrt(T.Fma(square, T.Of(2 * accuracy.Step * before), fall * fall));
                double share = 0;
                for (int i = 0; i < ofPoints.Length; i++)
                {
                    boundary = T.Fma(T.Of(ofPoints[i]), first + i == m ? x : Point(first + i), boundary);
                    share = first + i == m ? ofPoints[i] : share;
                }

                double passed = left * rule.Sines[k] * rule.Sines[k], root = Math.Sqrt(passed);
                T inverseDeviation = inverse * T.Of(1 / root);
                T down = T.Fma(x - boundary, inverseDeviation, drift * T.Of(root));
                double weight = terms.Rate * HostMath.Exp(-terms.Rate * passed) * rule.Weights[k] * 2 * left * rule.Sines[k] * rule.Cosines[k];
                value = T.Fma(T.Of(weight), NormalDistribution.Cumulative(-down), value);
                slope = T.Fnma(T.Of(weight * (1 - share)) * inverseDeviation, NormalDistribution.Density(down), slope);
            }

            slope = T.SelectGreater(slope, T.Of(0.1) * plain, slope, plain);
            T step = value / slope;
            step = T.SelectGreater(step, most, most, T.SelectGreater(-most, step, -most, step));
            step = T.SelectGreater(moving, zero, step, zero);
            moving = iteration < least - 1 ? one : T.SelectGreater(T.Abs(step), T.Of(Settled) * most, one, zero);
            x -= step;
        }

        return x;

        T Point(int point)
        {
            fixed (double* at = points[point])
            {
                return T.Load(at, lane);
            }
        }
    }

    // Whether a lane is above zero.
    static bool Any<T>(T lanes)
        where T : unmanaged, IHostLane<T>
    {
        double* values = stackalloc double[T.Width];
        T.Store(lanes, values, 0);
        return new ReadOnlySpan<double>(values, T.Width).ContainsAnyExceptInRange(double.NegativeInfinity, 0);
    }

    // Value above that of exercise, with exercise in the later periods alone.
    T Waiting<T>(T logPrice, T sigma, double time, double toCome, double[] roots, int lane, out T slope)
        where T : unmanaged, IHostLane<T>
    {
        double left = terms.Years - time, discount = HostMath.Exp(-terms.Rate * left);
        T deviation = T.Of(Math.Sqrt(left)) * sigma, price = Elementary.Exp(logPrice);
        T down = (logPrice + T.Of(terms.Rate * left)) / deviation - T.Of(0.5) * deviation;
        T asset = price * NormalDistribution.Cumulative(down + deviation);
        T known = later.At(logPrice, sigma, time, roots, lane, out T knownSlope);
        slope = asset + knownSlope;
        return T.Fnma(T.Of(discount), NormalDistribution.Cumulative(down), asset) + T.Of(discount - 1 + toCome) + known;
    }

    double ToCome(double time) =>
        terms.Dividends.Where(dividend => dividend.Years >= period.End).Sum(dividend => dividend.Amount * HostMath.Exp(-terms.Rate * (dividend.Years - time)));

    /// <summary>Points that a place between them is interpolated from.</summary>
    /// <param name="Shares">None: it lies before the first.</param>
    /// <param name="Before">How far, in steps.</param>
    readonly record struct Neighbours(int First, double[] Shares, double Before);
}
