namespace GpuMargin.ClearingSets.Validation;

/// <summary>Ranges of an instrument's terms.</summary>
static class InstrumentRule
{
    /// <param name="additive">The underlying's price has any sign.</param>
    public static NumberRule Strike(bool additive) => additive ? NumberRule.Finite : NumberRule.Positive;
}
