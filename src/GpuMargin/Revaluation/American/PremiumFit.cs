using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>The smallest <see cref="PremiumSurface"/> within a tolerance; several over parts of the range of volatilities where one is not enough.</summary>
static class PremiumFit
{
    const int MostPieces = 8;

    /// <summary>Standard deviations beyond which nothing is left of the premium.</summary>
    const double Reach = 8;

    static readonly double[] s_distances = [0.001, 0.03, 0.1, 0.3, 0.7, 1.5, 3, 5];

    static readonly (int Distance, int Deviation)[] s_sizes = [(8, 8), (10, 10), (12, 12), (16, 16), (20, 16)];

    static readonly int[] s_rateNodes = [3, 5, 7, 9];

    /// <param name="key">Of <see cref="EarlyExercise.OneBoundary"/> at every rate of its range.</param>
    /// <param name="low">Lowest σ, above zero.</param>
    /// <param name="high">Highest σ.</param>
    /// <param name="tolerance">Of a value, a share of the strike.</param>
    /// <returns>In rising order of volatility; <see langword="null"/>: none is within the tolerance.</returns>
    public static IReadOnlyList<PremiumSurface>? Find(PremiumKey key, double low, double high, double tolerance)
    {
        try
        {
            return Solve(key, low, high, tolerance);
        }
        catch (ArithmeticException)
        {
            return null; // a critical price that the solver does not find
        }
    }

    static List<PremiumSurface>? Solve(PremiumKey key, double low, double high, double tolerance)
    {
        double root = Math.Sqrt(key.Years);
        double[] nodes = key.Moves ? [0, -1, 1] : [0];
        if (nodes.Any(z => key.At(z) is var (rate, yield) && EarlyExerciseRule.Of(OptionRight.Put, rate, yield) != EarlyExercise.OneBoundary))
        {
            return null;
        }

        BoundaryAccuracy accuracy = Accuracy(key, nodes, low * root, tolerance);
        PremiumCheck check = new(key, accuracy);
        List<PremiumSurface> found = [];
        Queue<LogRange> open = new([LogRange.Between(low * root, high * root)]);
        while (open.TryDequeue(out LogRange range))
        {
            if (One(key, range, tolerance, check, accuracy) is { } surface)
            {
                found.Add(surface);
            }
            else if (found.Count + open.Count + 2 > MostPieces || range.HalfWidth == 0)
            {
                return null;
            }
            else
            {
                (LogRange lower, LogRange upper) = range.Halves();
                open.Enqueue(lower);
                open.Enqueue(upper);
            }
        }

        return [.. found.OrderBy(surface => surface.Range.Middle)];
    }

    // The smallest size that fits at the middle rate, with as many nodes of the rate as it takes; or the next size.
    static PremiumSurface? One(PremiumKey key, LogRange range, double tolerance, PremiumCheck check, BoundaryAccuracy accuracy)
    {
        PremiumKey still = key with { RateHalfRange = 0, YieldHalfRange = 0 };
        foreach ((int distance, int deviation) in s_sizes)
        {
            int deviations = range.HalfWidth == 0 ? 1 : deviation;
            PremiumSurface? surface = Within(still, 1);
            for (int k = 0; surface is not null && key.Moves && k < s_rateNodes.Length; k++)
            {
                if (Within(key, s_rateNodes[k]) is { } moving)
                {
                    return moving;
                }
            }

            if (surface is not null && !key.Moves)
            {
                return surface;
            }

            PremiumSurface? Within(PremiumKey terms, int rateNodes)
            {
                PremiumSurface found = Interpolate(terms, rateNodes, range, distance, deviations, accuracy);
                double worst = check.WorstError(found, tolerance);
                return worst <= tolerance ? found with { WorstError = worst } : null;
            }
        }

        return null;
    }

    static PremiumSurface Interpolate(PremiumKey key, int rateNodes, LogRange range, int distances, int deviations, BoundaryAccuracy accuracy)
    {
        double[] nodes = Polynomial.Points(rateNodes);
        double[] v = [.. Polynomial.Points(deviations).Select(range.At)];
        double middle = range.At(0);
        bool byDistance = nodes.Any(z => key.At(z) is var (rate, yield) && (rate - yield) * key.Years / middle - middle / 2 > 1);
        PremiumNode[] solved = [.. nodes.Select(z => new PremiumNode(key.At(z), key.Years, v, byDistance, accuracy))];
        double farthest = solved.Max(node => node.Farthest(Reach));
        double slope = 2 / (1 - 1 / (1 + farthest / PremiumSurface.Scale)), offset = 1 - slope;
        double[] xi = [.. Polynomial.Points(distances).Select(w => PremiumSurface.Scale * (slope / (w - offset) - 1))];
        return new PremiumSurface(
            key, range, Powers([.. solved.Select(node => node.Boundary())]), Powers([.. solved.Select(node => node.Ratios(xi))]),
            slope, offset, byDistance, double.NaN);
    }

    // The coarsest size that agrees with the next at the lowest volatility, where the boundary is hardest, to a part of the tolerance.
    static BoundaryAccuracy Accuracy(PremiumKey key, double[] nodes, double lowest, double tolerance)
    {
        const double Part = 0.1;
        IReadOnlyList<BoundaryAccuracy> sizes = BoundaryAccuracy.Sizes;
        for (int k = 0; k < sizes.Count - 1; k++)
        {
            if (nodes.All(z => Agree(key.At(z), sizes[k], sizes[k + 1])))
            {
                return sizes[k];
            }
        }

        return sizes[^1];

        bool Agree((double Rate, double Yield) terms, BoundaryAccuracy coarse, BoundaryAccuracy fine)
        {
            AmericanPut one = Put(terms, coarse), other = Put(terms, fine);
            return s_distances.All(distance =>
            {
                double price = other.CriticalPrice * HostMath.Exp(distance * lowest);
                return Math.Abs(one.PremiumAbove(price) - other.PremiumAbove(price)) <= Part * tolerance;
            });
        }

        AmericanPut Put((double Rate, double Yield) terms, BoundaryAccuracy accuracy) =>
            new(EarlyExercise.OneBoundary, terms.Rate, terms.Yield, lowest / Math.Sqrt(key.Years), key.Years, accuracy);
    }

    // Powers of z through Chebyshev's points.
    static double[][] Powers(double[][] nodes)
    {
        if (nodes.Length == 1)
        {
            return nodes;
        }

        double[][] powers = [.. nodes.Select(node => new double[node.Length])];
        for (int k = 0; k < nodes[0].Length; k++)
        {
            double[] through = Polynomial.Through([.. nodes.Select(node => node[k])]);
            for (int power = 0; power < through.Length; power++)
            {
                powers[power][k] = through[power];
            }
        }

        return powers;
    }
}
