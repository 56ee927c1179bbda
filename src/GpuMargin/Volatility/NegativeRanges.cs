using MathNet.Numerics.RootFinding;

namespace GpuMargin.Volatility;

/// <summary>Ranges in which a smooth function is negative, by its sign and its slope's at given points.</summary>
static class NegativeRanges
{
    const double Accuracy = 1e-14;
    const int IterationsAtMost = 200;

    /// <param name="points">Rising; between two of them the function has one minimum at most.</param>
    /// <param name="rounding">What counts as zero below it.</param>
    /// <param name="below">Limit towards −∞.</param>
    /// <param name="above">Limit towards +∞.</param>
    public static IReadOnlyList<ArbitrageRange> Of(
        Func<double, double> function, Func<double, double> slope, double[] points, double rounding, double below, double above)
    {
        List<ArbitrageRange> ranges = [];
        double from = double.NaN, at = double.NaN, worst = 0;
        if (below < -rounding)
        {
            (from, at, worst) = (double.NegativeInfinity, double.NegativeInfinity, below);
        }

        double left = points[0], value = function(left), falling = slope(left);
        Note(left, value);
        foreach (double right in points)
        {
            if (right <= left)
            {
                continue;
            }

            double next = function(right), rising = slope(right);
            if (falling < 0 && rising > 0 && Root(slope, left, right) is var lowest && function(lowest) is var least && least < -rounding)
            {
                Open(value, left, lowest);
                Note(lowest, least);
                Close(next, lowest, right);
            }
            else
            {
                Open(value, left, right);
                Close(next, left, right);
            }

            Note(right, next);
            (left, value, falling) = (right, next, rising);
        }

        if (above < -rounding)
        {
            from = double.IsNaN(from) ? left : from;
            if (above < worst)
            {
                (at, worst) = (double.PositiveInfinity, above);
            }

            left = double.PositiveInfinity;
        }

        if (!double.IsNaN(from))
        {
            ranges.Add(new ArbitrageRange(from, left, at, worst));
        }

        return ranges;

        void Note(double place, double found)
        {
            if (found < -rounding)
            {
                from = double.IsNaN(from) ? place : from;
                if (found < worst)
                {
                    (at, worst) = (place, found);
                }
            }
        }

        void Open(double before, double low, double high)
        {
            if (double.IsNaN(from) && before >= 0 && function(high) < -rounding)
            {
                from = Root(function, low, high);
            }
        }

        void Close(double after, double low, double high)
        {
            if (!double.IsNaN(from) && after >= -rounding)
            {
                ranges.Add(new ArbitrageRange(from, after >= 0 ? Root(function, low, high) : high, at, worst));
                (from, at, worst) = (double.NaN, double.NaN, 0);
            }
        }
    }

    static double Root(Func<double, double> function, double low, double high) =>
        Brent.TryFindRoot(function, low, high, Accuracy, IterationsAtMost, out double root) ? root : (low + high) / 2;
}
