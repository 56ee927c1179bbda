using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>American call of strike one with cash dividends at one volatility, for all prices, to 1e-10: a quadrature over every ex-date's gain, the last ex-date first.</summary>
/// <remarks>
/// The model is that of <see cref="DividendCall"/>. A gain bends at the critical prices of later ex-dates and at the strike, each on the scale of the
/// deviation until then, and is seen from earlier through a normal density; panels of the quadrature are short on both scales.
/// </remarks>
sealed class ExDateCall
{
    const int Halvings = 48;

    // Of a panel, in deviations of the density or of a bend; and as a share of the distance from a bend.
    const double Panel = 2, Share = 0.5;

    // Deviations from a bend beyond which nothing is left of it; those of the price until the first ex-date that are looked at.
    const double Bends = 9, Reach = 18;

    // Least deviation of a bend that panels follow, a share of the density's.
    const double LeastBend = 1e-4;

    // Errors of 1e-11, which 8 points have, spoil the fit in double precision: it divides by the density far out.
    static readonly (double Node, double Weight)[] s_rule = LegendreRule.Of(12);

    readonly ExDateTerms terms;
    readonly double volatility;
    readonly List<ExDateGain> gains = [];

    /// <param name="exDates">Of the terms, the last first.</param>
    public ExDateCall(ExDateTerms terms, IReadOnlyList<ExDate> exDates, double volatility)
    {
        (this.terms, this.volatility) = (terms, volatility);
        for (int i = 0; i < exDates.Count; i++)
        {
            double before = i + 1 < exDates.Count ? exDates[i + 1].Years : 0;
            gains.Add(Gain(exDates[i], exDates[i].Years - before, first: i + 1 == exDates.Count));
        }
    }

    /// <summary>The last ex-date first.</summary>
    public IReadOnlyList<ExDateGain> Gains => gains;

    /// <summary>Value with the right to exercise at the last ex-dates.</summary>
    /// <param name="logPrice">ln S*.</param>
    /// <param name="time">Years from today.</param>
    /// <param name="count">Of those ex-dates, all after the time.</param>
    public double At(double logPrice, double time, int count)
    {
        double value = new EscrowedEuropean(1, 1, terms.Rate, volatility).At(HostMath.Exp(logPrice), terms.Years - time).Value;
        for (int i = 0; i < count; i++)
        {
            value += gains[i].At(logPrice, time, terms.Rate, volatility);
        }

        return value;
    }

    /// <summary>Value today.</summary>
    public double At(double logPrice)
    {
        // Far above the critical price of the first ex-date, where its points end, exercise there is certain.
        if (gains is [.., var first])
        {
            double years = first.ExDate.Years, deviation = volatility * Math.Sqrt(years);
            if (logPrice + terms.Rate * years - 0.5 * deviation * deviation > first.First + ExDateGain.Tail * deviation)
            {
                return HostMath.Exp(logPrice) - first.ExDate.Cash;
            }
        }

        return At(logPrice, 0, gains.Count);
    }

    ExDateGain Gain(ExDate exDate, double gap, bool first)
    {
        double years = exDate.Years, growth = HostMath.Exp(terms.Rate * years), limit = exDate.Limit * growth;
        double seen = volatility * Math.Sqrt(gap), whole = volatility * Math.Sqrt(terms.Years);
        double Above(double logPrice) => HostMath.Exp(logPrice) + exDate.ToCome - 1 - At(logPrice, years, gains.Count);
        double high = HostMath.Log(1 - exDate.ToCome), low = high;
        while (Above(high) < 0.5 * limit)
        {
            high += whole;
        }

        double critical = Root(Above, low, high);
        List<(double Place, double Scale)> bends = [(-terms.Rate * (terms.Years - years), volatility * Math.Sqrt(terms.Years - years))];
        bends.AddRange(gains.Select(gain => (gain.First, volatility * Math.Sqrt(gain.ExDate.Years - years))));
        double end = Math.Max(critical + seen, bends.Max(bend => bend.Place + Bends * bend.Scale));
        if (first)
        {
            end = Math.Min(end, critical + Reach * seen);
        }

        List<double> points = [], weighted = [];
        double start = critical;
        while (start < end)
        {
            double width = Panel * seen;
            foreach ((double place, double scale) in bends)
            {
                width = Math.Min(width, Math.Max(Panel * Math.Max(scale, LeastBend * seen), Share * Math.Abs(start - place)));
                width = start < place && place < start + width ? place - start : width;
            }

            foreach ((double node, double weight) in s_rule)
            {
                double point = start + width / 2 * (1 + node);
                points.Add(point);
                weighted.Add(width / 2 * weight * Above(point));
            }

            start += width;
        }

        return new ExDateGain(exDate, critical, [.. points], [.. weighted], start, Above(start));
    }

    // Of a function that grows from zero or below to above it: halved down to rounding.
    static double Root(Func<double, double> function, double below, double above)
    {
        for (int step = 0; step < Halvings; step++)
        {
            double middle = below + (above - below) / 2;
            (below, above) = function(middle) < 0 ? (middle, above) : (below, middle);
        }

        return above;
    }
}
