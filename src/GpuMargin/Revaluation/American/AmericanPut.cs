using System.Runtime.CompilerServices;
using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>American put of strike one on an underlying with a continuous yield.</summary>
/// <remarks>
/// Value = European value + ∫ (r·e^(−rs)·Φ(−d2) − q·x·e^(−qs)·Φ(−d1)) ds over 0 ≤ s ≤ T, d at x/B(T − s) (Kim 1990; Carr, Jarrow and Myneni 1992).
/// </remarks>
sealed unsafe class AmericanPut
{
    readonly double rate, yield, volatility, years;
    readonly PutTerms? terms;
    readonly ExerciseBoundary? boundary;
    readonly double[] shifts = [], deviations = [];

    /// <param name="exercise">Of these rates (<see cref="EarlyExerciseRule"/>), or <see cref="EarlyExercise.Never"/> for the European put.</param>
    /// <param name="volatility">Above zero.</param>
    /// <exception cref="ArithmeticException">The critical price was not found.</exception>
    /// <inheritdoc cref="PutTerms(double, double, double, BoundaryAccuracy)"/>
    public AmericanPut(EarlyExercise exercise, double rate, double yield, double volatility, double years, BoundaryAccuracy accuracy)
        : this(exercise == EarlyExercise.OneBoundary ? new PutTerms(rate, yield, years, accuracy) : null, rate, yield, volatility, years)
    {
    }

    /// <param name="volatility">Above zero.</param>
    /// <exception cref="ArithmeticException">The critical price was not found.</exception>
    public AmericanPut(PutTerms terms, double volatility)
        : this(terms, terms.Rate, terms.Yield, volatility, terms.Years)
    {
    }

    /// <param name="boundary">Of these terms and this volatility.</param>
    public AmericanPut(PutTerms terms, double volatility, ExerciseBoundary boundary)
        : this(terms, terms.Rate, terms.Yield, volatility, terms.Years, boundary)
    {
    }

    AmericanPut(PutTerms? terms, double rate, double yield, double volatility, double years, ExerciseBoundary? solved = null)
    {
        (this.rate, this.yield, this.volatility, this.years, this.terms) = (rate, yield, volatility, years, terms);
        if (terms is not null)
        {
            boundary = solved ?? new ExerciseBoundary(terms, volatility);
            shifts = boundary.PriceDistances();
            deviations = new double[shifts.Length];
            double root = volatility * Math.Sqrt(years);
            for (int k = 0; k < shifts.Length; k++)
            {
                shifts[k] += terms.PriceDrifts[k] - terms.LogAtExpiry;
                deviations[k] = root * terms.Accuracy.PriceRule.Sines[k];
            }
        }
    }

    /// <summary>Share of the strike at and below which the put is exercised today; zero: never.</summary>
    public double CriticalPrice => boundary is null ? 0 : HostMath.Exp(boundary.LogPrice);

    /// <summary>ln of <see cref="CriticalPrice"/>.</summary>
    public double LogCriticalPrice => boundary?.LogPrice ?? double.NegativeInfinity;

    /// <summary>Value and its first two derivatives by the price of the underlying.</summary>
    /// <param name="price">x, above zero, in strikes.</param>
    public (double European, double Premium, double Delta, double Gamma) At(double price)
    {
        (double european, double delta, double gamma) = European(price);
        if (boundary is null)
        {
            return (european, 0, delta, gamma);
        }

        if (price <= CriticalPrice)
        {
            return (european, 1 - price - european, -1, 0);
        }

        double[] one = [HostMath.Log(price)], premium = new double[1];
        Premiums<Float64>(one, premium);
        (double premiumDelta, double premiumGamma) = PremiumSlopes(price);
        return (european, Math.Max(premium[0], Math.Max(0, 1 - price - european)), delta + premiumDelta, gamma + premiumGamma);
    }

    /// <summary>European value.</summary>
    public double EuropeanAt(double price) => European(price).Value;

    /// <summary>Premiums by the integral alone, above the critical price.</summary>
    /// <param name="logPrices">ln x.</param>
    public double[] PremiumsAbove(ReadOnlySpan<double> logPrices)
    {
        double[] padded = new double[BoundaryPoints.Padded(logPrices.Length)], premiums = new double[padded.Length];
        logPrices.CopyTo(padded);
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

        return premiums[..logPrices.Length];
    }

    (double Value, double Delta, double Gamma) European(double price)
    {
        double root = volatility * Math.Sqrt(years);
        double up = (HostMath.Log(price) + (rate - yield) * years) / root + 0.5 * root;
        double dividends = HostMath.Exp(-yield * years), discount = HostMath.Exp(-rate * years);
        double exercised = Cumulative(-up);
        return (discount * Cumulative(root - up) - price * dividends * exercised, -dividends * exercised, dividends * Density(up) / (price * root));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Premiums<T>(double[] logPrices, double[] premiums)
        where T : unmanaged, IHostLane<T>
    {
        double[] interests = terms!.PriceInterests, incomes = terms.PriceIncomes;
        fixed (double* from = logPrices, to = premiums)
        {
            for (int i = 0; i < logPrices.Length; i += T.Width)
            {
                T logPrice = T.Load(from, i), price = Elementary.Exp(logPrice), sum = T.Of(0);
                for (int k = 0; k < shifts.Length; k++)
                {
                    T deviation = T.Of(deviations[k]);
                    T up = T.Fma(T.Of(0.5), deviation, (logPrice + T.Of(shifts[k])) * T.Of(1 / deviations[k]));
                    sum = T.Fma(T.Of(interests[k]), NormalDistribution.Cumulative(deviation - up), sum);
                    if (incomes[k] != 0)
                    {
                        sum = T.Fnma(T.Of(incomes[k]) * price, NormalDistribution.Cumulative(-up), sum);
                    }
                }

                T.Store(sum, to, i);
            }
        }
    }

    (double Delta, double Gamma) PremiumSlopes(double price)
    {
        double logPrice = HostMath.Log(price), delta = 0, gamma = 0;
        for (int k = 0; k < shifts.Length; k++)
        {
            double deviation = deviations[k];
            double up = (logPrice + shifts[k]) / deviation + 0.5 * deviation, down = up - deviation;
            double interest = terms!.PriceInterests[k], income = terms.PriceIncomes[k], upDensity = Density(up), downDensity = Density(down);
            delta += income * (upDensity / deviation - Cumulative(-up)) - interest * downDensity / (price * deviation);
            gamma += income * upDensity / (price * deviation) * (1 - up / deviation)
                + interest * downDensity / (price * price * deviation) * (1 + down / deviation);
        }

        return (delta, gamma);
    }

    static double Density(double x) => NormalDistribution.Density(Float64.Of(x)).Value;

    static double Cumulative(double x) => NormalDistribution.Cumulative(Float64.Of(x)).Value;
}
