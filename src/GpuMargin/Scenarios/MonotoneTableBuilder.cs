using GpuMargin.Kernels;

namespace GpuMargin.Scenarios;

/// <summary>A function with its first two derivatives at one point.</summary>
readonly record struct Jet(double Value, double Slope, double Curvature);

/// <summary>One side of a function: called with growing distances from the origin, with the previous jet as a guide.</summary>
delegate Jet Side(double distance, double previousDistance, Jet previous);

/// <summary>Builds tables by quintic Hermite interpolation, refined until it is accurate.</summary>
static class MonotoneTableBuilder
{
    /// <summary>Wanted error at the middle of every cell, relative to the value (or to 0.01 where it is smaller).</summary>
    const double Tolerance = 1e-11;

    const int LeastResolution = 4;
    const int GreatestResolution = 9;

    /// <param name="upper">f(origin + distance).</param>
    /// <param name="lower">f(origin − distance); derivatives with respect to the distance.</param>
    public static MonotoneTable Build(double origin, double bound, Side upper, Side lower)
    {
        for (int resolution = LeastResolution; ; resolution++)
        {
            double[] edges = Edges(bound, resolution);
            int cells = edges.Length;
            double[] values = new double[MarginalTable.Coefficients * 2 * cells];
            double error = Math.Max(
                Fill(values, cells, 0, edges, upper),
                ReferenceEquals(upper, lower) ? Mirror(values, cells) : Fill(values, cells, 1, edges, lower));
            if (error <= Tolerance || resolution == GreatestResolution)
            {
                return new MonotoneTable(origin, edges[^1], resolution, cells, values);
            }
        }
    }

    /// <summary>Piecewise linear through the values at the cells' edges.</summary>
    public static MonotoneTable BuildLinear(double bound, int resolution, Func<double, double> function)
    {
        double[] edges = Edges(bound, resolution);
        int cells = edges.Length;
        double[] values = new double[MarginalTable.Coefficients * 2 * cells];
        for (int side = 0; side < 2; side++)
        {
            double sign = side == 0 ? 1 : -1;
            for (int cell = 0; cell < cells; cell++)
            {
                double start = function(sign * edges[cell]);
                values[Index(cells, 0, side, cell)] = start;
                values[Index(cells, 1, side, cell)] = cell == cells - 1
                    ? 0
                    : (function(sign * edges[cell + 1]) - start) / (edges[cell + 1] - edges[cell]);
            }
        }

        return new MonotoneTable(0, edges[^1], resolution, cells, values);
    }

    // Lower edges of the cells; the last begins at the bound and is constant.
    static double[] Edges(double bound, int resolution)
    {
        List<double> edges = [];
        int perOctave = 1 << resolution;
        for (double octave = 1; ; octave *= 2)
        {
            for (int i = 0; i < perOctave; i++)
            {
                double edge = octave * (1 + (double)i / perOctave) - 1;
                edges.Add(edge);
                if (edge >= bound)
                {
                    return [.. edges];
                }
            }
        }
    }

    static double Fill(double[] values, int cells, int side, double[] edges, Side function)
    {
        double worst = 0;
        Jet left = function(0, 0, default);
        for (int cell = 0; cell < cells - 1; cell++)
        {
            double h = edges[cell + 1] - edges[cell];
            double middle = edges[cell] + h / 2;
            Jet centre = function(middle, edges[cell], left);
            Jet right = function(edges[cell + 1], middle, centre);

            // Quintic through value, slope and curvature at both ends, in powers of the distance from the left end.
            double c2 = left.Curvature / 2;
            double r0 = right.Value - (left.Value + h * (left.Slope + h * c2));
            double r1 = h * (right.Slope - (left.Slope + h * left.Curvature));
            double r2 = h * h * (right.Curvature - left.Curvature);
            double h3 = h * h * h;
            double c3 = (10 * r0 - 4 * r1 + 0.5 * r2) / h3;
            double c4 = (-15 * r0 + 7 * r1 - r2) / (h3 * h);
            double c5 = (6 * r0 - 3 * r1 + 0.5 * r2) / (h3 * h * h);
            ReadOnlySpan<double> coefficients = [left.Value, left.Slope, c2, c3, c4, c5];
            for (int power = 0; power < coefficients.Length; power++)
            {
                values[Index(cells, power, side, cell)] = coefficients[power];
            }

            double d = h / 2;
            double interpolated = left.Value + d * (left.Slope + d * (c2 + d * (c3 + d * (c4 + d * c5))));
            worst = Math.Max(worst, Math.Abs(interpolated - centre.Value) / Math.Max(Math.Abs(centre.Value), 0.01));
            left = right;
        }

        values[Index(cells, 0, side, cells - 1)] = left.Value;
        return worst;
    }

    // An odd function: f(−d) = −f(d).
    static double Mirror(double[] values, int cells)
    {
        for (int power = 0; power < MarginalTable.Coefficients; power++)
        {
            for (int cell = 0; cell < cells; cell++)
            {
                values[Index(cells, power, 1, cell)] = -values[Index(cells, power, 0, cell)];
            }
        }

        return 0;
    }

    static int Index(int cells, int power, int side, int cell) => (power * 2 + side) * cells + cell;
}
