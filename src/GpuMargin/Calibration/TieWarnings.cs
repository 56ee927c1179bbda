namespace GpuMargin.Calibration;

/// <summary>What equal moves of a factor did to the dependence, in words.</summary>
static class TieWarnings
{
    const int NamesShown = 10;

    /// <param name="names">Of the factors.</param>
    public static IEnumerable<string> Of(DependenceCalibration dependence, IReadOnlyList<string> names)
    {
        if (dependence.TiedFactors.Count > 0)
        {
            yield return $"Many days of {Listed(dependence.TiedFactors, names)} have the same move (an unchanged price, or few ticks): their correlations are estimated from classes of ranks, because ties overstate Kendall's tau.";
        }

        if (dependence.CoarseFactors.Count > 0)
        {
            yield return $"More than a third of the days of {Listed(dependence.CoarseFactors, names)} tie: the copula's degrees of freedom are those of the other factors.";
        }
    }

    static string Listed(IReadOnlyList<int> factors, IReadOnlyList<string> names) => factors.Count <= NamesShown
        ? string.Join(", ", factors.Select(factor => names[factor]))
        : FormattableString.Invariant($"{string.Join(", ", factors.Take(NamesShown).Select(factor => names[factor]))} and {factors.Count - NamesShown} more factors");
}
