using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Critical price of an American put of strike one by time to expiry: at or below it the put is exercised.</summary>
/// <remarks>
/// The fixed point A of Andersen, Lake and Offengenden (2016, "High-performance American option pricing"): ln²(B/X) is a polynomial in √τ through
/// Chebyshev points. The integrals run over the angle θ with u = τ·cos²θ, in which their integrands are smooth at both ends.
/// </remarks>
sealed class ExerciseBoundary
{
    const int MostIterations = 200;

    // Of ln B; a value's error is of its square. Rounding leaves up to 5e-14.
    const double Converged = 1e-11;


    readonly double rate, yield, volatility, years, logAtExpiry;
    readonly ChebyshevSeries squares;

    /// <param name="rate">r, continuous; with <paramref name="yield"/> it must be <see cref="ClearingSets.EarlyExercise.OneBoundary"/>.</param>
    /// <param name="yield">q, continuous.</param>
    /// <param name="volatility">Above zero.</param>
    /// <param name="years">Longest time to expiry, above zero.</param>
    /// <param name="accuracy">Points of the polynomial and of the integrals.</param>
    /// <exception cref="ArithmeticException">The fixed point was not found.</exception>
    public ExerciseBoundary(double rate, double yield, double volatility, double years, BoundaryAccuracy accuracy)
    {
        (this.rate, this.yield, this.volatility, this.years) = (rate, yield, volatility, years);
        AtExpiry = yield > 0 && rate < yield ? rate / yield : 1;
        logAtExpiry = HostMath.Log(AtExpiry);
        squares = new ChebyshevSeries(accuracy.Degree);
        Iterations = Solve(accuracy.Rule);
    }

    /// <summary>X, the limit as the time to expiry goes to zero.</summary>
    public double AtExpiry { get; }

    public int Iterations { get; }

    /// <summary>√ln²(B/X) = ln(X/B) at √τ.</summary>
    public double LogDistance(double rootTime) => Math.Sqrt(Math.Max(0, squares.At(2 * rootTime / Math.Sqrt(years) - 1)));

    /// <summary>Critical price, a share of the strike.</summary>
    /// <param name="time">Years to expiry, not above the longest.</param>
    public double Price(double time) => AtExpiry * HostMath.Exp(-LogDistance(Math.Sqrt(time)));

    int Solve(QuadratureRule rule)
    {
        int last = squares.Points.Length - 1;
        double[] values = new double[last + 1];
        double perpetual = PerpetualPrice();
        for (int i = 0; i < last; i++)
        {
            double start = logAtExpiry - HostMath.Log(Start(perpetual, Time(i)));
            values[i] = start * start;
        }

        for (int iteration = 1; iteration <= MostIterations; iteration++)
        {
            squares.Fit(values);
            double change = 0;
            for (int i = 0; i < last; i++)
            {
                double former = Math.Sqrt(values[i]);
                double next = Math.Max(0, Next(Time(i), former, rule));
                values[i] = next * next;
                change = Math.Max(change, Math.Abs(next - former));
            }

            if (change <= Converged * (1 + Math.Sqrt(values[0])))
            {
                squares.Fit(values);
                return iteration;
            }
        }

        throw new ArithmeticException(FormattableString.Invariant(
            $"Rate {rate}, yield {yield}, volatility {volatility} and {years} years have no exercise boundary that can be found."));
    }

    double Time(int point)
    {
        double share = 0.5 * (1 + squares.Points[point]);
        return years * share * share;
    }

    // Form A, B = e^(−(r − q)τ)·N/D with N and D of the former boundary. Where its slope in the point's own ln B is negative, at rates that are large
    // beside the variance, the plain step repels; half of Newton's correction converges from r/σ² = 0.02 to 130 and is faster than the whole one.
    double Next(double time, double distance, QuadratureRule rule)
    {
        double root = volatility * Math.Sqrt(time);
        double drift = rate - yield;
        double logPrice = logAtExpiry - distance;
        double plus = (logPrice + drift * time) / root + 0.5 * root, minus = plus - root;
        double numerator = 0, numeratorSlope = 0, denominator = 0, denominatorSlope = 0;
        for (int k = 0; k < rule.Weights.Length; k++)
        {
            double cosine = rule.Cosines[k], sine = rule.Sines[k];
            double passed = time * sine * sine, left = time * cosine * cosine;
            double deviation = root * sine;
            double up = (LogDistance(Math.Sqrt(left)) - distance + drift * passed) / deviation + 0.5 * deviation, down = up - deviation;
            double weight = rule.Weights[k] * cosine;
            double interest = weight * HostMath.Exp(rate * left) * Density(down);
            double income = weight * HostMath.Exp(yield * left), upDensity = Density(up);
            numerator += interest;
            numeratorSlope -= interest * down / deviation;
            denominator += income * (upDensity + deviation * Cumulative(up));
            denominatorSlope += income * upDensity * (1 - up / deviation);
        }

        double scale = 2 * time / root;
        double minusDensity = Density(minus) / root, plusDensity = Density(plus) / root;
        double n = minusDensity + rate * scale * numerator, nSlope = rate * scale * numeratorSlope - minus / root * minusDensity;
        double d = plusDensity + Cumulative(plus) + yield * scale * denominator;
        double dSlope = plusDensity * (1 - plus / root) + yield * scale * denominatorSlope;
        double step = HostMath.Log(n / d) - drift * time - logPrice;
        return distance - step / (1 - 0.5 * Math.Min(0, nSlope / n - dSlope / d));
    }

    // Bjerksund and Stensland's exponential between the limits.
    double Start(double perpetual, double time) =>
        perpetual + (AtExpiry - perpetual) * HostMath.Exp(-2 * volatility * Math.Sqrt(time) * AtExpiry / (AtExpiry - perpetual));

    double PerpetualPrice()
    {
        double variance = volatility * volatility, slope = (rate - yield) / variance - 0.5;
        double power = -slope - Math.Sqrt(slope * slope + 2 * rate / variance);
        return power < 0 ? power / (power - 1) : 0;
    }

    static double Density(double x) => NormalDistribution.Density(Float64.Of(x)).Value;

    static double Cumulative(double x) => NormalDistribution.Cumulative(Float64.Of(x)).Value;
}
