using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Surfaces by what they are built for, each built once.</summary>
sealed class SurfacesByTerms<TTerms, TSurface>
    where TTerms : notnull
    where TSurface : class
{
    readonly Dictionary<TTerms, IReadOnlyList<TSurface>> surfaces = [];

    /// <param name="terms">Distinct.</param>
    /// <param name="known">Surfaces of another plan of the same precision.</param>
    /// <param name="fit">In rising order of volatility.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public SurfacesByTerms(
        IReadOnlyList<TTerms> terms, SurfacesByTerms<TTerms, TSurface>? known, Func<TTerms, IReadOnlyList<TSurface>> fit, CancellationToken cancellation = default)
    {
        IReadOnlyList<TSurface>[] built = new IReadOnlyList<TSurface>[terms.Count];
        SideBySide.For(
            terms.Count,
            k => built[k] = known is not null && known.surfaces.TryGetValue(terms[k], out IReadOnlyList<TSurface>? before) ? before : fit(terms[k]),
            cancellation: cancellation);
        for (int k = 0; k < built.Length; k++)
        {
            surfaces.Add(terms[k], built[k]);
        }

        All = [.. built.SelectMany(found => found).Distinct(ReferenceEqualityComparer.Instance).Cast<TSurface>()];
    }

    public static SurfacesByTerms<TTerms, TSurface> None { get; } = new([], null, _ => []);

    /// <summary>Every surface once, in order of the terms' first appearance.</summary>
    public IReadOnlyList<TSurface> All { get; }

    /// <summary>Surfaces of some terms, in rising order of volatility.</summary>
    public IReadOnlyList<TSurface> Find(TTerms terms) => surfaces[terms];
}
