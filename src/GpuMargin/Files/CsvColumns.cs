using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Places of the known columns in a file.</summary>
sealed class CsvColumns
{
    readonly Dictionary<string, int> positions;

    CsvColumns(Dictionary<string, int> positions) => this.positions = positions;

    /// <returns>−1 when the file has no such column.</returns>
    public int this[string name] => positions.GetValueOrDefault(name, -1);

    /// <summary>Finds the columns; a fault for each one that is unknown, twice there, or required and missing.</summary>
    /// <returns><see langword="null"/> when the file's rows cannot be understood.</returns>
    public static CsvColumns? Find(CsvTable table, string[] required, string[] optional, FaultList faults)
    {
        int faultsBefore = faults.Count;
        string[] known = [.. required, .. optional];
        Dictionary<string, int> positions = [];
        HashSet<string> suggested = [];
        for (int column = 0; column < table.Headers.Count; column++)
        {
            string name = table.Headers[column];
            if (!known.Contains(name))
            {
                string nearest = NearestName.Of(name, known.Except(table.Headers).DefaultIfEmpty(known[0]), closeOnly: false) ?? known[0];
                if (NearestName.IsNear(name, nearest))
                {
                    suggested.Add(nearest);
                }

                faults.Add(table.File, table.HeaderLine, null, name, $"a column of {table.File}, the nearest is '{nearest}'{table.BlankHint(column)}");
            }
            else if (!positions.TryAdd(name, column))
            {
                faults.Add(table.File, table.HeaderLine, name, name, "each column once");
            }
        }

        // A mistyped header cell is one fault: the column it was meant to be is not reported as missing too.
        foreach (string name in required.Where(name => !positions.ContainsKey(name) && !suggested.Contains(name)))
        {
            faults.Add(table.File, table.HeaderLine, name, null, $"a column '{name}' in the header");
        }

        return faults.Count == faultsBefore ? new CsvColumns(positions) : null;
    }
}
