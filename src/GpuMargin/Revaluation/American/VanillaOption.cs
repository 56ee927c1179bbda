using GpuMargin.ClearingSets;

namespace GpuMargin.Revaluation.American;

/// <summary>One option on an underlying with a continuous yield.</summary>
/// <param name="Right">Call or put.</param>
/// <param name="Style">At expiry, or at any time up to it.</param>
/// <param name="Spot">Price of the underlying, above zero; a future's price where <paramref name="Yield"/> = <paramref name="Rate"/> (Black-76).</param>
/// <param name="Strike">Above zero, in the unit of the spot.</param>
/// <param name="Rate">Continuous, a year.</param>
/// <param name="Yield">Dividend yield, continuous, a year.</param>
/// <param name="Volatility">A year, above zero.</param>
/// <param name="Years">To expiry, above zero.</param>
public sealed record VanillaOption(OptionRight Right, ExerciseStyle Style, double Spot, double Strike, double Rate, double Yield, double Volatility, double Years)
{
    // Of differences by volatility and rate: the square of the step and the solver's error over the step are both below 1e-7.
    const double Step = 1e-4;

    /// <summary>Value and greeks to about 1e-10 of the strike (greeks by volatility and rate: 1e-7).</summary>
    /// <exception cref="ArgumentException">A number is out of its range, or q &lt; r &lt; 0 (a call: r &lt; q &lt; 0), where two critical prices exist.</exception>
    public VanillaOptionValue Value()
    {
        Check();
        (double european, double premium, double delta, double gamma) = Solve();
        double value = european + premium;
        bool exercised = premium > 0 && value <= Intrinsic;
        return new VanillaOptionValue(
            value, european, premium, CriticalPrice(), delta, gamma,
            Vega: exercised ? 0 : Slope(step => this with { Volatility = Volatility + step }, Math.Min(Step, Volatility / 100)),
            Theta: exercised ? 0 : Rate * value - (Rate - Yield) * Spot * delta - 0.5 * Volatility * Volatility * Spot * Spot * gamma,
            Rho: exercised ? 0 : Slope(step => this with { Rate = Rate + step }, Step));
    }

    double Intrinsic => Math.Max(0, Right == OptionRight.Call ? Spot - Strike : Strike - Spot);

    // A call is the put of the other underlying: strike and spot, rate and yield change places (McDonald and Schroder 1998).
    AmericanPut Put => Right == OptionRight.Call
        ? new AmericanPut(EarlyExercise, Yield, Rate, Volatility, Years, BoundaryAccuracy.Fine)
        : new AmericanPut(EarlyExercise, Rate, Yield, Volatility, Years, BoundaryAccuracy.Fine);

    EarlyExercise EarlyExercise => Style == ExerciseStyle.European ? EarlyExercise.Never
        : Right == OptionRight.Call ? AmericanPut.ExerciseOf(Yield, Rate)
        : AmericanPut.ExerciseOf(Rate, Yield);

    (double European, double Premium, double Delta, double Gamma) Solve()
    {
        if (Right == OptionRight.Put)
        {
            (double european, double premium, double delta, double gamma) = Put.At(Spot / Strike);
            return (Strike * european, Strike * premium, delta, gamma / Strike);
        }

        double price = Strike / Spot;
        (double other, double otherPremium, double otherDelta, double otherGamma) = Put.At(price);
        return (Spot * other, Spot * otherPremium, other + otherPremium - price * otherDelta, price * price * otherGamma / Spot);
    }

    double? CriticalPrice() => Put.CriticalPrice is var critical and > 0 ? Right == OptionRight.Call ? Strike / critical : Strike * critical : null;

    static double Slope(Func<double, VanillaOption> moved, double step)
    {
        (double up, double upPremium, _, _) = moved(step).Solve();
        (double down, double downPremium, _, _) = moved(-step).Solve();
        return (up + upPremium - down - downPremium) / (2 * step);
    }

    internal void Check()
    {
        foreach ((string name, double value) in ((string, double)[])[(nameof(Spot), Spot), (nameof(Strike), Strike), (nameof(Volatility), Volatility), (nameof(Years), Years)])
        {
            if (!(value > 0 && double.IsFinite(value)))
            {
                throw new ArgumentException(FormattableString.Invariant($"{name} is {value}, expected a number above zero."));
            }
        }

        foreach ((string name, double value) in ((string, double)[])[(nameof(Rate), Rate), (nameof(Yield), Yield)])
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException(FormattableString.Invariant($"{name} is {value}, expected a finite number."));
            }
        }

        if (EarlyExercise == EarlyExercise.TwoBoundaries)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Rate {Rate} and yield {Yield} give two critical prices, expected {(Right == OptionRight.Call ? "a yield not below zero, or a rate not below the yield" : "a rate not below zero, or a yield not below the rate")}."));
        }
    }
}
