using System.Globalization;

namespace GpuMargin.ClearingSets.Validation;

/// <summary>How many scenarios a run needs and may have; phrases that continue "expected …".</summary>
static class ScenarioRule
{
    /// <summary>The tail holds one scenario at least: n·(1 − α) ≥ 1.</summary>
    /// <returns>What was expected; <see langword="null"/> when there are enough.</returns>
    public static string? TooFew(decimal scenarios, decimal confidence) =>
        scenarios * (1 - confidence) >= 1 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"at least {Math.Ceiling(1 / (1 - confidence))} scenarios for confidence {confidence} (expected shortfall needs 1/(1 - confidence) of them; there are {scenarios})");

    public static string AtLeast(decimal scenarios) =>
        string.Create(CultureInfo.InvariantCulture, $"at least the {scenarios} scenarios that a run with a target error starts from");

    public static string AtMost(decimal most) =>
        string.Create(CultureInfo.InvariantCulture, $"at most the {most} scenarios at which a run with a target error ends");
}
