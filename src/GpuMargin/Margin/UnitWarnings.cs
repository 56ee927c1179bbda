using System.Globalization;
using GpuMargin.ClearingSets;

namespace GpuMargin.Margin;

/// <summary>Numbers that are valid and most likely in another unit than the one that is read; each kind names its first.</summary>
static class UnitWarnings
{
    const double LargestVolatility = 5; // per √year; the most volatile coins had 3
    const double LargestRate = 1; // per year
    const double LargestMean = 0.1; // per day
    const double LargestRateMean = 0.01; // per day, in units of the rate
    const double LargestVariance = 0.25; // per day: moves of 50 %; in squared percent this would be a quiet exchange rate
    const double LargestRateVariance = 1e-3; // per day: moves of three percentage points
    const double NearTwo = 1e-6;
    const double DaysPerYear = 252;
    const double FarthestVolatility = 20; // times that of the underlying, or a part of it
    const double FarthestStrike = 10; // times the level, or a part of it

    public static IEnumerable<string> Of(ClearingSet set) =>
    [
        .. OfHorizon(set.Settings), .. OfFactors(set.Factors), .. OfInstruments(set.Instruments, [.. set.Factors.Select(factor => factor.Kind)]),
        .. OfNormalVolatilities(set),
        .. OfStrikes([.. set.Instruments.Where(instrument => set.Factors[instrument.Underlying].Kind != RiskFactorKind.Additive)], [.. set.Factors.Select(factor => factor.Name)], [.. set.Factors.Select(factor => factor.Level)]),
    ];

    public static IEnumerable<string> OfHorizon(RunSettings settings)
    {
        if (settings.HorizonDays == 0)
        {
            yield return "The horizon is 0 days: nothing moves, and there is no loss.";
        }
    }

    /// <param name="kinds">By factor.</param>
    public static IEnumerable<string> OfInstruments(IReadOnlyList<Instrument> instruments, IReadOnlyList<RiskFactorKind> kinds) =>
    [
        .. Told("volatility", instruments.Where(instrument => kinds[instrument.Underlying] != RiskFactorKind.Additive && instrument.Volatility > LargestVolatility).Select(instrument => (instrument.Name, instrument.Volatility)), "implied volatilities are fractions per year, 0.22 for 22 %"),
        .. Told("rate", instruments.Where(instrument => Math.Abs(instrument.Rate) > LargestRate).Select(instrument => (instrument.Name, instrument.Rate)), "rates are fractions per year, 0.05 for 5 %"),
        .. Told("rate", OfCurves(instruments), "rates are fractions per year, 0.05 for 5 %"),
        .. Told("dividend_yield", instruments.Where(instrument => Math.Abs(instrument.DividendYield) > LargestRate).Select(instrument => (instrument.Name, instrument.DividendYield)), "rates are fractions per year, 0.05 for 5 %"),
    ];

    // A volatility in units of the price has no bound of its own; the variance of the price tells what is usual.
    static IEnumerable<string> OfNormalVolatilities(ClearingSet set) => Told(
        "volatility",
        from instrument in set.Instruments
        let underlying = set.Factors[instrument.Underlying]
        where underlying.Kind == RiskFactorKind.Additive && instrument.Volatility > 0 && underlying.Variance > 0
        let ratio = instrument.Volatility / Math.Sqrt(DaysPerYear * underlying.Variance)
        where ratio is > FarthestVolatility or < 1 / FarthestVolatility
        select (instrument.Name, instrument.Volatility),
        "on an additive price it is in units of the price per √year, as √(252 × variance of a day)");

    static IEnumerable<(string, double)> OfCurves(IReadOnlyList<Instrument> instruments) =>
        from curve in instruments.Select(instrument => instrument.Curve).OfType<ZeroCurve>().Distinct()
        from node in curve.Nodes
        where Math.Abs(node.Rate) > LargestRate
        select (curve.Name, node.Rate);

    /// <summary>Underlyings whose level is far from every strike on them.</summary>
    public static IEnumerable<string> OfStrikes(IReadOnlyList<Instrument> instruments, IReadOnlyList<string> names, IReadOnlyList<double> levels)
    {
        foreach (IGrouping<int, Instrument> options in instruments.Where(instrument => instrument.Type.Has(InstrumentColumn.Strike)).GroupBy(instrument => instrument.Underlying))
        {
            double level = levels[options.Key];
            Instrument nearest = options.MinBy(option => Math.Abs(Math.Log(option.Strike / level)))!;
            if (nearest.Strike / level is > FarthestStrike or < 1 / FarthestStrike)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The level of '{VisibleText.Name(names[options.Key])}' is {level:G6}, and the nearest strike on it {nearest.Strike:G6} ('{VisibleText.Name(nearest.Name)}'): are both in one unit?");
            }
        }
    }

    static IEnumerable<string> OfFactors(IReadOnlyList<RiskFactor> factors)
    {
        RiskFactor[] relative = [.. factors.Where(factor => factor.Kind is RiskFactorKind.Price or RiskFactorKind.Volatility)], rates = [.. factors.Where(factor => factor.Kind == RiskFactorKind.Rate)];
        return
        [
            .. Told("level", rates.Where(factor => Math.Abs(factor.Level) > LargestRate).Select(factor => (factor.Name, factor.Level)), "rates are fractions per year, 0.05 for 5 %"),
            .. Told("mean", Where(factor => Math.Abs(factor.Mean), LargestMean, LargestRateMean, factor => factor.Mean), "it is the return of a day, 0.0004 for 0.04 %"),
            .. Told("variance", Where(factor => factor.Variance, LargestVariance, LargestRateVariance, factor => factor.Variance), "it is of the return of a day as a fraction, 0.0004 for moves of 2 %, not in squared percent"),
            .. Told("long-run variance", Where(factor => factor.LongRunVariance == factor.Variance ? 0 : factor.LongRunVariance, LargestVariance, LargestRateVariance, factor => factor.LongRunVariance), "omega/(1 - alpha - gamma/2 - beta) is of the return of a day as a fraction, 0.0004 for moves of 2 %, not in squared percent"),
            .. Told("nu", factors.Where(factor => factor.DegreesOfFreedom - 2 < NearTwo).Select(factor => (factor.Name, factor.DegreesOfFreedom)), "so near to 2 the variance hangs on moves that hardly ever come, and the others are next to nothing"),
        ];

        IEnumerable<(string Name, double Value)> Where(Func<RiskFactor, double> size, double most, double mostOfRate, Func<RiskFactor, double> value) =>
            relative.Where(factor => size(factor) > most).Concat(rates.Where(factor => size(factor) > mostOfRate)).Select(factor => (factor.Name, value(factor)));
    }

    static IEnumerable<string> Told(string what, IEnumerable<(string Name, double Value)> found, string unit)
    {
        (string Name, double Value)[] all = [.. found];
        if (all.Length > 0)
        {
            string more = all.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $", and {all.Length - 1} more are as unusual") : "";
            yield return string.Create(CultureInfo.InvariantCulture, $"The {what} of '{VisibleText.Name(all[0].Name)}' is {all[0].Value:G9}{more}: {unit}.");
        }
    }
}
