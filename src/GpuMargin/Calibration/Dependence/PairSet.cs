using System.Numerics;

namespace GpuMargin.Calibration.Dependence;

/// <summary>The pairs of a composite likelihood: (i, i + k) for every i and k = 1 … <see cref="Distances"/>; all pairs up to 50 factors, neighbours beyond.</summary>
/// <remarks>Composite likelihoods over neighbouring pairs keep an estimator consistent (Pakel, Shephard, Sheppard and Engle 2021) at a cost linear in the factors. Pairs stand in vector lanes by i, padded to full vectors.</remarks>
sealed class PairSet
{
    /// <summary>Up to this many factors every pair counts.</summary>
    public const int FactorsForAllPairs = 50;

    /// <summary>Pairs aimed at beyond it: as many as 50 factors have.</summary>
    const int PairsWanted = FactorsForAllPairs * (FactorsForAllPairs - 1) / 2;

    /// <summary>Pairs nearer to ±1 have no density.</summary>
    const double LargestCorrelation = 1 - 1e-6;

    /// <param name="correlation">[factor, factor].</param>
    public PairSet(double[,] correlation)
    {
        Factors = correlation.GetLength(0);
        Distances = Factors <= FactorsForAllPairs ? Factors - 1 : (PairsWanted + Factors - 1) / Factors;
        Lanes = (Factors + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        Correlation = new double[Distances][];
        Weight = new double[Distances][];
        for (int k = 1; k <= Distances; k++)
        {
            double[] row = Correlation[k - 1] = new double[Lanes];
            double[] weight = Weight[k - 1] = new double[Lanes];
            for (int i = 0; i + k < Factors; i++)
            {
                if (Math.Abs(correlation[i, i + k]) < LargestCorrelation)
                {
                    row[i] = correlation[i, i + k];
                    weight[i] = 1;
                    Count++;
                }
            }
        }
    }

    public int Factors { get; }

    /// <summary>Largest distance of a pair.</summary>
    public int Distances { get; }

    /// <summary>Length of a row: the factors, rounded up to full vectors.</summary>
    public int Lanes { get; }

    /// <summary>Length of a day's values such that a full vector can be read at every distance.</summary>
    public int PaddedLength => Lanes + Distances;

    /// <summary>Pairs with a density.</summary>
    public int Count { get; }

    /// <summary>[distance − 1][i]; 0 where there is no pair.</summary>
    public double[][] Correlation { get; }

    /// <summary>[distance − 1][i]: 1 for a pair with a density, else 0.</summary>
    public double[][] Weight { get; }
}
