using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Changes;

namespace GpuMargin.Cli.Display;

/// <summary>What a reader of an answer should know.</summary>
static class WhatIfNotes
{
    internal static IEnumerable<string> Of(ClearingSet set, ClearingSetChange change, IReadOnlyList<string> newAccounts)
    {
        foreach (string account in newAccounts)
        {
            string hint = NearestName.Of(account, set.Accounts) is { } nearest ? $" (the nearest account of the set is '{VisibleText.Name(nearest)}')" : "";
            yield return $"account '{VisibleText.Name(account)}' is new{hint}";
        }

        HashSet<string> shocked = [.. change.Shocks.Select(shock => shock.Factor)];
        foreach (RiskFactor factor in set.Factors.Where(factor => factor.Kind == RiskFactorKind.Volatility && shocked.Contains(factor.Name)))
        {
            int options = set.Instruments.Count(instrument => instrument.VolatilityFactor >= 0 && set.Factors[instrument.VolatilityFactor].Name == factor.Name);
            yield return Text.Invariant($"with '{VisibleText.Name(factor.Name)}' today's implied volatilities of {options:N0} {(options == 1 ? "instrument" : "instruments")} move by as much");
        }

        if (set.Settings.TargetError is not null)
        {
            yield return "a target error is set: before and after are two full runs, each with scenarios of its own number";
        }
        else if (change.Shocks.Count > 0)
        {
            yield return "a shock changes the model: before and after are two full runs";
        }
    }
}
