namespace GpuMargin.ClearingSets.Validation;

static class CorrelationRule
{
    /// <summary>Two entries that mirror each other may differ by rounding of their last printed digits only.</summary>
    public const double SymmetryTolerance = 1e-12;
}
