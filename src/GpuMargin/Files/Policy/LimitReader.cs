using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>limits.csv: amounts of accounts, netting sets and members that may not be exceeded.</summary>
sealed class LimitReader(CsvCells cells, LimitNames? names, bool hasPolicy, bool hasMembers)
{
    public const string FileName = "limits.csv";

    static readonly string[] s_required = ["scope", "name", "measure", "kind", "threshold"];

    readonly HashSet<(LimitScope Scope, string Name, LimitMeasure Measure, LimitKind Kind)> known = [];

    /// <param name="accounts">All accounts of positions.csv and accounts.csv.</param>
    /// <param name="terms">Those of accounts.csv; empty without it.</param>
    public static MarginLimit[] Read(ClearingSetFolder files, NameTable accounts, AccountTerms[] terms, FaultList faults)
    {
        if (!files.Has(FileName) || files.Open(FileName, "limits") is not { } file)
        {
            return [];
        }

        using CsvTable? csv = CsvTable.Open(file, faults);
        List<MarginLimit> limits = [];
        if (csv is null || CsvColumns.Find(csv, s_required, [], faults) is not { } columns)
        {
            return [];
        }

        // A name that accounts.csv lost, or a member that it could not say, may be the one that a row names.
        bool hasMembers = files.Has(PolicyFiles.Accounts);
        bool complete = accounts.IsComplete && hasMembers == (terms.Length > 0) && terms.All(its => its.Member.Length > 0);
        LimitReader row = new(
            new CsvCells(csv, columns, faults), complete ? new LimitNames(accounts.Names, terms) : null, files.Has(PolicyReader.FileName), hasMembers);
        while (csv.Next())
        {
            if (csv.IsSound && row.Limit() is { } limit)
            {
                limits.Add(limit);
            }
        }

        return [.. limits];
    }

    /// <returns><see langword="null"/> after a fault.</returns>
    MarginLimit? Limit()
    {
        LimitScope? scope = cells.Word("scope", LimitWords.Scopes);
        LimitMeasure? measure = cells.Word("measure", LimitWords.Measures);
        LimitKind? kind = cells.Word("kind", LimitWords.Kinds);
        if (scope == LimitScope.Member && !hasMembers)
        {
            cells.Refuse("scope", cells.Text("scope"), $"'account', because there is no {PolicyFiles.Accounts}");
            scope = null;
        }

        if (measure is { } asked && LimitWords.IsOfRequirement(asked) && !hasPolicy)
        {
            cells.Refuse("measure", cells.Text("measure"), $"a measure of accounts, because there is no {PolicyReader.FileName}: 'value', 'var', 'es' or 'margin'");
            measure = null;
        }

        if (kind == LimitKind.Relative && !hasPolicy)
        {
            cells.Refuse("kind", cells.Text("kind"), $"'absolute' or 'change', because there is no {PolicyReader.FileName}");
            kind = null;
        }

        string? name = Name(scope, measure);
        double? threshold = kind is { } its ? cells.Number("threshold", LimitWords.Threshold(its)) : null;
        if (scope is null || measure is null || kind is null || name is null)
        {
            return null;
        }

        if (!known.Add((scope.Value, name, measure.Value, kind.Value)))
        {
            cells.Refuse("name", cells.Text("name"), "a name that no row above of the same scope, measure and kind has");
        }

        return threshold is { } bound ? new MarginLimit(scope.Value, name, measure.Value, kind.Value, bound) : null;
    }

    string? Name(LimitScope? scope, LimitMeasure? measure)
    {
        string name = cells.Text("name");
        if (name.Length == 0)
        {
            cells.RefuseMissing("name", scope is { } its && measure is { } of ? LimitNames.Phrase(its, of) : "a name", null);
            return null;
        }

        if (scope is not { } where || measure is not { } what || names is null)
        {
            return name;
        }

        if (names.Of(where, what, name) is { } found)
        {
            return found;
        }

        string hint = cells.Faults.MaySearch() && names.Nearest(where, what, name) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
        cells.Refuse("name", name, LimitNames.Phrase(where, what) + hint);
        return null;
    }
}
