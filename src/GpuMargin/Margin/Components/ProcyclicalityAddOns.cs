using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>What keeps margins from following the market too closely, and offsets from being given in full: EMIR RTS (Commission Delegated Regulation (EU) No 153/2013), Articles 27 and 28.</summary>
/// <remarks>Each is an amount on top of the base margin and depends on no other component, so that turning one off changes nothing else.</remarks>
static class ProcyclicalityAddOns
{
    /// <summary>w·max(0, stressed − base), so that base and add-on are (1 − w)·base + w·max(base, stressed): stressed observations have a weight of at least 25 % (Art. 28(1)(b)).</summary>
    public static double Stressed(StressedObservations terms, double baseMargin, double stressed) =>
        terms.Weight * Math.Max(0, stressed - baseMargin);

    /// <summary>A buffer of at least 25 % of the calculated margin that may be exhausted while requirements rise (Art. 28(1)(a)).</summary>
    public static double Buffer(ProcyclicalityBuffer terms, double baseMargin) => terms.Released ? 0 : terms.Rate * baseMargin;

    /// <summary>max(0, floor − base): margin is not below that of the long-run volatility (Art. 28(1)(c)).</summary>
    public static double Floor(double baseMargin, double longRun) => Math.Max(0, longRun - baseMargin);

    /// <summary>(1 − limit)·max(0, sum − netted): at most 80 % of the difference between the sum of the product groups' margins and the margin of all together is given as offset (Art. 27(4)).</summary>
    /// <param name="limit">Largest share given, 0 to 1.</param>
    /// <param name="sum">Of the product groups' margins, each alone.</param>
    public static double Offset(double limit, double sum, double netted) => (1 - limit) * Math.Max(0, sum - netted);
}
