using System.Globalization;
using CsvHelper;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>The rows of accounts.csv, collateral.csv, liquidity.csv, limits.csv and stress.csv.</summary>
static class PolicyTables
{
    public static void WriteAccounts(CsvWriter csv, ClearingSet set)
    {
        csv.WriteRecord("account", "member", "type", "netting_set", "mode");
        for (int account = 0; account < set.AccountTerms.Count; account++)
        {
            AccountTerms terms = set.AccountTerms[account];
            csv.WriteRecord(
                set.Accounts[account],
                terms.Member,
                PolicyWords.AccountTypes.WordOf(terms.Type),
                terms.Mode == MarginMode.Isolated ? "" : terms.NettingSet,
                PolicyWords.Modes.WordOf(terms.Mode));
        }
    }

    public static void WriteCollateral(CsvWriter csv, ClearingSet set)
    {
        csv.WriteRecord("account", "asset", "quantity", "currency", "haircut");
        foreach (CollateralHolding holding in set.Collateral)
        {
            bool cash = holding.Factor < 0;
            csv.WriteRecord(
                set.Accounts[holding.Account],
                cash ? holding.Currency : set.Factors[holding.Factor].Name,
                Text(holding.Quantity),
                cash ? "" : holding.Currency,
                Text(holding.Haircut));
        }
    }

    public static void WriteLiquidity(CsvWriter csv, ClearingSet set)
    {
        bool dated = set.Liquidity.Rows.Any(row => row.From != DateTimeOffset.MinValue);
        string[] columns = ["instrument", "underlying", "half_spread", "average_daily_volume", "impact"];
        csv.WriteRecord(dated ? [.. columns, "date"] : columns);
        foreach (LiquidityTerms row in set.Liquidity.Rows)
        {
            string[] cells =
            [
                row.Instrument < 0 ? "" : set.Instruments[row.Instrument].Name,
                row.Underlying < 0 ? "" : set.Factors[row.Underlying].Name,
                Text(row.HalfSpread),
                Text(row.AverageDailyVolume),
                Text(row.Impact),
            ];
            csv.WriteRecord(dated ? [.. cells, row.From == DateTimeOffset.MinValue ? "" : ClearingSetWriter.DateTimeText(row.From)] : cells);
        }
    }

    public static void WriteLimits(CsvWriter csv, ClearingSet set)
    {
        csv.WriteRecord("scope", "name", "measure", "kind", "threshold");
        foreach (MarginLimit limit in set.Limits)
        {
            csv.WriteRecord(
                LimitWords.Scopes.WordOf(limit.Scope), limit.Name, LimitWords.Measures.WordOf(limit.Measure), LimitWords.Kinds.WordOf(limit.Kind), Text(limit.Threshold));
        }
    }

    public static void WriteStressMoves(CsvWriter csv, ClearingSet set)
    {
        csv.WriteRecord("scenario", "factor", "shock");
        foreach (StressMove move in set.Stress.Moves)
        {
            foreach (FactorShock shock in move.Shocks)
            {
                csv.WriteRecord(move.Name, set.Factors[shock.Factor].Name, Text(shock.Shock));
            }
        }
    }

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
