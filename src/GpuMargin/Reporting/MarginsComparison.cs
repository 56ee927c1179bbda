using CsvHelper;
using GpuMargin.ClearingSets;

namespace GpuMargin.Reporting;

/// <summary>First difference of two margins.csv texts, in the reader's terms: account and column.</summary>
static class MarginsComparison
{
    /// <returns>One line, or <see langword="null"/> when the texts are equal in every byte.</returns>
    public static string? FirstDifference(byte[] found, byte[] expected)
    {
        if (found.AsSpan().SequenceEqual(expected))
        {
            return null;
        }

        List<string[]> foundRows = Rows(found), expectedRows = Rows(expected);
        string[] columns = expectedRows[0];
        if (foundRows.Count == 0 || !foundRows[0].AsSpan().SequenceEqual(columns))
        {
            return "the header row differs";
        }

        for (int row = 1; row < Math.Min(foundRows.Count, expectedRows.Count); row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                string there = column < foundRows[row].Length ? foundRows[row][column] : "";
                string here = expectedRows[row][column];
                if (there != here)
                {
                    return $"account {VisibleText.Name(expectedRows[row][0])}, {columns[column]}: the file has {VisibleText.Name(there)}, the replay gives {VisibleText.Name(here)}";
                }
            }
        }

        return foundRows.Count == expectedRows.Count
            ? "quoting or line ends differ, the values are the same"
            : $"the file has {foundRows.Count - 1} accounts, the replay gives {expectedRows.Count - 1}";
    }

    static List<string[]> Rows(byte[] text)
    {
        var rows = new List<string[]>();
        using var csv = CsvReader.Create(text, new CsvReaderOptions { HasHeader = false });
        while (csv.Read())
        {
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        }

        return rows;
    }
}
