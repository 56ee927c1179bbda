using System.Globalization;

namespace GpuMargin.Calibration.Volatility;

/// <summary>The best of several fits to the same returns with the same start-up.</summary>
/// <param name="Fit">The fit in use.</param>
/// <param name="Reason">In words.</param>
sealed record ModelChoice(VolatilityFit Fit, string Reason)
{
    /// <summary>
    /// Log-likelihood by which another model beats an EWMA whatever its parameters cost. An EWMA is a last resort and no rival in parsimony: it has no
    /// long-run level, and as a process its variance tends to 0 (Nelson 1990).
    /// </summary>
    public const double EwmaBeatenBy = 2;

    /// <returns><see langword="null"/> when none is usable.</returns>
    public static ModelChoice? Of(IReadOnlyList<VolatilityFit> candidates)
    {
        VolatilityFit[] usable = [.. candidates.Where(fit => fit.IsUsable).OrderBy(fit => fit.Bic)];
        VolatilityFit? best = usable.FirstOrDefault();
        if (best is { Reverts: false } && usable.Where(fit => fit.Reverts && fit.LogLikelihood > best.LogLikelihood + EwmaBeatenBy).FirstOrDefault() is { } better)
        {
            return new ModelChoice(better, string.Create(
                CultureInfo.InvariantCulture, $"log-likelihood {better.LogLikelihood - best.LogLikelihood:F1} above EWMA, which has no long-run level"));
        }

        return best is null ? null : new ModelChoice(best, usable.Length == 1
            ? "the only model that can be used"
            : string.Create(CultureInfo.InvariantCulture, $"smallest BIC of {usable.Length} models, {usable[1].Bic - best.Bic:F1} below {Name(usable[1])}"));
    }

    public static string Name(VolatilityFit fit) => fit.Model switch
    {
        VolatilityModel.Ewma => "EWMA",
        VolatilityModel.Garch => "GARCH" + Targeting(fit),
        VolatilityModel.Gjr => "GJR" + Targeting(fit),
        _ => "constant variance",
    };

    static string Targeting(VolatilityFit fit) => fit.IsTargeted ? " with variance targeting" : "";
}
