namespace GpuMargin.ClearingSets.Validation;

/// <summary>Ranges of a surface's numbers.</summary>
static class SurfaceRule
{
    /// <summary>Delta of a call above 0, of a put below.</summary>
    public static readonly NumberRule Delta = new("a delta between 0 and 1, or of a put between -1 and 0") { Least = -1, AboveLeast = true, Most = 1, BelowMost = true, Except = 0 };

    /// <summary>Φ(d1): the delta of a put is that of the call less one.</summary>
    public static double OfCall(double delta) => delta < 0 ? 1 + delta : delta;
}
