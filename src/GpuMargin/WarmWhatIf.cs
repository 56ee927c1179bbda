using System.Globalization;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Changes;
using GpuMargin.ClearingSets.Validation;
using GpuMargin.Margin;

namespace GpuMargin;

/// <summary>Answers to many changes of one clearing set, by the scenarios that its first run drew.</summary>
/// <remarks>
/// The shocks of all sources stay in memory. A change of positions or collateral then values the netting sets that it names and nothing else. The answer has the bits of a run of the changed set.
/// Not safe for use from several threads at once.
/// </remarks>
public sealed class WarmWhatIf
{
    readonly ClearingSet set;
    readonly CpuBackend backend;
    readonly ValuationRun run;
    readonly KeptScenarios kept;
    readonly AccountSelection selection;
    readonly Dictionary<string, int> accounts = new(StringComparer.Ordinal);
    readonly Dictionary<string, NettingSet> nettingSets = new(StringComparer.Ordinal); // by account
    readonly HashSet<string> names; // of netting sets
    readonly HashSet<string> instruments;
    readonly bool alone; // whether a netting set can be valued without the others

    WarmWhatIf(ClearingSet set, CpuBackend backend, ValuationRun run, KeptScenarios kept, MarginReport margins, bool alone)
    {
        // What is checked once is not checked with every change.
        this.set = set = set with { Read = new ReadParts(set) };
        this.backend = backend;
        this.run = run;
        this.kept = kept;
        this.alone = alone;
        Margins = margins;
        selection = new AccountSelection(set);
        IReadOnlyList<NettingSet> all = NettingSet.Of(set);
        names = [.. all.Select(nettingSet => nettingSet.Name)];
        instruments = [.. set.Instruments.Select(instrument => instrument.Name)];
        foreach (NettingSet nettingSet in all)
        {
            foreach (int account in nettingSet.Accounts)
            {
                accounts[set.Accounts[account]] = account;
                nettingSets[set.Accounts[account]] = nettingSet;
            }
        }
    }

    /// <summary>Margins of the set as it is.</summary>
    public MarginReport Margins { get; }

    /// <summary>Bytes of the shocks that are kept: 8 per scenario, factor, day that is read, and source.</summary>
    public long KeptBytes => kept.Bytes;

    /// <summary>Computes the margins of a set and keeps the scenarios.</summary>
    /// <param name="mostBytes">Of <see cref="KeptBytes"/>.</param>
    /// <exception cref="RefusedInputException">The set has a target error, or its shocks take more than <paramref name="mostBytes"/>; or what <see cref="MarginCalculator.Calculate"/> refuses.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static WarmWhatIf Of(ClearingSet set, CpuBackend backend, long mostBytes = 4L << 30, CancellationToken cancellation = default)
    {
        set.Validate(cancellation);
        if (set.Settings.TargetError is { } target)
        {
            throw new RefusedInputException([new Fault(Fault.Settings, null, nameof(RunSettings.TargetError), target.ToString(CultureInfo.InvariantCulture), "no target error: each change would need other scenarios")]);
        }

        ValuationRun run = AccountRun.Of(set, null, cancellation);
        RunSchedule schedule = RunSchedule.Of(set, run, cancellation);
        KeptScenarios kept = new(backend);
        foreach (ValuationRun each in schedule.Runs)
        {
            double needed = kept.Bytes + kept.Needed(each);
            if (needed > mostBytes)
            {
                throw new RefusedInputException([new Fault(
                    Fault.Settings, null, nameof(RunSettings.Scenarios), set.Settings.Scenarios.ToString(CultureInfo.InvariantCulture),
                    string.Create(CultureInfo.InvariantCulture, $"fewer: the shocks up to '{each.Source.Name}' take {needed / (1 << 20):F0} MiB, {mostBytes / (1 << 20)} MiB may be kept"))]);
            }

            kept.Keep(each, cancellation);
            schedule.Take(each, Valuation.Compute(kept.In(each), backend, null, cancellation));
        }

        return new WarmWhatIf(set, backend, run, kept, schedule.Report(backend.Name, backend.Device), !schedule.ReadsBooksApart);
    }

    /// <summary>Netting sets that a change names, before and after it.</summary>
    /// <remarks>Other levels of factors are a full run of the changed set. So is a policy whose books read other days than accounts, or simulated collateral, with the kept scenarios where the days are the same.</remarks>
    /// <exception cref="RefusedInputException">The change names what the set does not have, or a number is out of range.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public WarmAnswer Answer(ClearingSetChange change, CancellationToken cancellation = default)
    {
        string[] named = [.. change.Trades.Select(trade => trade.Account).Concat(change.Collateral.Select(move => move.Account)).Distinct()];
        bool ordinary = alone && change.Shocks.Count == 0 && change.Trades.All(trade => instruments.Contains(trade.Instrument)) && named.All(name => accounts.ContainsKey(name) || !names.Contains(name));
        ClearingSet of = ordinary ? selection.Of(Together(named)) : set;
        ClearingSet changed = change.ApplyTo(of);
        if (change.Shocks.Count > 0)
        {
            return new WarmAnswer(Changes(changed, MarginCalculator.Calculate(changed, backend, cancellation: cancellation).Accounts, named), IsFullRun: true);
        }

        RunSchedule schedule = RunSchedule.OfMargins(changed, AccountRun.Like(run, changed), cancellation);
        if (ordinary && schedule.ReadsBooksApart)
        {
            changed = change.ApplyTo(set);
            schedule = RunSchedule.OfMargins(changed, AccountRun.Like(run, changed), cancellation);
            ordinary = false;
        }

        foreach (ValuationRun each in schedule.Runs)
        {
            schedule.Take(each, Valuation.Compute(kept.In(each), backend, null, cancellation));
        }

        return new WarmAnswer(Changes(changed, schedule.Margins(), named), !ordinary);
    }

    // Accounts of the named ones' netting sets, ascending.
    int[] Together(string[] named) => [.. named.Where(accounts.ContainsKey).SelectMany(name => nettingSets[name].Accounts).Distinct().Order()];

    IReadOnlyList<MarginChange> Changes(ClearingSet changed, IReadOnlyList<AccountMargin> after, string[] named) =>
        MarginChange.Of(changed, Margins.Accounts, after, named.ToHashSet(StringComparer.Ordinal));
}

/// <summary>What a change does to the netting sets that it names, and to others whose amounts differ.</summary>
/// <param name="NettingSets">In order of first accounts. Every amount equals that of a run of the changed set, bit for bit.</param>
/// <param name="IsFullRun">Whether all netting sets were valued.</param>
public sealed record WarmAnswer(IReadOnlyList<MarginChange> NettingSets, bool IsFullRun);
