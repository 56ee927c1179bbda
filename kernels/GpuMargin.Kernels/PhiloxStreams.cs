namespace GpuMargin.Kernels;

/// <summary>The last word of a Philox counter: what the words are for, so that no two uses share a counter.</summary>
static class PhiloxStreams
{
    /// <summary>Counter (scenario, factor/4, day): the normals of four factors.</summary>
    public const uint Normal = 0;

    /// <summary>Counter (scenario, 0, day), first word: the normal behind the copula's chi-square.</summary>
    public const uint Mixing = 1;

    /// <summary>Counter (scenario, dimension, 0), first word: a dimension beyond the tabulated ones of Sobol's sequence.</summary>
    public const uint Surplus = 2;

    /// <summary>Counter (dimension, randomisation, 0): four keys of a scramble.</summary>
    public const uint Scramble = 3;

    /// <summary>Counter (scenario, factor, day), first word: whether the factor jumps on the day.</summary>
    public const uint Jump = 4;
}
