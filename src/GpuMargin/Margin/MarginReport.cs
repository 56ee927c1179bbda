using GpuMargin.Backends;
using GpuMargin.ClearingSets;

namespace GpuMargin.Margin;

/// <summary>What a margin run computed, before anything is written.</summary>
/// <param name="Accounts">In order of first appearance in positions.csv.</param>
/// <param name="ProfitAndLossSha256">Fingerprint of account × scenario P&amp;L, lower-case hexadecimal.</param>
/// <param name="Stages">Seconds per stage of the engine.</param>
public sealed record MarginReport(
    RunSettings Settings,
    string Backend,
    string Device,
    IReadOnlyList<AccountMargin> Accounts,
    string ProfitAndLossSha256,
    IReadOnlyList<StageTime> Stages,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Accounts that missed the target error, in the order of <see cref="Accounts"/>; <see langword="null"/> without a target.</summary>
    public IReadOnlyList<string>? MissedTarget { get; init; }

    /// <summary>Premium surfaces of American options; <see langword="null"/>: there are none that may be exercised early.</summary>
    public PremiumSummary? Premiums { get; init; }

    /// <summary>Arbitrage of moved surfaces; <see langword="null"/>: no smile is moved, or there is a target error.</summary>
    public IReadOnlyList<MovedSurface>? Surfaces { get; init; }

    /// <summary>Scenarios of the account that took the most.</summary>
    public int Scenarios => Accounts.Max(account => account.Scenarios) ?? Settings.Scenarios;

    /// <summary>Whether a policy was applied: requirements, calls and member totals are there.</summary>
    public bool HasRequirements { get; init; }

    public IReadOnlyList<MemberTotal> Members => MemberTotal.Of(Accounts.Select(account => account.Requirement).OfType<Requirement>());
}
