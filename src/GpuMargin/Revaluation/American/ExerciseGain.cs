using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>What exercise just before an ex-date is worth above waiting, by ln S*: zero below the critical price, and above it polynomials on panels.</summary>
sealed class ExerciseGain
{
    const int Degree = 16;
    const int MostHalvings = 40;

    // Standard deviations beyond which the normal density is nothing.
    const double Tail = 8.5;

    static readonly QuadratureRule s_rule = QuadratureRule.OfQuarterCircle(20);

    readonly List<double> starts = [];
    readonly List<ChebyshevSeries> panels = [];
    readonly double end;

    /// <param name="years">Of the ex-date.</param>
    /// <param name="first">ln S* of the critical price.</param>
    /// <param name="last">ln S* beyond which the gain no longer changes.</param>
    /// <param name="gain">By ln S*.</param>
    /// <param name="tolerance">Of a panel's polynomial.</param>
    public ExerciseGain(double years, double first, double last, Func<double, double> gain, double tolerance)
    {
        Years = years;
        end = last;
        Add(first, last, gain, tolerance, MostHalvings);
    }

    public double Years { get; }

    /// <summary>ln S* at and above which the call is exercised.</summary>
    public double First => starts[0];

    /// <summary>Mean of the gain seen from earlier, and its first two derivatives by ln S*; not discounted.</summary>
    /// <param name="logPrice">ln S*.</param>
    /// <param name="drift">Mean of the change of ln S* until the ex-date.</param>
    /// <param name="deviation">Standard deviation of it.</param>
    public (double Value, double Slope, double Curvature) Mean(double logPrice, double drift, double deviation)
    {
        double mean = logPrice + drift;
        if (deviation == 0)
        {
            return (mean < First ? 0 : At(mean), 0, 0);
        }

        double value = 0, slope = 0, curvature = 0;
        for (int panel = 0; panel < panels.Count; panel++)
        {
            double from = Math.Max(-Tail, (starts[panel] - mean) / deviation);
            double to = panel + 1 < panels.Count ? Math.Min(Tail, (starts[panel + 1] - mean) / deviation) : Tail;
            int parts = (int)Math.Ceiling(Math.Max(0, to - from));
            for (int part = 0; part < parts; part++)
            {
                double width = (to - from) / parts, left = from + part * width;
                for (int k = 0; k < s_rule.Weights.Length; k++)
                {
                    double sine = s_rule.Sines[k];
                    double z = left + width * sine * sine;
                    double weight = 2 * width * sine * s_rule.Cosines[k] * s_rule.Weights[k];
                    double share = weight * NormalDistribution.Density(Float64.Of(z)).Value * On(panel, mean + deviation * z);
                    value += share;
                    slope += share * z;
                    curvature += share * (z * z - 1);
                }
            }
        }

        return (value, slope / deviation, curvature / (deviation * deviation));
    }

    double At(double logPrice)
    {
        int panel = starts.BinarySearch(logPrice);
        return On(panel < 0 ? ~panel - 1 : panel, logPrice);
    }

    double On(int panel, double logPrice)
    {
        double from = starts[panel], to = panel + 1 < starts.Count ? starts[panel + 1] : end;
        return panels[panel].At(Math.Clamp(2 * (logPrice - from) / (to - from) - 1, -1, 1));
    }

    // Halved until the polynomial's highest terms are nothing.
    void Add(double from, double to, Func<double, double> gain, double tolerance, int halvings)
    {
        ChebyshevSeries series = new(Degree);
        double[] values = [.. series.Points.Select(x => gain(from + (to - from) * (1 + x) / 2))];
        series.Fit(values);
        if (halvings > 0 && series.Last > tolerance)
        {
            double middle = from + (to - from) / 2;
            Add(from, middle, gain, tolerance, halvings - 1);
            Add(middle, to, gain, tolerance, halvings - 1);
            return;
        }

        starts.Add(from);
        panels.Add(series);
    }
}
