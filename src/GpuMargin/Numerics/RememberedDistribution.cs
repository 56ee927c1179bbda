namespace GpuMargin.Numerics;

/// <summary>
/// A distribution that remembers what was asked. Tables of many marginals ask the copula's at the same points in the same order, so each reads along a
/// list that whoever comes first extends.
/// </summary>
/// <remarks>Not a dictionary of doubles, whose code is compiled only when a process runs.</remarks>
sealed class RememberedDistribution(ISymmetricDistribution distribution)
{
    readonly Lock growing = new();
    volatile Point[] points = new Point[256];
    volatile int count;

    /// <summary>The distribution for one table, from the first point on; not for several threads.</summary>
    public ISymmetricDistribution Reader() => new AlongTheList(this);

    Point Find(int place, double x)
    {
        if (place < count)
        {
            // Read after the count: an array that is replaced holds as many points or more.
            Point known = points[place];
            return known.X == x ? known : Compute(x);
        }

        Point point = Compute(x);
        lock (growing)
        {
            if (place == count)
            {
                if (count == points.Length)
                {
                    Point[] longer = new Point[2 * count];
                    points.CopyTo(longer, 0);
                    points = longer;
                }

                points[place] = point;
                count++;
            }
        }

        return point;
    }

    double LogDensitySlope(double x) => distribution.LogDensitySlope(x);

    Point Compute(double x) => new(x, distribution.UpperTail(x), distribution.Density(x));

    sealed record Point(double X, double UpperTail, double Density);

    sealed class AlongTheList(RememberedDistribution all) : ISymmetricDistribution
    {
        Point? last;
        int next;

        public double UpperTail(double x) => At(x).UpperTail;

        public double Density(double x) => At(x).Density;

        public double LogDensitySlope(double x) => all.LogDensitySlope(x);

        Point At(double x) => last?.X == x ? last : last = all.Find(next++, x);
    }
}
