using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Validation;

namespace GpuMargin.Files;

/// <summary>residuals.csv: one column per factor, one row per day.</summary>
static class ResidualReader
{
    /// <returns>Residuals by factor, empty for factors whose marginal is not empirical.</returns>
    public static double[][] Read(SourceFile file, FactorTable factors, FaultList faults)
    {
        List<double>[] residuals = [.. factors.Names.Names.Select(_ => new List<double>())];
        using CsvTable? csv = CsvTable.Open(file, faults);
        if (csv is null)
        {
            return [];
        }

        List<string> unknown = [];
        int[] factorOfColumn = FactorHeader.Find(csv, null, factors, unknown, faults);
        HashSet<int> faulty = [];
        while (csv.Next())
        {
            for (int at = 0; csv.IsSound && at < factorOfColumn.Length; at++)
            {
                if (factorOfColumn[at] is not (var factor and >= 0))
                {
                    continue;
                }

                ReadOnlySpan<byte> text = csv.Bytes(at);
                if (NumberText.TryRead(text, out double value))
                {
                    residuals[factor].Add(value);
                    continue;
                }

                faulty.Add(factor);
                string problem = text.IsEmpty ? " (the cell is empty)" : NumberText.Diagnosis(text);
                faults.Add(csv.File, csv.Line, csv.Headers[at], text.IsEmpty ? null : csv.Text(at), NumberRule.Finite.Phrase + problem);
            }
        }

        if (csv.Rows < FactorRule.FewestResiduals)
        {
            faults.Add(csv.File, null, null, FormattableString.Invariant($"{csv.Rows} {(csv.Rows == 1 ? "row" : "rows")}"), "at least 2 rows (days) below the header");
            return [];
        }

        foreach (RiskFactor factor in factors.Factors.Where(factor => factor.Marginal == MarginalFamily.Empirical))
        {
            int index = factors.Names.IndexOf(factor.Name);
            string reason = $"factor '{factor.Name}' has an empirical marginal ({factors.File}, line {factors.Lines[index]})";
            if (!factorOfColumn.Contains(index))
            {
                if (unknown.Any(name => NearestName.IsNear(name, factor.Name)))
                {
                    continue;
                }

                faults.Add(csv.File, csv.HeaderLine, factor.Name, null, $"a column '{factor.Name}', because {reason}");
            }
            else if (!faulty.Contains(index) && residuals[index].Count >= FactorRule.FewestResiduals && !FactorRule.Vary(residuals[index]))
            {
                faults.Add(csv.File, csv.HeaderLine, factor.Name, FormattableString.Invariant($"{residuals[index][0]} to {residuals[index].Max()}"), $"values with a finite variance greater than 0, because {reason}");
            }
        }

        return [.. residuals.Select(column => column.ToArray())];
    }
}
