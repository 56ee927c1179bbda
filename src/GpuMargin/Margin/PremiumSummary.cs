using System.Security.Cryptography;
using GpuMargin.Revaluation.American;

namespace GpuMargin.Margin;

/// <summary>The premium surfaces that a run's American options are valued with.</summary>
/// <param name="Surfaces">Their number.</param>
/// <param name="Sha256">Over their terms and coefficients, lower-case hexadecimal.</param>
/// <param name="WorstError">Largest error of a value at the points at which a surface is compared with the solver, a share of the strike (of a call: of the spot).</param>
public sealed record PremiumSummary(int Surfaces, string Sha256, double WorstError)
{
    /// <returns><see langword="null"/>: there are none.</returns>
    internal static PremiumSummary? Of(params IEnumerable<PremiumSurfaces> plans)
    {
        ExDateSurface[] exDates = [.. plans.SelectMany(plan => plan.ExDates.All).Distinct(ReferenceEqualityComparer.Instance).Cast<ExDateSurface>()];
        PremiumSurface[] surfaces = [.. plans.SelectMany(plan => plan.All).Distinct(ReferenceEqualityComparer.Instance).Cast<PremiumSurface>()];
        if (surfaces.Length + exDates.Length == 0)
        {
            return null;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (PremiumSurface surface in surfaces)
        {
            surface.AppendTo(hash);
        }

        foreach (ExDateSurface surface in exDates)
        {
            surface.AppendTo(hash);
        }

        double worst = surfaces.Select(surface => surface.WorstError).Concat(exDates.Select(surface => surface.WorstError)).Max();
        return new PremiumSummary(surfaces.Length + exDates.Length, Convert.ToHexStringLower(hash.GetHashAndReset()), worst);
    }
}
