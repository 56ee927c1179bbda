namespace GpuMargin.Reporting;

/// <summary>A logarithmic axis of a picture.</summary>
/// <param name="Low">Value at <paramref name="From"/>, positive.</param>
/// <param name="High">Value at <paramref name="To"/>, above <paramref name="Low"/>.</param>
/// <param name="From">Place on the page.</param>
readonly record struct LogAxis(double Low, double High, double From, double To)
{
    /// <summary>Range from one tick of 1, 2, 5 … to another, both outside the values.</summary>
    /// <param name="values">Positive; one or more.</param>
    internal static LogAxis Around(IReadOnlyCollection<double> values, double from, double to)
    {
        double low = TickAtMost(values.Min());
        double high = TickAtLeast(values.Max());
        return new LogAxis(low, high > low ? high : TickAtLeast(low * 1.5), from, to);
    }

    internal double Place(double value) => From + (To - From) * Math.Log(value / Low) / Math.Log(High / Low);

    /// <summary>1, 2, 5 of every decade; 1 alone where decades are many.</summary>
    internal IEnumerable<double> Ticks()
    {
        const double ManyDecades = 3.5;
        // A tick that is the axis's end may come out a rounding error beyond it.
        const double Rounding = 1 + 1e-9;
        bool all = Math.Log10(High / Low) < ManyDecades;
        for (int decade = (int)Math.Floor(Math.Log10(Low)) - 1; decade <= Math.Ceiling(Math.Log10(High)); decade++)
        {
            foreach (double step in all ? (double[])[1, 2, 5] : [1])
            {
                double tick = step * Math.Pow(10, decade);
                if (tick >= Low / Rounding && tick <= High * Rounding)
                {
                    yield return tick;
                }
            }
        }
    }

    static double TickAtMost(double value)
    {
        double decade = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return value >= 5 * decade ? 5 * decade : value >= 2 * decade ? 2 * decade : decade;
    }

    static double TickAtLeast(double value)
    {
        double decade = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return value <= decade ? decade : value <= 2 * decade ? 2 * decade : value <= 5 * decade ? 5 * decade : 10 * decade;
    }
}
