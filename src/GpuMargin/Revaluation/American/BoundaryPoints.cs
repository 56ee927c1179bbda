using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Points and angles of a size, with the weights that give the boundary's polynomial there from its values at the points; of shares of the time to expiry, so that all options share them.</summary>
/// <remarks>Rows over the points are padded to whole lanes with the first point.</remarks>
sealed class BoundaryPoints
{
    /// <summary>Elements that rows over points and prices are padded to: the widest lane's.</summary>
    const int Lane = 8;

    /// <param name="priceCosines">cos θ where the boundary of the longest time is needed.</param>
    public BoundaryPoints(int degree, QuadratureRule rule, double[] priceCosines)
    {
        ChebyshevSeries series = new(degree);
        Count = degree;
        Width = Padded(degree);
        RootShares = [.. Enumerable.Range(0, Width).Select(i => 0.5 * (1 + series.Points[i < degree ? i : 0]))];
        Weights = new double[rule.Weights.Length * Count * Width];
        PriceWeights = new double[priceCosines.Length * Count];
        double[] unit = new double[degree + 1];
        for (int j = 0; j < Count; j++)
        {
            unit[j] = 1;
            series.Fit(unit);
            unit[j] = 0;
            for (int k = 0; k < rule.Weights.Length; k++)
            {
                for (int i = 0; i < Width; i++)
                {
                    Weights[(k * Count + j) * Width + i] = series.At(2 * RootShares[i] * rule.Cosines[k] - 1);
                }
            }

            for (int k = 0; k < priceCosines.Length; k++)
            {
                PriceWeights[k * Count + j] = series.At(2 * priceCosines[k] - 1);
            }
        }
    }

    /// <summary>Points but that at expiry, where the polynomial is zero.</summary>
    public int Count { get; }

    /// <summary>Length of a row over the points.</summary>
    public int Width { get; }

    /// <summary>√(τ/T), [point].</summary>
    public double[] RootShares { get; }

    /// <summary>[angle][value][point]: of the polynomial at √τ·cos θ.</summary>
    public double[] Weights { get; }

    /// <summary>[angle][value]: of the polynomial at √T·cos θ.</summary>
    public double[] PriceWeights { get; }

    /// <summary>Length of a row of so many elements.</summary>
    public static int Padded(int count) => (count + Lane - 1) / Lane * Lane;
}
