using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>How many points of the rate a surface takes, seen at one deviation.</summary>
static class PremiumRates
{
    // Points beyond the most, by which it is seen what these leave out.
    const int Beyond = 2;

    // What is left out may be this part of the tolerance.
    const double Part = 0.5;

    static readonly double[] s_distances = [0.001, 0.03, 0.1, 0.3, 0.7, 1.5, 3, 5];

    /// <param name="deviation">v.</param>
    /// <param name="most">Points, odd.</param>
    /// <returns>An odd number; <see langword="null"/>: it takes more.</returns>
    public static int? Find(PremiumKey key, double deviation, int most, double tolerance, SolvedPuts puts)
    {
        int seen = most + Beyond;
        double[][] lines = new double[s_distances.Length + 1][]; // by distance, and the critical price
        double[] places = Polynomial.Points(seen);
        for (int i = 0; i < lines.Length; i++)
        {
            lines[i] = new double[seen];
        }

        double steepest = 0; // slope of a premium by ln S: an error of the critical price moves the premium along it
        for (int k = 0; k < seen; k++)
        {
            AmericanPut put = puts.At(key.Span.At(places[k]), deviation);
            double boundary = put.LogCriticalPrice;
            double[] premiums = put.PremiumsAbove(Array.ConvertAll(s_distances, distance => boundary + distance * deviation));
            for (int i = 0; i < premiums.Length; i++)
            {
                lines[i][k] = premiums[i];
                steepest = i == 0 ? steepest : Math.Max(steepest, Math.Abs(premiums[i] - premiums[i - 1]) / ((s_distances[i] - s_distances[i - 1]) * deviation));
            }

            lines[^1][k] = boundary;
        }

        lines[^1] = Array.ConvertAll(lines[^1], boundary => steepest * boundary);
        double[][] series = Array.ConvertAll(lines, line => Polynomial.Chebyshev(line));
        for (int count = 3; count <= most; count += 2)
        {
            if (series.All(terms => terms.Skip(count).Sum(Math.Abs) <= Part * tolerance))
            {
                return count;
            }
        }

        return null;
    }
}
