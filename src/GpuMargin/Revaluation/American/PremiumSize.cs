namespace GpuMargin.Revaluation.American;

/// <summary>Terms of a surface's polynomial, or points that it goes through.</summary>
readonly record struct PremiumSize(int Distances, int Deviations, int Rates)
{
    /// <summary>Products of a sum.</summary>
    public int Terms => Distances * Deviations * Rates;

    /// <summary>One term less of one dimension, fewest terms first.</summary>
    public IEnumerable<PremiumSize> OneLess()
    {
        PremiumSize[] less = [this with { Distances = Distances - 1 }, this with { Deviations = Deviations - 1 }, this with { Rates = Rates - 1 }];
        return less.Where(size => size.Terms > 0).OrderBy(size => size.Terms);
    }
}
