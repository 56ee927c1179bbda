using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Premium surfaces by their parameters, with their coefficients as kernels read them.</summary>
sealed class PremiumSurfaces
{
    readonly Dictionary<PremiumTerms, IReadOnlyList<PremiumSurface>> surfaces;

    PremiumSurfaces(Dictionary<PremiumTerms, IReadOnlyList<PremiumSurface>> surfaces, IReadOnlyList<PremiumTerms> keys)
    {
        this.surfaces = surfaces;
        All = [.. keys.SelectMany(key => surfaces[key]).Distinct(ReferenceEqualityComparer.Instance).Cast<PremiumSurface>()];
        Numbers = new PremiumNumbers(All);
        Coefficients = Numbers.Values;
    }

    PremiumSurfaces(PremiumSurfaces surfaces, ExDateSurfaces exDates, SurfacesByTerms<ExDateTerms, PremiumSurface> dividendPuts)
    {
        this.surfaces = surfaces.surfaces;
        (All, ExDates, DividendPuts) = ([.. surfaces.All, .. dividendPuts.All], exDates, dividendPuts);
        Numbers = new PremiumNumbers(All);
        Coefficients = [.. Numbers.Values, .. exDates.Coefficients];
    }

    public static PremiumSurfaces None { get; } = new([], []);

    public int Count => surfaces.Count;

    public PremiumNumbers Numbers { get; }

    /// <summary>Those of calls with cash dividends.</summary>
    public ExDateSurfaces ExDates { get; } = ExDateSurfaces.None;

    /// <summary>Those of puts with cash dividends.</summary>
    public SurfacesByTerms<ExDateTerms, PremiumSurface> DividendPuts { get; } = SurfacesByTerms<ExDateTerms, PremiumSurface>.None;

    /// <summary>Coefficients of all surfaces.</summary>
    public double[] Coefficients { get; }

    /// <summary>Every surface once, in order of its terms' first appearance, those of <see cref="DividendPuts"/> last.</summary>
    public IReadOnlyList<PremiumSurface> All { get; }

    /// <summary>The surfaces of distinct keys, each built once.</summary>
    /// <param name="precision">Of the run that reads them.</param>
    /// <param name="known">Surfaces of another plan with the same precision.</param>
    /// <exception cref="ArgumentException">No surface is within the tolerance.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static PremiumSurfaces Of(IReadOnlyList<PremiumTerms> keys, Precision precision, PremiumSurfaces known, CancellationToken cancellation = default)
    {
        IReadOnlyList<PremiumSurface>[] built = new IReadOnlyList<PremiumSurface>[keys.Count];
        SideBySide.For(
            keys.Count,
            k => built[k] = known.surfaces.TryGetValue(keys[k], out IReadOnlyList<PremiumSurface>? before) ? before : Fit(keys[k], precision),
            cancellation: cancellation);
        Dictionary<PremiumTerms, IReadOnlyList<PremiumSurface>> byKey = [];
        for (int k = 0; k < built.Length; k++)
        {
            byKey.Add(keys[k], built[k]);
        }

        return new PremiumSurfaces(byKey, keys);
    }

    // What is wanted, the least range of volatilities, and that with a quarter of the rates.
    static IReadOnlyList<PremiumSurface> Fit(PremiumTerms terms, Precision precision)
    {
        PremiumKey put = terms.Put, narrow = put with { Span = put.Span.Quarter(put.Today) };
        return (terms.Low < terms.LeastLow ? PremiumFit.Find(put, terms.Low, terms.High, precision) : null)
            ?? PremiumFit.Find(put, terms.LeastLow, terms.LeastHigh, precision)
            ?? (put.Span.Moves ? PremiumFit.Find(narrow, terms.LeastLow, terms.LeastHigh, precision) : null)
            ?? throw new ArgumentException(FormattableString.Invariant(
                $"Rate {put.Rate}, yield {put.Yield} and {put.Years} years have no premium surface within {PremiumFit.Tolerance(precision)} of the strike for volatilities from {terms.LeastLow} to {terms.LeastHigh}."));
    }

    /// <summary>The same with surfaces of options with cash dividends.</summary>
    public PremiumSurfaces With(ExDateSurfaces calls, SurfacesByTerms<ExDateTerms, PremiumSurface> puts) => new(this, calls, puts);

    /// <summary>Place of a surface's first coefficient.</summary>
    public int StartOf(ExDateSurface surface) => Numbers.Values.Length + ExDates.StartOf(surface);

    /// <summary>Surfaces of some terms, in rising order of volatility.</summary>
    public IReadOnlyList<PremiumSurface> Find(PremiumTerms key) => surfaces[key];
}
