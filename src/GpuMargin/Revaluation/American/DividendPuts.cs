using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>American puts of strike one with cash dividends, at several volatilities side by side in lanes.</summary>
/// <remarks>
/// The model is that of <see cref="DividendPut"/>. Value = European value + ∫ r·e^(−rs)·Φ(−d2(S*/B(s), s)) ds over the periods of exercise: the value is
/// continuous over an ex-date, so that only the strike's interest is gained. After the last ex-date B is that of the put without dividends. In a
/// period before an ex-date B comes from zero at its end e, and ln B is smooth in ln(e − s): it is stepped backwards in equal parts of that, each point by
/// the equality of waiting and exercise, with a polynomial through the points before.
/// </remarks>
sealed unsafe class DividendPuts
{
    const int Lane = 8, Halvings = 30;

    // Of Newton's method, in deviations until the ex-date.
    const double LongestStep = 0.1;

    // A higher degree is not stable.
    const int Degree = 2;

    // Logarithm of what is left of a period, in shares of its scale, at the first point.
    const double Reach = 9;

    readonly ExDateTerms terms;
    readonly DividendPutAccuracy accuracy;
    readonly double[] volatilities; // padded to whole lanes
    readonly List<double> times = [], weights = []; // of the integral's points, r·e^(−rs) ds
    readonly List<double[]> boundaries = []; // [point][volatility], ln B
    readonly double[] critical;

    /// <param name="terms">With a rate above zero.</param>
    /// <param name="volatilities">Above zero, a year.</param>
    /// <exception cref="ArithmeticException">A critical price after the last ex-date was not found.</exception>
    public DividendPuts(ExDateTerms terms, double[] volatilities, DividendPutAccuracy accuracy)
    {
        (this.terms, this.accuracy, Count) = (terms, accuracy, volatilities.Length);
        this.volatilities = new double[(Count + Lane - 1) / Lane * Lane];
        Array.Fill(this.volatilities, volatilities[0]);
        volatilities.CopyTo(this.volatilities, 0);
        IReadOnlyList<ExercisePeriod> periods = ExercisePeriod.Of(terms);
        critical = new double[this.volatilities.Length];
        First = terms.Years;
        foreach (ExercisePeriod period in periods)
        {
            if (period.End == terms.Years)
            {
                AddLast(period);
            }
            else
            {
                Add(period);
            }

            First = period.Start;
        }
    }

    /// <summary>Number of volatilities.</summary>
    public int Count { get; }

    /// <summary>Start of the first period, zero where exercise today can pay; expiry where it never does; years.</summary>
    public double First { get; }

    /// <summary>ln S* today from which the price comes to the critical one then, less some of its deviations.</summary>
    public double LogFirstPrice(int volatility, double deviations)
    {
        double sigma = volatilities[volatility], deviation = sigma * Math.Sqrt(First);
        return critical[volatility] - (terms.Rate - sigma * sigma / 2) * First - deviations * deviation;
    }

    /// <summary>European value.</summary>
    public double European(int volatility, double logPrice) =>
        new EscrowedEuropean(-1, 1, terms.Rate, volatilities[volatility]).At(HostMath.Exp(logPrice), terms.Years).Value;

    /// <summary>Premiums above the European value by the integral alone.</summary>
    /// <param name="logPrices">ln S*, [price][volatility].</param>
    /// <returns>[price][volatility].</returns>
    public double[][] Premiums(double[][] logPrices)
    {
        double[][] padded = [.. logPrices.Select(Padded)], premiums = [.. logPrices.Select(_ => new double[volatilities.Length])];
        if (Float64x8.IsSupported)
        {
            Premiums<Float64x8>(padded, premiums);
        }
        else if (Float64x4.IsSupported)
        {
            Premiums<Float64x4>(padded, premiums);
        }
        else
        {
            Premiums<Float64>(padded, premiums);
        }

        return premiums;
    }

    /// <summary>Value by waiting, at one volatility: to about 1e-8, not below the European one.</summary>
    public static double Value(ExDateTerms terms, double logPrice, double volatility)
    {
        DividendPuts put = new(terms, [volatility], DividendPutAccuracy.Sizes[1]);
        return put.European(0, logPrice) + Math.Max(0, put.Premiums([[logPrice]])[0][0]);
    }

    double[] Padded(double[] row)
    {
        double[] padded = new double[volatilities.Length];
        Array.Fill(padded, row[0]);
        row.CopyTo(padded, 0);
        return padded;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Premiums<T>(double[][] logPrices, double[][] premiums)
        where T : unmanaged, IHostLane<T>
    {
        double[] roots = [.. times.Select(Math.Sqrt)];
        for (int i = 0; i < logPrices.Length; i++)
        {
            fixed (double* from = logPrices[i], to = premiums[i], sigmas = volatilities)
            {
                for (int j = 0; j < volatilities.Length; j += T.Width)
                {
                    T sigma = T.Load(sigmas, j);
                    T.Store(Known(T.Load(from, j), sigma, 0, roots, j, out _), to, j);
                }
            }
        }
    }

    void AddLast(ExercisePeriod period)
    {
        PutTerms put = new(terms.Rate, 0, period.Length, accuracy.AfterLast);
        QuadratureRule rule = accuracy.AfterLast.PriceRule;
        ExerciseBoundary[] found = [.. volatilities[..Count].Select(volatility => new ExerciseBoundary(put, volatility))];
        double[][] distances = [.. found.Select(boundary => boundary.PriceDistances())];
        for (int k = 0; k < rule.Weights.Length; k++)
        {
            AddPoint(period, rule, k, Padded([.. distances.Select(ofOne => -ofOne[k])]));
        }

        Padded([.. found.Select(boundary => boundary.LogPrice)]).CopyTo(critical, 0);
    }

    void AddPoint(ExercisePeriod period, QuadratureRule rule, int k, double[] boundary)
    {
        double sine = rule.Sines[k], time = period.Start + period.Length * sine * sine;
        times.Add(time);
        weights.Add(terms.Rate * HostMath.Exp(-terms.Rate * time) * rule.Weights[k] * 2 * period.Length * sine * rule.Cosines[k]);
        boundaries.Add(boundary);
    }

    void Add(ExercisePeriod period)
    {
        double exDate = terms.Dividends.First(dividend => dividend.Years > period.End).Years;
        int steps = (int)Math.Ceiling((Reach + HostMath.Log(1 + period.Length / (exDate - period.End))) / accuracy.Step);
        double[][] found = [.. Enumerable.Range(0, steps + 1).Select(_ => new double[volatilities.Length])];
        if (Float64x8.IsSupported)
        {
            Solve<Float64x8>(period, exDate, found);
        }
        else if (Float64x4.IsSupported)
        {
            Solve<Float64x4>(period, exDate, found);
        }
        else
        {
            Solve<Float64>(period, exDate, found);
        }

        QuadratureRule rule = accuracy.AfterLast.PriceRule;
        double[][] points = new double[rule.Weights.Length][];
        for (int k = 0; k < points.Length; k++)
        {
            (int first, double[] shares, _) = Interpolation(steps, Offset(rule.Cosines[k]));
            shares = shares.Length > 0 ? shares : [1];
            points[k] = new double[volatilities.Length];
            for (int i = 0; i < shares.Length; i++)
            {
                for (int j = 0; j < volatilities.Length; j++)
                {
                    points[k][j] += shares[i] * found[first + i][j];
                }
            }
        }

        for (int k = 0; k < points.Length; k++)
        {
            AddPoint(period, rule, k, points[k]);
        }

        found[steps].CopyTo(critical, 0);
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
    void Solve<T>(ExercisePeriod period, double exDate, double[][] found)
        where T : unmanaged, IHostLane<T>
    {
        QuadratureRule rule = accuracy.Own;
        double[] roots = new double[times.Count];
        for (int m = 0; m < found.Length; m++)
        {
            double left = period.Length * HostMath.Exp((m - found.Length + 1) * accuracy.Step), time = period.End - left, toCome = ToCome(time, period.End);
            for (int k = 0; k < roots.Length; k++)
            {
                roots[k] = Math.Sqrt(times[k] - time);
            }

            Neighbours[] shares = m == 0 ? [] : [.. rule.Cosines.Select(cosine => Interpolation(m, Offset(cosine)))];
            for (int j = 0; j < volatilities.Length; j += T.Width)
            {
                fixed (double* sigmas = volatilities, next = critical, to = found[m])
                {
                    T sigma = T.Load(sigmas, j), from = T.Load(next, j);
                    T.Store(m == 0 ? Start(from, sigma, time, toCome, roots, j) : Step(found, m, sigma, time, toCome, left, exDate - time, shares, roots, j), to, j);
                }
            }
        }
    }

    // Without exercise later in the same period, whose rest is negligible.
    T Start<T>(T next, T sigma, double time, double toCome, double[] roots, int lane)
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
    T Step<T>(double[][] found, int m, T sigma, double time, double toCome, double left, double whole, Neighbours[] shares, double[] roots, int lane)
        where T : unmanaged, IHostLane<T>
    {
        T x = m == 1 ? Point(0) : Point(m - 1) + Point(m - 1) - Point(m - 2), zero = T.Of(0), one = T.Of(1);
        T inverse = one / sigma, drift = T.Fma(T.Of(-0.5), sigma, T.Of(terms.Rate) * inverse), most = T.Of(LongestStep * Math.Sqrt(whole)) * sigma;
        T above = Next(), fall = above - Point(0), square = T.Of(whole) * sigma * sigma; // before the first point ln B falls as the normal density's quantiles
        QuadratureRule rule = accuracy.Own;
        for (int iteration = 0; iteration < (m == 1 ? 6 : 3); iteration++)
        {
            T value = Waiting(x, sigma, time, toCome, roots, lane, out T slope), plain = slope;
            for (int k = 0; k < rule.Weights.Length; k++)
            {
                (int first, double[] ofPoints, double before) = shares[k];
                T boundary = ofPoints.Length > 0 ? zero : above - T.Sqrt(T.Fma(square, T.Of(2 * accuracy.Step * before), fall * fall));
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
            x -= step;
        }

        return x;

        T Next()
        {
            fixed (double* at = critical)
            {
                return T.Load(at, lane);
            }
        }

        T Point(int point)
        {
            fixed (double* at = found[point])
            {
                return T.Load(at, lane);
            }
        }
    }

    // Value above that of exercise, with exercise in the later periods alone.
    T Waiting<T>(T logPrice, T sigma, double time, double toCome, double[] roots, int lane, out T slope)
        where T : unmanaged, IHostLane<T>
    {
        double left = terms.Years - time, discount = HostMath.Exp(-terms.Rate * left);
        T deviation = T.Of(Math.Sqrt(left)) * sigma, price = Elementary.Exp(logPrice);
        T down = (logPrice + T.Of(terms.Rate * left)) / deviation - T.Of(0.5) * deviation;
        T asset = price * NormalDistribution.Cumulative(down + deviation);
        T known = Known(logPrice, sigma, time, roots, lane, out T knownSlope);
        slope = asset + knownSlope;
        return T.Fnma(T.Of(discount), NormalDistribution.Cumulative(down), asset) + T.Of(discount - 1 + toCome) + known;
    }

    double ToCome(double time, double end) =>
        terms.Dividends.Where(dividend => dividend.Years >= end).Sum(dividend => dividend.Amount * HostMath.Exp(-terms.Rate * (dividend.Years - time)));

    // What exercise at the integral's points adds.
    T Known<T>(T logPrice, T sigma, double time, double[] roots, int lane, out T slope)
        where T : unmanaged, IHostLane<T>
    {
        T sum = T.Of(0), inverse = T.Of(1) / sigma, drift = T.Fma(T.Of(-0.5), sigma, T.Of(terms.Rate) * inverse);
        slope = sum;
        double growth = HostMath.Exp(terms.Rate * time);
        for (int k = 0; k < roots.Length; k++)
        {
            fixed (double* boundary = boundaries[k])
            {
                T inverseDeviation = inverse * T.Of(1 / roots[k]), weight = T.Of(weights[k] * growth);
                T down = T.Fma(logPrice - T.Load(boundary, lane), inverseDeviation, drift * T.Of(roots[k]));
                sum = T.Fma(weight, NormalDistribution.Cumulative(-down), sum);
                slope = T.Fnma(weight * inverseDeviation, NormalDistribution.Density(down), slope);
            }
        }

        return sum;
    }

    /// <summary>Points that a place between them is interpolated from.</summary>
    /// <param name="Shares">None: it lies before the first.</param>
    /// <param name="Before">How far, in steps.</param>
    readonly record struct Neighbours(int First, double[] Shares, double Before);
}
