using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>collateral.csv: cash and price factors that accounts have deposited.</summary>
sealed class CollateralReader(CsvCells cells, RunDraft run, FactorTable factors, NameTable accounts, CollateralTerms? terms)
{
    static readonly string[] s_required = ["account", "asset", "quantity"];

    static readonly string[] s_optional = ["currency", "haircut"];

    /// <param name="factors"><see langword="null"/> when the factors' names are not known: assets are not checked.</param>
    /// <param name="accounts">All accounts of positions.csv and accounts.csv.</param>
    /// <param name="terms"><see langword="null"/> when the policy's could not be read: missing haircuts are not judged.</param>
    public static List<CollateralHolding> Read(
        SourceFile file, RunDraft run, FactorTable? factors, NameTable accounts, CollateralTerms? terms, FaultList faults)
    {
        using CsvTable? csv = CsvTable.Open(file, faults);
        List<CollateralHolding> holdings = [];
        if (csv is null || CsvColumns.Find(csv, s_required, s_optional, faults) is not { } columns || factors is null)
        {
            return holdings;
        }

        CollateralReader row = new(new CsvCells(csv, columns, faults), run, factors, accounts, terms);
        while (csv.Next())
        {
            if (csv.IsSound)
            {
                holdings.Add(row.Holding());
            }
        }

        return holdings;
    }

    CollateralHolding Holding()
    {
        int account = Account();
        (int factor, string currency, string asset) = Asset();
        double? quantity = cells.Number("quantity", NumberRule.NotNegative);
        return new CollateralHolding(account, factor, currency, quantity ?? default, Haircut(asset, isKnown: factor >= 0 || IsCurrency(asset)));
    }

    int Account()
    {
        string name = cells.Text("account");
        int account = accounts.IndexOf(cells.Bytes("account"));
        if (name.Length == 0)
        {
            cells.RefuseMissing("account", "an account", null);
        }
        else if (account < 0 && accounts.IsComplete)
        {
            cells.Refuse("account", name, $"an account of positions.csv or accounts.csv{accounts.DidYouMean(name, cells.Faults)}");
        }

        return account;
    }

    /// <summary>A currency wins where a price factor has the same name.</summary>
    (int Factor, string Currency, string Asset) Asset()
    {
        string asset = cells.Text("asset");
        if (asset.Length == 0)
        {
            cells.RefuseMissing("asset", "a currency or a price factor", null);
            return (-1, "", asset);
        }

        if (IsCurrency(asset))
        {
            cells.MustBeEmpty($"'{asset}' is cash", "currency");
            return (-1, asset, asset);
        }

        int factor = Factor(asset);
        string currency = cells.IsEmpty("currency") ? run.Currency ?? "" : cells.Text("currency");
        if (!IsCurrency(currency) && run is { Currency: not null, FxCurrencies: { } known })
        {
            string hint = NearestName.Of(currency, known.Append(run.Currency)) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
            cells.Refuse("currency", currency, $"the run's currency '{run.Currency}' or a currency of fx in run.json{hint}");
        }

        return (factor, currency, asset);
    }

    int Factor(string asset)
    {
        int factor = factors.Resolve(cells.Bytes("asset"), asset, RiskFactorKind.Price, cells.Faults, out string? expected);
        if (expected is not null && run is { Currency: not null, FxCurrencies: { } known })
        {
            string alternative = NearestName.Of(asset, known.Append(run.Currency)) is { } nearest
                ? $"a price factor of {factors.File} (did you mean '{nearest}'?)"
                : expected;
            cells.Refuse("asset", asset, $"the run's currency, a currency of fx in run.json, or {alternative}");
        }

        return factor;
    }

    bool IsCurrency(string name) => name == run.Currency || run.FxCurrencies?.Contains(name) == true;

    double Haircut(string asset, bool isKnown)
    {
        if (!cells.IsEmpty("haircut"))
        {
            return cells.Number("haircut", NumberRule.Share) ?? default;
        }

        if (terms?.Haircuts.TryGetValue(asset, out double haircut) == true)
        {
            return haircut;
        }

        if (terms is { Valuation: CollateralValuation.Haircut } && isKnown && run.Currency is not null && asset != run.Currency)
        {
            cells.Refuse("haircut", null, $"a share from 0 to 1 here or under collateral.haircuts.{asset} of policy.json, because '{asset}' is not cash in run currency and is not simulated");
        }

        return 0;
    }
}
