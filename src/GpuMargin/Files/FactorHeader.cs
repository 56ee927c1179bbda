using System.Text;

namespace GpuMargin.Files;

/// <summary>A header row that names factors: where each factor's column stands.</summary>
static class FactorHeader
{
    /// <param name="label">Column that holds the rows' names; <see langword="null"/> when there is none.</param>
    /// <param name="unknown">Gathers names that are no factor's.</param>
    /// <returns>Factor per column, in column order; −1 for the label and for faulty columns.</returns>
    public static int[] Find(CsvTable table, string? label, FactorTable factors, List<string> unknown, FaultList faults)
    {
        int[] factorOfColumn = new int[table.Headers.Count];
        bool[] seen = new bool[factors.Names.Names.Count];
        bool labelSeen = label is null;
        for (int column = 0; column < factorOfColumn.Length; column++)
        {
            string name = table.Headers[column];
            factorOfColumn[column] = -1;
            if (name == label && !labelSeen)
            {
                labelSeen = true;
            }
            else if (factors.Names.IndexOf(Encoding.UTF8.GetBytes(name)) is var factor && factor < 0)
            {
                if (column == 0 && label is not null && !table.Headers.Contains(label))
                {
                    labelSeen = true;
                    faults.Add(table.File, table.HeaderLine, null, name, $"'{label}', the column with the rows' names{table.BlankHint(column)}");
                }
                else if (factors.Names.IsComplete)
                {
                    unknown.Add(name);
                    faults.Add(table.File, table.HeaderLine, null, name, $"a factor of {factors.File}{factors.Names.DidYouMean(name, faults)}{table.BlankHint(column)}");
                }
            }
            else if (name == label || seen[factor])
            {
                faults.Add(table.File, table.HeaderLine, name, name, "each column once");
            }
            else
            {
                seen[factor] = true;
                factorOfColumn[column] = factor;
            }
        }

        if (!labelSeen)
        {
            faults.Add(table.File, table.HeaderLine, label, null, $"a column '{label}' with the rows' names in the header");
        }

        return factorOfColumn;
    }
}
