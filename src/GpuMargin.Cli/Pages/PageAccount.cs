using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;

namespace GpuMargin.Cli.Pages;

/// <summary>An account of a page.</summary>
/// <param name="Terms">Member and netting set; <see langword="null"/>: there is no policy, or nothing says them.</param>
/// <param name="Called">Margin call of its netting set.</param>
/// <param name="IsBreached">Whether it, or its netting set, is above a limit.</param>
sealed record PageAccount(AccountMargin Margin, AccountTerms? Terms, decimal Called, bool IsBreached)
{
    public string Name => Margin.Account;

    public Requirement? Requirement => Margin.Requirement;

    /// <summary>What orders accounts by size: its requirement, or its margin.</summary>
    public double Size => Math.Max(Margin.Margin, (double)(Requirement?.Required ?? 0));
}
