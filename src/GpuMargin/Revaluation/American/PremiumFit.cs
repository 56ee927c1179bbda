using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>The smallest <see cref="PremiumSurface"/> within a tolerance; several over parts of the range of volatilities where one is not enough.</summary>
static class PremiumFit
{
    const int MostPieces = 8;

    /// <summary>Standard deviations beyond which nothing is left of the premium.</summary>
    const double Reach = 8;

    static readonly (int Distance, int Deviation)[] s_sizes = [(8, 8), (10, 10), (12, 12), (16, 16), (20, 16)];

    /// <param name="key">Of <see cref="EarlyExercise.OneBoundary"/> at every rate of its range.</param>
    /// <param name="low">Lowest σ, above zero.</param>
    /// <param name="high">Highest σ.</param>
    /// <param name="tolerance">Of a value, a share of the strike.</param>
    /// <returns>In rising order of volatility.</returns>
    /// <exception cref="ArgumentException">No surface is within the tolerance, or early exercise changes its kind within the range of rates.</exception>
    public static IReadOnlyList<PremiumSurface> Of(PremiumKey key, double low, double high, double tolerance)
    {
        double root = Math.Sqrt(key.Years);
        double[] nodes = key.Moves ? [0, -1, 1] : [0];
        if (nodes.Any(z => key.At(z) is var (rate, yield) && EarlyExerciseRule.Of(OptionRight.Put, rate, yield) != EarlyExercise.OneBoundary))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Rate {key.Rate} ± {key.RateHalfRange} with yield {key.Yield} has no critical price at an end, expected one critical price at every rate."));
        }

        PremiumCheck check = new(key);
        List<PremiumSurface> found = [];
        Queue<LogRange> open = new([LogRange.Between(low * root, high * root)]);
        while (open.TryDequeue(out LogRange range))
        {
            if (One(key, nodes, range, tolerance, check) is { } surface)
            {
                found.Add(surface);
            }
            else if (found.Count + open.Count + 2 > MostPieces || range.HalfWidth == 0)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Rate {key.Rate} ± {key.RateHalfRange}, yield {key.Yield} and {key.Years} years have no premium surface within {tolerance} of the strike for volatilities from {low} to {high}."));
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

    static PremiumSurface? One(PremiumKey key, double[] nodes, LogRange range, double tolerance, PremiumCheck check)
    {
        foreach ((int distance, int deviation) in s_sizes)
        {
            PremiumSurface surface = Interpolate(key, nodes, range, distance, range.HalfWidth == 0 ? 1 : deviation);
            double worst = check.WorstError(surface, tolerance);
            if (worst <= tolerance)
            {
                return surface with { WorstError = worst };
            }
        }

        return null;
    }

    static PremiumSurface Interpolate(PremiumKey key, double[] nodes, LogRange range, int distances, int deviations)
    {
        double[] v = [.. Polynomial.Points(deviations).Select(range.At)];
        double middle = range.At(0);
        bool byDistance = nodes.Any(z => key.At(z) is var (rate, yield) && (rate - yield) * key.Years / middle - middle / 2 > 1);
        PremiumNode[] solved = [.. nodes.Select(z => new PremiumNode(key.At(z), key.Years, v, byDistance))];
        double farthest = solved.Max(node => node.Farthest(Reach));
        double slope = 2 / (1 - 1 / (1 + farthest / PremiumSurface.Scale)), offset = 1 - slope;
        double[] xi = [.. Polynomial.Points(distances).Select(w => PremiumSurface.Scale * (slope / (w - offset) - 1))];
        return new PremiumSurface(
            key, range, Parabolas([.. solved.Select(node => node.Boundary())]), Parabolas([.. solved.Select(node => node.Ratios(xi))]),
            slope, offset, byDistance, double.NaN);
    }

    // Powers of z through the nodes 0, −1 and 1.
    static double[][] Parabolas(double[][] nodes) => nodes.Length == 1 ? nodes :
    [
        nodes[0],
        [.. nodes[0].Select((_, k) => (nodes[2][k] - nodes[1][k]) / 2)],
        [.. nodes[0].Select((middle, k) => (nodes[2][k] + nodes[1][k]) / 2 - middle)],
    ];
}
