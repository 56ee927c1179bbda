using GpuMargin.ClearingSets;

namespace GpuMargin.Revaluation.American;

/// <summary>Surfaces of calls with cash dividends by their terms, with their coefficients as kernels read them.</summary>
sealed class ExDateSurfaces
{
    readonly SurfacesByTerms<ExDateTerms, ExDateSurface> surfaces;
    readonly Dictionary<ExDateSurface, int> starts = new(ReferenceEqualityComparer.Instance);

    ExDateSurfaces(SurfacesByTerms<ExDateTerms, ExDateSurface> surfaces)
    {
        this.surfaces = surfaces;
        List<double> coefficients = [];
        foreach (ExDateSurface surface in All)
        {
            starts.Add(surface, coefficients.Count);
            coefficients.AddRange(surface.Coefficients.SelectMany(numbers => numbers));
        }

        Coefficients = [.. coefficients];
    }

    public static ExDateSurfaces None { get; } = new(SurfacesByTerms<ExDateTerms, ExDateSurface>.None);

    public double[] Coefficients { get; }

    /// <summary>Surfaces in order of the terms' first appearance.</summary>
    public IReadOnlyList<ExDateSurface> All => surfaces.All;

    /// <summary>The surfaces of distinct terms, each built once.</summary>
    /// <param name="known">Surfaces of another plan of the same precision.</param>
    /// <exception cref="ArgumentException">No surface is within the tolerance.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static ExDateSurfaces Of(IReadOnlyList<ExDateTerms> keys, Precision precision, ExDateSurfaces known, CancellationToken cancellation) =>
        new(new SurfacesByTerms<ExDateTerms, ExDateSurface>(keys, known.surfaces, terms => Fit(terms, precision), cancellation));

    /// <summary>Surfaces of some terms, in rising order of volatility.</summary>
    public IReadOnlyList<ExDateSurface> Find(ExDateTerms key) => surfaces.Find(key);

    public int StartOf(ExDateSurface surface) => starts[surface];

    static IReadOnlyList<ExDateSurface> Fit(ExDateTerms terms, Precision precision) =>
        ExDateFit.Find(terms, precision)
        ?? throw new ArgumentException(FormattableString.Invariant(
            $"A call with {terms.Dividends.Count} ex-dates in {terms.Years} years at rate {terms.Rate} has no premium surface within {ExDateFit.LargestError} of the strike for volatilities from {terms.LeastLow} to {terms.LeastHigh}."));
}
