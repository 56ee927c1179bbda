using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>accounts.csv: who an account belongs to and what it nets with.</summary>
static class AccountReader
{
    static readonly string[] s_required = ["account", "member", "type"];

    static readonly string[] s_optional = ["netting_set", "mode"];

    /// <summary>Keeps the place of an account whose row is faulty or missing.</summary>
    static readonly AccountTerms s_unknown = new() { Member = "", Type = default, NettingSet = "" };

    /// <param name="accounts">Those of positions.csv; gains the file's others, which hold no position.</param>
    /// <returns>Terms in the order of <paramref name="accounts"/>; meaningful when there are no faults.</returns>
    public static AccountTerms[] Read(SourceFile file, NameTable accounts, FaultList faults)
    {
        using CsvTable? csv = CsvTable.Open(file, faults);
        if (csv is null || CsvColumns.Find(csv, s_required, s_optional, faults) is not { } columns)
        {
            accounts.LoseName();
            return [];
        }

        NameTable listed = new();
        List<(AccountTerms Terms, int Line)> rows = [];
        Dictionary<string, int> nettingSets = [];
        CsvCells cells = new(csv, columns, faults);
        while (csv.Next())
        {
            bool readOn = cells.Register("account", listed, out int index);
            if (readOn)
            {
                AccountTerms terms = Row(cells, listed.Names[index]);
                if (nettingSets.TryGetValue(terms.NettingSet, out int first))
                {
                    CheckSame(cells, rows[first].Terms, terms, rows[first].Line);
                }
                else if (terms.NettingSet.Length > 0)
                {
                    nettingSets.Add(terms.NettingSet, rows.Count);
                }

                rows.Add((terms, csv.Line));
            }
            else
            {
                // A name that an unsound row made known keeps its place.
                while (rows.Count < listed.Names.Count)
                {
                    rows.Add((s_unknown, csv.Line));
                }
            }
        }

        CheckComplete(csv.File, accounts, listed, [.. rows.Select(row => row.Line)], faults);
        return InOrder(accounts, listed, rows);
    }

    static AccountTerms Row(CsvCells cells, string account)
    {
        MarginMode mode = cells.IsEmpty("mode") ? MarginMode.Cross : cells.Word("mode", PolicyWords.Modes) ?? default;
        string nettingSet = cells.IsEmpty("netting_set") ? account : Name(cells, "netting_set", "a netting set");
        if (mode == MarginMode.Isolated && nettingSet != account)
        {
            cells.Refuse("netting_set", nettingSet, "an empty cell, because mode is 'isolated': each position is margined alone");
            nettingSet = account;
        }

        return new AccountTerms
        {
            Member = Name(cells, "member", "a clearing member"),
            Type = cells.Word("type", PolicyWords.AccountTypes) ?? default,
            NettingSet = nettingSet,
            Mode = mode,
        };
    }

    static string Name(CsvCells cells, string column, string phrase)
    {
        string name = cells.Text(column);
        if (name.Length == 0)
        {
            cells.RefuseMissing(column, phrase, null);
        }
        else if (NameRule.Breach(name) is { } breach)
        {
            cells.Refuse(column, name, breach);
        }

        return name;
    }

    /// <summary>What is netted belongs together (EMIR Art. 39 keeps house and client apart).</summary>
    static void CheckSame(CsvCells cells, AccountTerms first, AccountTerms terms, int line)
    {
        string reason = FormattableString.Invariant($"because netting set '{terms.NettingSet}' has it in line {line}");
        if (terms.Member != first.Member)
        {
            cells.Refuse("member", terms.Member, $"'{first.Member}', {reason}");
        }

        if (terms.Type != first.Type)
        {
            cells.Refuse("type", cells.Text("type"), $"'{PolicyWords.AccountTypes.WordOf(first.Type)}', {reason}");
        }

        if (terms.Mode == MarginMode.Isolated && first.Mode == MarginMode.Cross)
        {
            cells.Refuse("mode", cells.Text("mode"), $"'cross', {reason}");
        }
        else if (first.Mode == MarginMode.Isolated)
        {
            cells.Refuse("netting_set", terms.NettingSet, FormattableString.Invariant($"a netting set without isolated accounts (line {line} is isolated)"));
        }
    }

    /// <summary>Every account of positions.csv has a row. An account without positions is no fault, unless it is a mistyped name of one that misses its row.</summary>
    static void CheckComplete(string file, NameTable accounts, NameTable listed, int[] lines, FaultList faults)
    {
        if (!listed.IsComplete)
        {
            return;
        }

        List<string> empty = [.. listed.Names.Where(name => accounts.IndexOf(name) < 0)];
        foreach (string account in accounts.Names.Where(name => name.Length > 0 && listed.IndexOf(name) < 0))
        {
            if (faults.MaySearch() && NearestName.Of(account, empty) is { } mistyped)
            {
                empty.Remove(mistyped);
                faults.Add(file, lines[listed.IndexOf(mistyped)], "account", mistyped, $"an account of positions.csv (did you mean '{account}'?)");
            }
            else
            {
                faults.Add(file, null, "account", null, $"a row for account '{account}' of positions.csv");
            }
        }
    }

    static AccountTerms[] InOrder(NameTable accounts, NameTable listed, List<(AccountTerms Terms, int Line)> rows)
    {
        foreach (string name in listed.Names)
        {
            accounts.Add(name);
        }

        if (!listed.IsComplete)
        {
            accounts.LoseName();
        }

        return [.. accounts.Names.Select(name => listed.IndexOf(name) is var row and >= 0 ? rows[row].Terms : s_unknown)];
    }
}
