using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.ClearingSets.Changes;

/// <summary>Collateral added to the first row of its account and asset, or as a row of its own behind the others.</summary>
static class CollateralChange
{
    public static ClearingSet Apply(IReadOnlyList<CollateralMove> moves, ClearingSet set, List<Fault> faults)
    {
        if (moves.Count == 0)
        {
            return set;
        }

        if (set.Policy is not { } policy)
        {
            faults.Add(new Fault(moves[0].Place.File, moves[0].Place.Line, null, null, "a policy.json in the set: without one there is no requirement for collateral to cover"));
            return set;
        }

        KnownNames accounts = new(set.Accounts), assets = new(Assets(set));
        KnownNames factors = new([.. set.Factors.Select(factor => factor.Name)]);
        List<CollateralHolding> holdings = [.. set.Collateral];
        foreach (CollateralMove move in moves)
        {
            int account = accounts.Of(move.Account, move.Place, "account", "an account of the set, or one with a trade", faults);
            int asset = assets.Of(move.Asset, move.Place, "asset", "the run's currency, a currency of fx, or a price factor", faults);
            if (!double.IsFinite(move.Quantity))
            {
                faults.Add(move.Place.Fault("quantity", FormattableString.Invariant($"{move.Quantity}"), NumberRule.Finite.Phrase));
            }
            else if (account >= 0 && asset >= 0)
            {
                bool cash = IsCurrency(set.Settings, move.Asset);
                int factor = cash ? -1 : factors.Of(move.Asset);
                int row = holdings.FindIndex(holding => holding.Account == account && holding.Factor == factor && (!cash || holding.Currency == move.Asset));
                double held = row < 0 ? 0 : holdings[row].Quantity;
                if (!NumberRule.NotNegative.Holds(held + move.Quantity))
                {
                    faults.Add(move.Place.Fault("quantity", FormattableString.Invariant($"{move.Quantity}"), FormattableString.Invariant($"a number of at least {0 - held}, because {held} is there")));
                }
                else if (row >= 0)
                {
                    holdings[row] = holdings[row] with { Quantity = held + move.Quantity };
                }
                else if (Haircut(policy.Collateral, set.Settings, move, faults) is { } haircut)
                {
                    holdings.Add(new CollateralHolding(account, factor, cash ? move.Asset : set.Settings.Currency, move.Quantity, haircut));
                }
            }
        }

        return set with { Collateral = holdings };
    }

    // A currency wins where a price factor has the same name.
    static string[] Assets(ClearingSet set) =>
    [
        set.Settings.Currency, .. set.Settings.Fx.Keys,
        .. set.Factors.Where(factor => factor.Kind == RiskFactorKind.Price).Select(factor => factor.Name),
    ];

    static bool IsCurrency(RunSettings settings, string asset) => asset == settings.Currency || settings.Fx.ContainsKey(asset);

    static double? Haircut(CollateralTerms terms, RunSettings settings, CollateralMove move, List<Fault> faults)
    {
        if (terms.Haircuts.TryGetValue(move.Asset, out double haircut))
        {
            return haircut;
        }

        if (terms.Valuation != CollateralValuation.Haircut || move.Asset == settings.Currency)
        {
            return 0;
        }

        faults.Add(move.Place.Fault("asset", move.Asset, $"an asset with a haircut under collateral.haircuts of policy.json, or one that the account has already, because '{move.Asset}' is not cash in run currency and is not simulated"));
        return null;
    }
}
