using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Margin.Limits;

/// <summary>Margins against the limits of a set.</summary>
public static class MarginLimits
{
    /// <summary>Breaches in the order of the limits; those of a row for all in the order of margins.csv.</summary>
    /// <param name="accounts">Margins of the set's accounts.</param>
    /// <param name="since">Those of another run, to which limits of kind <see cref="LimitKind.Change"/> compare: what is not there was 0. <see langword="null"/>: these limits are not checked.</param>
    public static IReadOnlyList<LimitBreach> Breaches(ClearingSet set, IReadOnlyList<AccountMargin> accounts, IReadOnlyList<AccountMargin>? since = null)
    {
        if (set.Limits.Count == 0)
        {
            return [];
        }

        LimitNames names = new(set.Accounts, set.AccountTerms);
        LimitAmounts amounts = new(set, accounts), earlier = new(set, since ?? []);
        List<LimitBreach> breaches = [];
        foreach (MarginLimit limit in set.Limits.Where(limit => limit.Kind != LimitKind.Change || since is not null))
        {
            Dictionary<string, double> now = amounts.Of(limit.Scope, limit.Measure);
            Dictionary<string, double>? references = limit.Kind switch
            {
                LimitKind.Relative => amounts.Collateral(limit.Scope, limit.Measure),
                LimitKind.Change => earlier.Of(limit.Scope, limit.Measure),
                _ => null,
            };
            foreach (string name in Names(limit, now.Keys))
            {
                double? reference = references?[name];
                double bound = Bound(limit, reference ?? 0);
                if (now[name] > bound)
                {
                    breaches.Add(new LimitBreach(limit.Scope, name, limit.Measure, limit.Kind, limit.Threshold, now[name], reference, bound));
                }
            }
        }

        return breaches;

        // A row of its own takes the place of that for all.
        IEnumerable<string> Names(MarginLimit limit, IEnumerable<string> all) => limit.Name != MarginLimit.All
            ? [names.Of(limit.Scope, limit.Measure, limit.Name)!]
            : all.Except(set.Limits
                .Where(own => own.Name != MarginLimit.All && (own.Scope, own.Measure, own.Kind) == (limit.Scope, limit.Measure, limit.Kind))
                .Select(own => names.Of(own.Scope, own.Measure, own.Name)!));
    }

    static double Bound(MarginLimit limit, double reference) => limit.Kind switch
    {
        LimitKind.Absolute => limit.Threshold,
        LimitKind.Relative => limit.Threshold * reference,
        _ => reference + (limit.Threshold * Math.Abs(reference)),
    };
}
