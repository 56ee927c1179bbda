using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>American puts of strike one with cash dividends, at several volatilities side by side in lanes.</summary>
/// <remarks>
/// The model is that of <see cref="DividendPut"/>. Value = European value + ∫ r·e^(−rs)·Φ(−d2(S*/B(s), s)) ds over the periods of exercise: the value is
/// continuous over an ex-date, so that only the strike's interest is gained. After the last ex-date B is that of the put without dividends.
/// </remarks>
sealed unsafe class DividendPuts
{
    // The widest.
    const int Lane = 8;

    readonly ExDateTerms terms;
    readonly DividendPutAccuracy accuracy;
    readonly double[] volatilities; // padded to whole lanes
    readonly ExerciseIntegral integral;
    readonly double[] critical;

    /// <param name="terms">With a rate above zero.</param>
    /// <param name="volatilities">Above zero, a year.</param>
    /// <exception cref="ArithmeticException">A critical price after the last ex-date was not found.</exception>
    public DividendPuts(ExDateTerms terms, double[] volatilities, DividendPutAccuracy accuracy)
    {
        (this.terms, this.accuracy, Count) = (terms, accuracy, volatilities.Length);
        integral = new ExerciseIntegral(terms.Rate);
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
        double[] roots = integral.RootsFrom(0);
        for (int i = 0; i < logPrices.Length; i++)
        {
            fixed (double* from = logPrices[i], to = premiums[i], sigmas = volatilities)
            {
                for (int j = 0; j < volatilities.Length; j += T.Width)
                {
                    T sigma = T.Load(sigmas, j);
                    T.Store(integral.At(T.Load(from, j), sigma, 0, roots, j, out _), to, j);
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
            integral.Add(period, rule, k, Padded([.. distances.Select(ofOne => -ofOne[k])]));
        }

        Padded([.. found.Select(boundary => boundary.LogPrice)]).CopyTo(critical, 0);
    }

    void Add(ExercisePeriod period)
    {
        PeriodBoundary boundary = new(terms, period, accuracy, volatilities, integral, critical);
        QuadratureRule rule = accuracy.AfterLast.PriceRule;
        for (int k = 0; k < rule.Weights.Length; k++)
        {
            integral.Add(period, rule, k, boundary.At(rule.Cosines[k]));
        }

        boundary.Start.CopyTo(critical, 0);
    }
}
