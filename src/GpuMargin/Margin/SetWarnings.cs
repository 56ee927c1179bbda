using GpuMargin.ClearingSets;

namespace GpuMargin.Margin;

/// <summary>What is to be said of a set before anything is drawn: of its reading, names, units and expiries.</summary>
static class SetWarnings
{
    public static IEnumerable<string> Of(ClearingSet set) =>
    [
        .. set.Warnings,
        .. NameWarnings.Of(set.Factors.Select(factor => factor.Name), set.Instruments, set.Accounts),
        .. UnitWarnings.Of(set),
        .. SurfaceArbitrage.Of(set),
        .. ExpiryWarning.Of(set),
    ];
}
