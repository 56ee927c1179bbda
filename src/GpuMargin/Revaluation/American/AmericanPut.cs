using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>American put of strike one on an underlying with a continuous yield.</summary>
/// <remarks>
/// Value = European value + ∫ (r·e^(−rs)·Φ(−d2) − q·x·e^(−qs)·Φ(−d1)) ds over 0 ≤ s ≤ T, d at x/B(T − s) (Kim 1990; Carr, Jarrow and Myneni 1992).
/// </remarks>
sealed class AmericanPut
{
    readonly double rate, yield, volatility, years;
    readonly QuadratureRule rule;
    readonly ExerciseBoundary? boundary;
    readonly double[] distances = [];

    /// <param name="exercise">Of these rates (<see cref="EarlyExerciseRule"/>), or <see cref="EarlyExercise.Never"/> for the European put.</param>
    /// <inheritdoc cref="ExerciseBoundary(double, double, double, double, BoundaryAccuracy)"/>
    public AmericanPut(EarlyExercise exercise, double rate, double yield, double volatility, double years, BoundaryAccuracy accuracy)
    {
        (this.rate, this.yield, this.volatility, this.years) = (rate, yield, volatility, years);
        rule = accuracy.PriceRule;
        if (exercise == EarlyExercise.OneBoundary)
        {
            boundary = new ExerciseBoundary(rate, yield, volatility, years, accuracy);
            double root = Math.Sqrt(years);
            distances = [.. rule.Cosines.Select(cosine => boundary.LogDistance(root * cosine))];
        }
    }

    /// <summary>Share of the strike at and below which the put is exercised today; zero: never.</summary>
    public double CriticalPrice => boundary?.Price(years) ?? 0;

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

        (double premium, double premiumDelta, double premiumGamma) = Premium(price);
        return (european, Math.Max(premium, Math.Max(0, 1 - price - european)), delta + premiumDelta, gamma + premiumGamma);
    }

    /// <summary>Premium by the integral alone, above the critical price.</summary>
    public double PremiumAbove(double price) => Premium(price).Value;

    (double Value, double Delta, double Gamma) European(double price)
    {
        double root = volatility * Math.Sqrt(years);
        double up = (HostMath.Log(price) + (rate - yield) * years) / root + 0.5 * root;
        double dividends = HostMath.Exp(-yield * years), discount = HostMath.Exp(-rate * years);
        double exercised = Cumulative(-up);
        return (discount * Cumulative(root - up) - price * dividends * exercised, -dividends * exercised, dividends * Density(up) / (price * root));
    }

    (double Value, double Delta, double Gamma) Premium(double price)
    {
        double root = volatility * Math.Sqrt(years), drift = rate - yield;
        double logPrice = HostMath.Log(price / boundary!.AtExpiry);
        double value = 0, delta = 0, gamma = 0;
        for (int k = 0; k < distances.Length; k++)
        {
            double sine = rule.Sines[k], passed = years * sine * sine, deviation = root * sine;
            double up = (logPrice + distances[k] + drift * passed) / deviation + 0.5 * deviation, down = up - deviation;
            double weight = rule.Weights[k] * 2 * years * sine * rule.Cosines[k];
            double interest = weight * rate * HostMath.Exp(-rate * passed), income = weight * yield * HostMath.Exp(-yield * passed);
            double upDensity = Density(up), downDensity = Density(down), exercised = Cumulative(-up);
            value += interest * Cumulative(-down) - income * price * exercised;
            delta += income * (upDensity / deviation - exercised) - interest * downDensity / (price * deviation);
            gamma += income * upDensity / (price * deviation) * (1 - up / deviation)
                + interest * downDensity / (price * price * deviation) * (1 + down / deviation);
        }

        return (value, delta, gamma);
    }

    static double Density(double x) => NormalDistribution.Density(Float64.Of(x)).Value;

    static double Cumulative(double x) => NormalDistribution.Cumulative(Float64.Of(x)).Value;
}
