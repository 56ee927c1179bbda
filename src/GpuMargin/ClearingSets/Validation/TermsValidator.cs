using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.ClearingSets.Validation;

/// <summary>Accounts' terms, collateral, liquidity and stress of a set.</summary>
static class TermsValidator
{
    public static void Check(ClearingSet set, PropertyFaults at, CancellationToken cancellation)
    {
        CheckAccounts(set, at);
        CheckCollateral(set, at);
        CheckLiquidity(set, at);
        CheckStress(set, at, cancellation);
    }

    static void CheckAccounts(ClearingSet set, PropertyFaults at)
    {
        if (set.AccountTerms.Count != 0 && set.AccountTerms.Count != set.Accounts.Count)
        {
            at.Add(nameof(set.AccountTerms), FormattableString.Invariant($"{set.AccountTerms.Count}"), FormattableString.Invariant($"none, or one for each of {set.Accounts.Count} accounts"));
            return;
        }

        Dictionary<string, AccountTerms> first = new(StringComparer.Ordinal);
        for (int i = 0; i < set.AccountTerms.Count; i++)
        {
            AccountTerms terms = set.AccountTerms[i];
            string property = FormattableString.Invariant($"{nameof(set.AccountTerms)}[{i}]");
            at.Name($"{property}.Member", terms.Member);
            at.Name($"{property}.NettingSet", terms.NettingSet);
            at.Word($"{property}.Type", terms.Type, PolicyWords.AccountTypes);
            at.Word($"{property}.Mode", terms.Mode, PolicyWords.Modes);
            if (terms.Mode == MarginMode.Isolated && terms.NettingSet != set.Accounts[i])
            {
                at.Add($"{property}.NettingSet", terms.NettingSet, "the account's own name, because mode is 'isolated': each position is margined alone");
            }

            if (!first.TryAdd(terms.NettingSet, terms) && first[terms.NettingSet] is var before
                && (before.Member != terms.Member || before.Type != terms.Type || before.Mode != terms.Mode))
            {
                at.Add(property, terms.NettingSet, "the member, type and mode of the netting set's other accounts");
            }
        }
    }

    static void CheckCollateral(ClearingSet set, PropertyFaults at)
    {
        for (int i = 0; i < set.Collateral.Count; i++)
        {
            CollateralHolding holding = set.Collateral[i];
            string property = FormattableString.Invariant($"{nameof(set.Collateral)}[{i}]");
            at.Index($"{property}.Account", holding.Account, set.Accounts.Count, "an account");
            PortfolioValidator.CheckFactor(set, $"{property}.Factor", holding.Factor, RiskFactorKind.Price, required: false, at);
            PortfolioValidator.CheckCurrency(set.Settings, holding.Currency, $"{property}.Currency", at);
            at.Number($"{property}.Quantity", holding.Quantity, NumberRule.NotNegative);
            at.Number($"{property}.Haircut", holding.Haircut, NumberRule.Share);
        }
    }

    static void CheckLiquidity(ClearingSet set, PropertyFaults at)
    {
        IReadOnlyList<LiquidityTerms> rows = set.Liquidity.Rows;
        for (int i = 0; i < rows.Count; i++)
        {
            string property = FormattableString.Invariant($"Liquidity.Rows[{i}]");
            at.Index($"{property}.Instrument", rows[i].Instrument, set.Instruments.Count, "an instrument", least: -1);
            PortfolioValidator.CheckFactor(set, $"{property}.Underlying", rows[i].Underlying, RiskFactorKind.Price, required: false, at, additive: true);
            at.Number($"{property}.HalfSpread", rows[i].HalfSpread, NumberRule.ShareBelowOne);
            at.Number($"{property}.AverageDailyVolume", rows[i].AverageDailyVolume, NumberRule.Positive);
            at.Number($"{property}.Impact", rows[i].Impact, NumberRule.NotNegative);
        }

        IReadOnlyList<int> row = set.Liquidity.RowOfInstrument;
        if (row.Count != 0 && row.Count != set.Instruments.Count)
        {
            at.Add("Liquidity.RowOfInstrument", FormattableString.Invariant($"{row.Count}"), FormattableString.Invariant($"none, or one for each of {set.Instruments.Count} instruments"));
        }

        for (int i = 0; i < row.Count; i++)
        {
            at.Index(FormattableString.Invariant($"Liquidity.RowOfInstrument[{i}]"), row[i], rows.Count, "a row", least: -1);
        }
    }

    static void CheckStress(ClearingSet set, PropertyFaults at, CancellationToken cancellation)
    {
        at.Names("Stress.Moves", [.. set.Stress.Moves.Select(move => move.Name)]);
        foreach (StressMove move in set.Stress.Moves)
        {
            foreach (FactorShock shock in move.Shocks)
            {
                bool isKnown = at.Index($"Stress.Moves '{move.Name}'", shock.Factor, set.Factors.Count, "a factor");
                at.Number($"Stress.Moves '{move.Name}'", shock.Shock, FactorRule.Shock(isKnown ? set.Factors[shock.Factor].Kind : null));
            }
        }

        if (set.Stress.Model is not { } model)
        {
            return;
        }

        if (set.Stress.Moves.Count > 0)
        {
            at.Add("Stress", null, "moves or a model, not both");
        }

        if (!model.Factors.Select(factor => factor.Name).SequenceEqual(set.Factors.Select(factor => factor.Name)))
        {
            at.Add("Stress.Model.Factors", null, "the factors of the set, in its order");
        }

        FactorValidator.Check(model.Factors, "Stress.Model.Factors", at);
        FactorValidator.CheckCorrelation(model.Correlation, model.Factors.Count, "Stress.Model.Correlation", at, cancellation);
    }
}
