using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Validation;

namespace GpuMargin.Files;

static class CorrelationReader
{
    public const string LabelColumn = FactorRule.LabelColumn;

    /// <returns>[factor, factor] in the order of factors.csv; <see langword="null"/> when there are faults.</returns>
    public static double[,]? Read(SourceFile file, FactorTable factors, FaultList faults)
    {
        int faultsBefore = faults.Count;
        using CsvTable? csv = CsvTable.Open(file, faults);
        if (csv is null)
        {
            return null;
        }

        List<string> unknownColumns = [];
        List<string> unknownRows = [];
        int[] factorOfColumn = FactorHeader.Find(csv, LabelColumn, factors, unknownColumns, faults);
        int label = csv.Headers.ToList().IndexOf(LabelColumn);
        if (label < 0)
        {
            return null;
        }

        int count = factors.Names.Names.Count;
        CorrelationEntries entries = new(count);
        while (csv.Next())
        {
            ReadRow(csv, label, factorOfColumn, factors, entries, unknownRows, faults);
        }

        // A mistyped name is one fault: the factor it was meant to be is not reported as missing too.
        for (int factor = 0; factors.Names.IsComplete && factor < count; factor++)
        {
            string name = factors.Names.Names[factor];
            if (!factorOfColumn.Contains(factor) && !unknownColumns.Any(unknown => NearestName.IsNear(unknown, name)))
            {
                faults.Add(csv.File, csv.HeaderLine, name, null, $"a column for factor '{name}' ({factors.File}, line {factors.Lines[factor]})");
            }

            if (entries.Line[factor] == 0 && !unknownRows.Any(unknown => NearestName.IsNear(unknown, name)))
            {
                faults.Add(csv.File, null, null, null, $"a row for factor '{name}' ({factors.File}, line {factors.Lines[factor]})");
            }
        }

        CheckSymmetry(csv.File, factors, entries, faults);
        return faults.Count == faultsBefore && factors.Names.IsComplete ? entries.Symmetric() : null;
    }

    static void ReadRow(
        CsvTable csv, int label, int[] factorOfColumn, FactorTable factors, CorrelationEntries entries, List<string> unknown, FaultList faults)
    {
        int row = factors.Names.IndexOf(csv.Bytes(label));
        if (!csv.IsSound)
        {
            entries.Reserve(row, csv.Line);
            return;
        }

        if (row < 0)
        {
            string name = csv.Text(label);
            if (!factors.Names.IsComplete)
            {
                return;
            }

            unknown.Add(name);
            faults.Add(csv.File, csv.Line, LabelColumn, name, $"a factor of {factors.File}{factors.Names.DidYouMean(name, faults)}");
            return;
        }

        if (entries.Line[row] != 0)
        {
            faults.Add(csv.File, csv.Line, LabelColumn, csv.Text(label), FormattableString.Invariant($"one row per factor (line {entries.Line[row]} has it already)"));
            return;
        }

        entries.Reserve(row, csv.Line);
        for (int at = 0; at < factorOfColumn.Length; at++)
        {
            if (factorOfColumn[at] is var column and >= 0)
            {
                bool isNumber = NumberText.TryRead(csv.Bytes(at), out double value);
                string? expected =
                    csv.Bytes(at).IsEmpty ? $"{NumberRule.Correlation.Phrase} (the cell is empty)"
                    : !isNumber || !NumberRule.Correlation.Holds(value) ? NumberRule.Correlation.Phrase + NumberText.Diagnosis(csv.Bytes(at))
                    : row == column && Math.Abs(value - 1) > CorrelationRule.SymmetryTolerance ? "1 on the diagonal"
                    : null;
                if (expected is null)
                {
                    entries.Value[row, column] = value;
                }
                else
                {
                    faults.Add(csv.File, csv.Line, csv.Headers[at], csv.Bytes(at).IsEmpty ? null : csv.Text(at), expected);
                }
            }
        }
    }

    static void CheckSymmetry(string file, FactorTable factors, CorrelationEntries entries, FaultList faults)
    {
        for (int i = 0; i < entries.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // NaN, an entry that was not read, is not compared.
                if (Math.Abs(entries.Value[i, j] - entries.Value[j, i]) > CorrelationRule.SymmetryTolerance)
                {
                    (int later, int earlier) = entries.Line[i] > entries.Line[j] ? (i, j) : (j, i);
                    faults.Add(
                        file,
                        entries.Line[later],
                        factors.Names.Names[earlier],
                        FormattableString.Invariant($"{entries.Value[later, earlier]}"),
                        FormattableString.Invariant($"a symmetric matrix: line {entries.Line[earlier]} has {entries.Value[earlier, later]} in column {factors.Names.Names[later]}"));
                }
            }
        }
    }
}
