using GpuMargin.Numerics.Estimation;

namespace GpuMargin.Volatility;

/// <summary>An SVI slice fitted to quotes, with no more arbitrage than its result says.</summary>
/// <remarks>
/// The weighted squares of errors of volatilities are minimised from several starts. Where the best has arbitrage, the conditions without (butterfly and Lee
/// within the slice, calendar against the earlier one) become penalties that grow until the exact checks find none, from this slice and from some without
/// arbitrage; the one of least error counts.
/// </remarks>
/// <param name="Slice">The fit.</param>
/// <param name="Parameters">5: SVI; 3: SSVI, of three or four quotes; 1: a constant volatility, of one or two.</param>
/// <param name="RootMeanSquare">Of the errors of volatilities, unweighted.</param>
/// <param name="Worst">Largest of them.</param>
/// <param name="Butterfly">What is left of butterfly arbitrage.</param>
/// <param name="Calendar">What is left of calendar arbitrage against the earlier slice.</param>
public sealed record SviFit(
    SviSlice Slice, int Parameters, double RootMeanSquare, double Worst, IReadOnlyList<ArbitrageRange> Butterfly, IReadOnlyList<ArbitrageRange> Calendar)
{
    /// <summary>Quotes from which all five parameters are fitted.</summary>
    public const int QuotesOfAllParameters = 5;

    /// <summary>Whether the exact checks find none.</summary>
    public bool HasNoArbitrage => Butterfly.Count == 0 && Calendar.Count == 0;

    const int QuotesOfSkew = 3;
    const int Iterations = 200;

    // Sound starts would leave their ground under small penalties.
    const int FirstOfSound = 2;

    static readonly double[] s_penalties = [0.1, 1, 10, 100, 1e3, 1e4, 1e5, 1e6];

    /// <param name="quotes">Of one expiry, at least one.</param>
    /// <param name="years">To expiry, above zero.</param>
    /// <param name="earlier">Slice of the expiry before.</param>
    /// <exception cref="ArgumentException">There is no quote, or a volatility, a weight or the time is not above zero.</exception>
    public static SviFit Of(IReadOnlyList<SmileQuote> quotes, double years, SviSlice? earlier = null)
    {
        ArgumentNullException.ThrowIfNull(quotes);
        Check(quotes, years);
        int strikes = quotes.Select(quote => quote.LogMoneyness).Distinct().Count();
        if (strikes < QuotesOfSkew)
        {
            return Result(Flat(quotes, years), 1, quotes, years, earlier);
        }

        return strikes < QuotesOfAllParameters
            ? Fit(SliceShape.Ssvi, SliceStarts.Ssvi(quotes, years), 3, quotes, years, earlier)
            : Fit(SliceShape.Raw, SliceStarts.Raw(quotes, years), QuotesOfAllParameters, quotes, years, earlier);
    }

    static SviFit Fit(SliceShape shape, IReadOnlyList<SviSlice> starts, int parameters, IReadOnlyList<SmileQuote> quotes, double years, SviSlice? earlier)
    {
        SliceResiduals residuals = new(quotes, years, earlier);
        double[] best = starts.Select(start => shape.Of(start))
            .MinBy(x => LeastSquares.Minimise((point, found) => residuals.At(shape.At(point), found), x, residuals.Count, Iterations))!;
        SviFit fit = Result(shape.At(best), parameters, quotes, years, earlier);
        if (fit.HasNoArbitrage)
        {
            return fit;
        }

        // From the best fit, and from slices without arbitrage, so that a start that the penalties lead astray is not the only one.
        IEnumerable<SviSlice> sound = SliceStarts.Ssvi(quotes, years);
        sound = earlier is { } before ? sound.Prepend(SliceStarts.Raised(before, quotes, years)) : sound;
        return sound.Select(slice => shape.Of(slice)).Select(x => Penalised(x, s_penalties[FirstOfSound..])).Prepend(Penalised(best, s_penalties))
            .OrderBy(found => found.HasNoArbitrage ? 0 : 1).ThenBy(found => residuals.Error(found.Slice)).First();

        SviFit Penalised(double[] x, IEnumerable<double> penalties)
        {
            SliceResiduals penalised = new(quotes, years, earlier);
            SviFit found = Result(shape.At(x), parameters, quotes, years, earlier);
            foreach (double penalty in penalties)
            {
                penalised.Penalty = penalty;
                penalised.Watch(found.Butterfly);
                penalised.Watch(found.Calendar);
                LeastSquares.Minimise((point, residual) => penalised.At(shape.At(point), residual), x, penalised.Count, Iterations);
                found = Result(shape.At(x), parameters, quotes, years, earlier);
                if (found.HasNoArbitrage)
                {
                    break;
                }
            }

            return found;
        }
    }

    static SviSlice Flat(IReadOnlyList<SmileQuote> quotes, double years)
    {
        double weights = quotes.Sum(quote => quote.Weight * quote.Weight);
        double volatility = quotes.Sum(quote => quote.Weight * quote.Weight * quote.Volatility) / weights;
        return new SviSlice(volatility * volatility * years, 0, 0, 0, volatility * Math.Sqrt(years));
    }

    static SviFit Result(SviSlice slice, int parameters, IReadOnlyList<SmileQuote> quotes, double years, SviSlice? earlier)
    {
        double[] errors = [.. quotes.Select(quote => Math.Abs(slice.Volatility(quote.LogMoneyness, years) - quote.Volatility))];
        return new SviFit(
            slice, parameters, Math.Sqrt(errors.Average(error => error * error)), errors.Max(),
            SliceArbitrage.Butterfly(slice), earlier is { } before ? SliceArbitrage.Calendar(before, slice) : []);
    }

    static void Check(IReadOnlyList<SmileQuote> quotes, double years)
    {
        if (quotes.Count == 0 || !(years > 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"{quotes.Count} quotes of {years} years, expected one or more, and a time above zero."));
        }

        foreach (SmileQuote quote in quotes)
        {
            if (!(double.IsFinite(quote.LogMoneyness) && quote.Volatility > 0 && quote.Weight > 0 && double.IsFinite(quote.Volatility) && double.IsFinite(quote.Weight)))
            {
                throw new ArgumentException(FormattableString.Invariant($"{quote}, expected numbers, volatility and weight above zero."));
            }
        }
    }
}
