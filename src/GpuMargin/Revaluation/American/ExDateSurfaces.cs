using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Surfaces of calls with cash dividends by their terms, with their coefficients as kernels read them.</summary>
sealed class ExDateSurfaces
{
    readonly Dictionary<ExDateTerms, IReadOnlyList<ExDateSurface>> surfaces;
    readonly Dictionary<ExDateSurface, int> starts = new(ReferenceEqualityComparer.Instance);

    ExDateSurfaces(Dictionary<ExDateTerms, IReadOnlyList<ExDateSurface>> surfaces, IReadOnlyList<ExDateTerms> keys)
    {
        this.surfaces = surfaces;
        All = [.. keys.SelectMany(key => surfaces[key])];
        List<double> coefficients = [];
        foreach (ExDateSurface surface in All)
        {
            if (starts.TryAdd(surface, coefficients.Count))
            {
                coefficients.AddRange(surface.Coefficients.SelectMany(numbers => numbers));
            }
        }

        Coefficients = [.. coefficients];
    }

    public static ExDateSurfaces None { get; } = new([], []);

    public double[] Coefficients { get; }

    /// <summary>Surfaces in order of the terms' first appearance.</summary>
    public IReadOnlyList<ExDateSurface> All { get; }

    /// <summary>The surfaces of distinct terms, each built once.</summary>
    /// <param name="known">Surfaces of another plan of the same precision.</param>
    /// <exception cref="ArgumentException">No surface is within the tolerance.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static ExDateSurfaces Of(IReadOnlyList<ExDateTerms> keys, Precision precision, ExDateSurfaces known, CancellationToken cancellation)
    {
        IReadOnlyList<ExDateSurface>[] built = new IReadOnlyList<ExDateSurface>[keys.Count];
        SideBySide.For(
            keys.Count,
            k => built[k] = known.surfaces.TryGetValue(keys[k], out IReadOnlyList<ExDateSurface>? before) ? before : Fit(keys[k], precision),
            cancellation: cancellation);
        Dictionary<ExDateTerms, IReadOnlyList<ExDateSurface>> byKey = [];
        for (int k = 0; k < built.Length; k++)
        {
            byKey.Add(keys[k], built[k]);
        }

        return new ExDateSurfaces(byKey, keys);
    }

    /// <summary>Surfaces of some terms, in rising order of volatility.</summary>
    public IReadOnlyList<ExDateSurface> Find(ExDateTerms key) => surfaces[key];

    public int StartOf(ExDateSurface surface) => starts[surface];

    static IReadOnlyList<ExDateSurface> Fit(ExDateTerms terms, Precision precision) =>
        (terms.Low < terms.LeastLow ? ExDateFit.Find(terms, terms.Low, terms.High, precision) : null)
        ?? ExDateFit.Find(terms, terms.LeastLow, terms.LeastHigh, precision)
        ?? throw new ArgumentException(FormattableString.Invariant(
            $"A call with {terms.Dividends.Count} ex-dates in {terms.Years} years at rate {terms.Rate} has no premium surface within {ExDateFit.Tolerance(precision)} of the strike for volatilities from {terms.LeastLow} to {terms.LeastHigh}."));
}
