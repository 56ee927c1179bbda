using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Revaluation.American;
using GpuMargin.Volatility;

namespace GpuMargin.Quotes;

/// <summary>Premium for early exercise of the options of one right and expiry, and their implied volatilities.</summary>
/// <remarks>In units of what exercise gives: of the strike (put) or the price of the underlying (call, which is the put with both exchanged).</remarks>
sealed class EarlyExercisePremium
{
    const int StepsAtMost = 30;
    const double Converged = 1e-12;

    readonly double rate, yield, years;
    readonly bool isCall;
    readonly HostPremiums premiums;
    readonly PremiumPiece<Float64>[] pieces;

    EarlyExercisePremium(bool isCall, double rate, double yield, double years, PremiumPiece<Float64>[] pieces, double[] coefficients)
    {
        (this.isCall, this.rate, this.yield, this.years, this.pieces) = (isCall, rate, yield, years, pieces);
        premiums = new HostPremiums(coefficients, pieces, []);
    }

    /// <param name="low">Lowest volatility that is wanted.</param>
    /// <param name="high">Highest.</param>
    /// <exception cref="ArgumentException">Two critical prices exist, or no surface is within the tolerance.</exception>
    public static EarlyExercisePremium Of(OptionRight right, ExerciseStyle exercise, double rate, double yield, double years, double low, double high)
    {
        bool isCall = right == OptionRight.Call;
        (double r, double q) = isCall ? (yield, rate) : (rate, yield);
        if (exercise == ExerciseStyle.European || EarlyExerciseRule.Of(right, rate, yield) == EarlyExercise.Never)
        {
            return new EarlyExercisePremium(isCall, r, q, years, [], []);
        }

        PremiumKey key = new(r, q, years, default);
        IReadOnlyList<PremiumSurface> surfaces = PremiumFit.Find(key, low, high, Precision.Double) ?? PremiumFit.Find(key, low, high, Precision.Mixed)
            ?? throw new ArgumentException(FormattableString.Invariant($"rate {rate} and yield {yield} have no premium surface for volatilities from {low} to {high}"));
        PremiumNumbers numbers = new(surfaces);
        // Without a shock ln σ√T is zero, so that the shock is ln σ√T.
        PremiumPiece<Float64>[] pieces = [.. new AmericanOption(-1, 0, 1, 1, 0, key, surfaces).Pieces<Float64>(numbers)];
        return new EarlyExercisePremium(isCall, r, q, years, pieces, numbers.Values);
    }

    /// <summary>Implied volatility; NaN where the price has none.</summary>
    /// <param name="price">Of the option, discounted.</param>
    /// <param name="spot">Of the underlying.</param>
    public double Volatility(double price, double spot, double strike)
    {
        (double value, double x) = isCall ? (price / spot, HostMath.Log(strike / spot)) : (price / strike, HostMath.Log(spot / strike));
        double discount = HostMath.Exp(-rate * years), forward = HostMath.Exp(x + (rate - yield) * years);
        double volatility = European(0);
        if (pieces.Length == 0 || double.IsNaN(volatility))
        {
            return volatility;
        }

        // Of σ ↦ the European volatility of the price less the premium at σ, by secants.
        double error = European(Premium(x, volatility, discount)) - volatility, next = volatility + error;
        for (int step = 0; step < StepsAtMost && Math.Abs(next - volatility) > Converged; step++)
        {
            double nextError = European(Premium(x, next, discount)) - next, slope = (nextError - error) / (next - volatility);
            (volatility, error) = (next, nextError);
            next = Math.Abs(slope) > Converged ? next - nextError / slope : next + nextError;
        }

        return next;

        double European(double premium) => ImpliedVolatility.Black76((value - premium) / discount, forward, 1, years, isCall: false);
    }

    double Premium(double x, double volatility, double discount)
    {
        double deviation = volatility * Math.Sqrt(years), logDeviation = HostMath.Log(deviation);
        double down = (x + (rate - yield) * years) / deviation - deviation / 2;
        PremiumPoint<Float64> point = new(
            Float64.Of(x), Float64.Of(1 / deviation), Float64.Of(discount), Float64.Of(discount * NormalDistribution.Cumulative(Float64.Of(-down)).Value));
        int piece = 0;
        while (piece + 1 < pieces.Length && logDeviation > pieces[piece + 1].From.Value)
        {
            piece++;
        }

        return premiums.Premium(piece, point, Float64.Of(logDeviation), Float64.Of(0)).Value;
    }
}
