using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Premiums at one rate, solved at the points of the deviations.</summary>
sealed class PremiumNode
{
    readonly double drift, discount;
    readonly double[] deviations;
    readonly AmericanPut[] puts;

    /// <param name="coordinate">Of the rate.</param>
    /// <param name="deviations">v, at <see cref="Polynomial.Points"/> of t.</param>
    public PremiumNode(PremiumKey key, double coordinate, double[] deviations, SolvedPuts solved)
    {
        (double rate, double yield) = key.At(coordinate);
        (drift, discount) = ((rate - yield) * key.Years, HostMath.Exp(-rate * key.Years));
        this.deviations = deviations;
        puts = [.. deviations.Select(v => solved.At(coordinate, v))];
        Boundary = [.. puts.Select(put => put.LogCriticalPrice)];
    }

    /// <summary>b, [deviation].</summary>
    public double[] Boundary { get; }

    /// <summary>Largest ξ at which Φ(−d2) is one half.</summary>
    public double FarthestMoney => deviations.Select((v, j) => -Boundary[j] / v - Shift(v)).Max();

    /// <summary>P, [distance × deviations + deviation].</summary>
    /// <param name="distances">ξ.</param>
    /// <param name="byDistance">The normaliser is Φ(−ξ − falling/v), else Φ(−d2).</param>
    /// <param name="falling">Drift of ln S where it falls; else 0.</param>
    public double[] Ratios(double[] distances, bool byDistance, double falling)
    {
        double[] ratios = new double[distances.Length * deviations.Length];
        for (int j = 0; j < deviations.Length; j++)
        {
            double v = deviations[j], nearest = Boundary[j], shift = Shift(v);
            double[] logPrices = Array.ConvertAll(distances, distance => nearest + distance * v), premiums = puts[j].PremiumsAbove(logPrices);
            for (int i = 0; i < distances.Length; i++)
            {
                double tail = StandardNormal.Instance.UpperTail(byDistance ? distances[i] + falling / v : logPrices[i] / v + shift);
                ratios[i * deviations.Length + j] = premiums[i] / (discount * tail);
            }
        }

        return ratios;
    }

    double Shift(double v) => drift / v - v / 2;
}
