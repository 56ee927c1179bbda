using GpuMargin.Kernels;

namespace GpuMargin.Scenarios;

/// <summary>What scrambled Sobol points need beyond the model: which dimension drives which normal, and loadings in place of a triangular factor.</summary>
/// <remarks>
/// A scenario has a normal for each level of the bridge and each principal component, and for a t copula one more per level,
/// the mixing variable's. The mixing variable has the first dimensions, level by level; the rest follow by the variance that they
/// carry, eigenvalue × the level's variance. Dimensions from <see cref="SobolPoint.Dimensions"/> on, those of least variance, are
/// plain random words of the stream <see cref="PhiloxStreams.Surplus"/>.
/// </remarks>
sealed record SobolPlan
{
    /// <summary>A with A·Aᵀ = the copula's correlation: [factor, component] in rows, a day's variates are A·(normals of its components).</summary>
    public required double[] Loadings { get; init; }

    /// <summary>[level, component] in rows: the dimension of that normal.</summary>
    public required int[] Dimension { get; init; }

    /// <summary>[level]: the dimension of the mixing variable's normal; empty for the Gaussian copula.</summary>
    public required int[] MixingDimension { get; init; }

    /// <summary>[dimension, bit] of the tabulated dimensions in use, bits reversed.</summary>
    public required uint[] Directions { get; init; }

    /// <summary>Dimensions with direction numbers in the plan.</summary>
    public int TabulatedDimensions => Directions.Length / SobolPoint.Bits;

    /// <param name="progress">Told the share of the factorisation that is done.</param>
    internal static SobolPlan Of(
        double[,] correlation, BrownianBridge bridge, bool mixing, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        (double[] loadings, double[] variances) = PrincipalComponents.Of(correlation, progress, cancellation);
        int levels = bridge.Variance.Length;
        int components = variances.Length;
        int first = mixing ? levels : 0;
        int[] order = [.. Enumerable.Range(0, levels * components)
            .OrderByDescending(i => variances[i % components] * bridge.Variance[i / components])];
        int[] dimension = new int[order.Length];
        for (int rank = 0; rank < order.Length; rank++)
        {
            dimension[order[rank]] = first + rank;
        }

        return new SobolPlan
        {
            Loadings = loadings,
            Dimension = dimension,
            MixingDimension = [.. Enumerable.Range(0, first)],
            Directions = JoeKuoDirections.Read(Math.Min(first + order.Length, SobolPoint.Dimensions)),
        };
    }
}
