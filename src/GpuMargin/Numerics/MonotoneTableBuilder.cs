using GpuMargin.Kernels;

namespace GpuMargin.Numerics;

/// <summary>A function with its first two derivatives at one point.</summary>
readonly record struct Jet(double Value, double Slope, double Curvature);

/// <summary>One side of a function: called with a distance from the origin and, but for distance 0, a value near the function's.</summary>
delegate Jet Side(double distance, double guess);

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
        bool odd = ReferenceEquals(upper, lower);
        double[] edges = Edges(bound, LeastResolution);
        Jet[] above = Jets(edges, upper);
        Jet[] below = odd ? above : Jets(edges, lower);
        for (int resolution = LeastResolution; ; resolution++)
        {
            Jet[] middlesAbove = Middles(edges, above, upper, out double error);
            Jet[] middlesBelow = middlesAbove;
            if (!odd)
            {
                middlesBelow = Middles(edges, below, lower, out double errorBelow);
                error = Math.Max(error, errorBelow);
            }

            if (error <= Tolerance || resolution == GreatestResolution)
            {
                int cells = edges.Length;
                double[] values = new double[MarginalTable.Coefficients * 2 * cells];
                Fill(values, 0, edges, above);
                if (odd)
                {
                    Mirror(values, cells);
                }
                else
                {
                    Fill(values, 1, edges, below);
                }

                return new MonotoneTable(origin, edges[^1], resolution, cells, values);
            }

            // The middles of the cells are the new edges of the next resolution.
            edges = Edges(bound, resolution + 1);
            above = Interleave(above, middlesAbove, edges.Length);
            below = odd ? above : Interleave(below, middlesBelow, edges.Length);
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
        int count = 1;
        while (Edge(count - 1, resolution) < bound)
        {
            count++;
        }

        double[] edges = new double[count];
        for (int i = 0; i < count; i++)
        {
            edges[i] = Edge(i, resolution);
        }

        return edges;
    }

    static double Edge(int index, int resolution)
    {
        int perOctave = 1 << resolution;
        return (1L << (index >> resolution)) * (1 + (double)(index & (perOctave - 1)) / perOctave) - 1;
    }

    static Jet[] Jets(double[] edges, Side function)
    {
        Jet[] jets = new Jet[edges.Length];
        jets[0] = function(0, 0);
        for (int i = 1; i < jets.Length; i++)
        {
            Jet left = jets[i - 1];
            double h = edges[i] - edges[i - 1];
            jets[i] = function(edges[i], left.Value + h * (left.Slope + h * left.Curvature / 2));
        }

        return jets;
    }

    // The interpolant at a cell's middle is the guess; what the function says instead is the error.
    static Jet[] Middles(double[] edges, Jet[] jets, Side function, out double error)
    {
        Jet[] middles = new Jet[jets.Length - 1];
        error = 0;
        for (int i = 0; i < middles.Length; i++)
        {
            double d = (edges[i + 1] - edges[i]) / 2;
            Quintic q = new(jets[i], jets[i + 1], 2 * d);
            double guess = q.At(d);
            middles[i] = function(edges[i] + d, guess);
            double exact = middles[i].Value;
            error = Math.Max(error, Math.Abs(guess - exact) / Math.Max(Math.Abs(exact), 0.01));
        }

        return middles;
    }

    static Jet[] Interleave(Jet[] edges, Jet[] middles, int count)
    {
        Jet[] finer = new Jet[count];
        for (int i = 0; i < count; i++)
        {
            finer[i] = i % 2 == 0 ? edges[i / 2] : middles[i / 2];
        }

        return finer;
    }

    static void Fill(double[] values, int side, double[] edges, Jet[] jets)
    {
        int cells = edges.Length;
        for (int cell = 0; cell < cells - 1; cell++)
        {
            Quintic q = new(jets[cell], jets[cell + 1], edges[cell + 1] - edges[cell]);
            ReadOnlySpan<double> coefficients = [q.C0, q.C1, q.C2, q.C3, q.C4, q.C5];
            for (int power = 0; power < coefficients.Length; power++)
            {
                values[Index(cells, power, side, cell)] = coefficients[power];
            }
        }

        values[Index(cells, 0, side, cells - 1)] = jets[^1].Value;
    }

    // An odd function: f(−d) = −f(d).
    static void Mirror(double[] values, int cells)
    {
        for (int power = 0; power < MarginalTable.Coefficients; power++)
        {
            for (int cell = 0; cell < cells; cell++)
            {
                values[Index(cells, power, 1, cell)] = -values[Index(cells, power, 0, cell)];
            }
        }
    }

    static int Index(int cells, int power, int side, int cell) => (power * 2 + side) * cells + cell;

    // Through value, slope and curvature at both ends, in powers of the distance from the left end.
    readonly struct Quintic
    {
        public Quintic(Jet left, Jet right, double h)
        {
            (C0, C1, C2) = (left.Value, left.Slope, left.Curvature / 2);
            double r0 = right.Value - (C0 + h * (C1 + h * C2));
            double r1 = h * (right.Slope - (C1 + h * left.Curvature));
            double r2 = h * h * (right.Curvature - left.Curvature);
            double h3 = h * h * h;
            C3 = (10 * r0 - 4 * r1 + 0.5 * r2) / h3;
            C4 = (-15 * r0 + 7 * r1 - r2) / (h3 * h);
            C5 = (6 * r0 - 3 * r1 + 0.5 * r2) / (h3 * h * h);
        }

        public double C0 { get; }

        public double C1 { get; }

        public double C2 { get; }

        public double C3 { get; }

        public double C4 { get; }

        public double C5 { get; }

        public double At(double d) => C0 + d * (C1 + d * (C2 + d * (C3 + d * (C4 + d * C5))));
    }
}
