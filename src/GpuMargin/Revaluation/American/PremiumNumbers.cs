namespace GpuMargin.Revaluation.American;

/// <summary>Coefficients of all premium surfaces of a plan, one surface after the other, each once.</summary>
sealed class PremiumNumbers
{
    readonly Dictionary<PremiumSurface, int> starts = new(ReferenceEqualityComparer.Instance);

    public PremiumNumbers(IEnumerable<PremiumSurface> surfaces)
    {
        List<double> values = [];
        foreach (PremiumSurface surface in surfaces)
        {
            starts.Add(surface, values.Count);
            for (int power = 0; power < surface.RateTerms; power++)
            {
                values.AddRange(surface.Boundary[power]);
                values.AddRange(surface.Coefficients[power]);
            }
        }

        Values = [.. values];
    }

    public double[] Values { get; }

    public int StartOf(PremiumSurface surface) => starts[surface];
}
