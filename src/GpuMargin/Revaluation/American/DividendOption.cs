using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>One option on an underlying that pays cash dividends, in the escrowed model: the spot less the present value of its dividends up to expiry is lognormal.</summary>
/// <param name="Right">Call or put.</param>
/// <param name="Style">At expiry, or at any time up to it.</param>
/// <param name="Spot">Price of the underlying, above zero, dividends included.</param>
/// <param name="Strike">Above zero, in the unit of the spot.</param>
/// <param name="Rate">Continuous, a year; not below zero for an American call.</param>
/// <param name="Volatility">Of S*, a year, above zero.</param>
/// <param name="Years">To expiry, above zero.</param>
/// <param name="Dividends">By ex-date; those after expiry do not count.</param>
public sealed record DividendOption(
    OptionRight Right, ExerciseStyle Style, double Spot, double Strike, double Rate, double Volatility, double Years, IReadOnlyList<CashDividend> Dividends)
{
    const double Step = 1e-4;

    // Nodes of the put's grid to a standard deviation.
    const int Fine = 200;
    const int Coarse = 100;

    CashDividend[] Counted => [.. Dividends.Where(dividend => dividend.Years <= Years)];

    double PresentValue => Counted.Sum(dividend => dividend.Amount * HostMath.Exp(-Rate * dividend.Years));

    double Intrinsic => Math.Max(0, Right == OptionRight.Call ? Spot - Strike : Strike - Spot);

    EscrowedEuropean European => new(Right == OptionRight.Call ? 1 : -1, Strike, Rate, Volatility);

    // A put earns interest on its strike by exercise, a call the dividends.
    bool IsExercisedEarly => Style == ExerciseStyle.American && (Right == OptionRight.Call ? Counted.Length > 0 : Rate > 0);

    /// <summary>Value and greeks: of European options and American calls to 1e-9 of the strike, of American puts to 1e-6, their critical price to 5e-4 and vega and rho, beyond a twentieth of it, to 1e-4.</summary>
    /// <exception cref="ArgumentException">A number is out of its range, the ex-dates are out of order, or the dividends are worth the spot or more.</exception>
    public VanillaOptionValue Value()
    {
        Check();
        double price = Spot - PresentValue;
        (double european, double delta, double gamma) = European.At(price, Years);
        (double premium, double premiumDelta, double premiumGamma, double? critical) = Premium(Fine);
        double value = european + premium, cash = Spot - price;
        bool exercised = premium > 0 && value <= Intrinsic;
        (delta, gamma) = exercised ? (Right == OptionRight.Call ? 1 : -1, 0) : (delta + premiumDelta, gamma + premiumGamma);
        return new VanillaOptionValue(
            value, european, premium, critical, delta, gamma,
            Vega: exercised ? 0 : Slope(step => this with { Volatility = Volatility + step }, Math.Min(Step, Volatility / 100)),
            Theta: exercised ? 0 : Rate * (value - Spot * delta) - 0.5 * Volatility * Volatility * price * price * gamma,
            Rho: exercised ? 0 : Slope(step => this with { Rate = Rate + step }, Step));
    }

    (double Value, double Delta, double Gamma, double? CriticalPrice) Premium(int size)
    {
        double price = Spot - PresentValue;
        if (!IsExercisedEarly)
        {
            return (0, 0, 0, null);
        }

        if (Right == OptionRight.Call)
        {
            DividendCall call = new(European, Years, Counted, price);
            (double value, double delta, double gamma) = call.Premium(price);
            return (value, delta, gamma, call.CriticalPrice);
        }

        return size == Coarse ? Put(new DividendPut(European, Years, Counted, price, size)) : Extrapolated(price);

        (double, double, double, double?) Put(DividendPut put)
        {
            (double delta, double gamma) = put.Slopes();
            return (put.Premium, delta, gamma, put.CriticalPrice + PresentValue);
        }
    }

    // The error is of the grid's step squared.
    (double, double, double, double?) Extrapolated(double price)
    {
        DividendPut coarse = new(European, Years, Counted, price, Coarse), fine = new(European, Years, Counted, price, Fine);
        (double coarseDelta, double coarseGamma) = coarse.Slopes();
        (double delta, double gamma) = fine.Slopes();
        double floor = Strike - Spot - European.At(price, Years).Value;
        double premium = fine.Exercised ? floor : Math.Max(Math.Max(0, floor), (4 * fine.Premium - coarse.Premium) / 3);
        return (premium, (4 * delta - coarseDelta) / 3, (4 * gamma - coarseGamma) / 3, fine.CriticalPrice + PresentValue);
    }

    static double Slope(Func<double, DividendOption> moved, double step) => (moved(step).Coarsely() - moved(-step).Coarsely()) / (2 * step);

    double Coarsely() => European.At(Spot - PresentValue, Years).Value + Premium(Coarse).Value;

    void Check()
    {
        new VanillaOption(Right, ExerciseStyle.European, Spot, Strike, Rate, 0, Volatility, Years).Check();
        double before = 0;
        for (int i = 0; i < Dividends.Count; i++)
        {
            (double years, double amount) = Dividends[i];
            if (!(years > before && double.IsFinite(years)))
            {
                throw new ArgumentException(FormattableString.Invariant($"Dividend {i + 1} has its ex-date after {years} years, expected one after {before}: ex-dates lie in the future and rise."));
            }

            if (!(amount >= 0 && double.IsFinite(amount)))
            {
                throw new ArgumentException(FormattableString.Invariant($"Dividend {i + 1} is {amount}, expected an amount not below zero."));
            }

            before = years;
        }

        if (PresentValue >= Spot)
        {
            throw new ArgumentException(FormattableString.Invariant($"The dividends up to expiry are worth {PresentValue} today, expected less than the spot {Spot}."));
        }

        if (Rate < 0 && Right == OptionRight.Call && Style == ExerciseStyle.American)
        {
            throw new ArgumentException(FormattableString.Invariant($"Rate is {Rate}, expected one not below zero for an American call with cash dividends: it would be exercised between ex-dates too."));
        }
    }
}
