using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.ClearingSets.Validation;

/// <summary>Limits of a set.</summary>
static class LimitValidator
{
    public static void Check(ClearingSet set, PropertyFaults at)
    {
        if (set.Limits.Count == 0)
        {
            return;
        }

        LimitNames names = new(set.Accounts, set.AccountTerms);
        HashSet<(LimitScope Scope, string? Name, LimitMeasure Measure, LimitKind Kind)> known = [];
        for (int i = 0; i < set.Limits.Count; i++)
        {
            MarginLimit limit = set.Limits[i];
            string property = FormattableString.Invariant($"{nameof(set.Limits)}[{i}]");
            at.Word($"{property}.Scope", limit.Scope, LimitWords.Scopes);
            at.Word($"{property}.Measure", limit.Measure, LimitWords.Measures);
            at.Word($"{property}.Kind", limit.Kind, LimitWords.Kinds);
            at.Number($"{property}.Threshold", limit.Threshold, LimitWords.Threshold(limit.Kind));
            if (set.Policy is null && (LimitWords.IsOfRequirement(limit.Measure) || limit.Kind == LimitKind.Relative))
            {
                at.Add(property, null, "a measure of accounts, and no limit against collateral, because there is no policy");
            }

            string? name = names.Of(limit.Scope, limit.Measure, limit.Name);
            if (name is null || (limit.Scope == LimitScope.Member && set.AccountTerms.Count == 0))
            {
                at.Add($"{property}.Name", limit.Name, LimitNames.Phrase(limit.Scope, limit.Measure));
            }
            else if (!known.Add((limit.Scope, name, limit.Measure, limit.Kind)))
            {
                at.Add($"{property}.Name", limit.Name, "a name that no limit before it of the same scope, measure and kind has");
            }
        }
    }
}
