using System.Globalization;
using CsvHelper;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Reporting;

/// <summary>margins.csv read back, without requirements.</summary>
static class MarginsCsvReader
{
    /// <param name="spreadsheetSafe">Whether names were written as <see cref="CsvDialect.Name"/> makes them for spreadsheets.</param>
    /// <exception cref="FormatException">Not a margins.csv.</exception>
    public static AccountMargin[] Read(byte[] text, bool spreadsheetSafe)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions { HasHeader = false });
        List<AccountMargin> accounts = [];
        int columns = MarginsCsv.Columns.Count, scenarios = -1, trusted = -1;
        for (bool isHeader = true; csv.Read(); isHeader = false)
        {
            string[] row = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
            if (row.Length < columns || (isHeader && !row.Take(columns).SequenceEqual(MarginsCsv.Columns)))
            {
                throw new FormatException("the columns are others");
            }

            if (isHeader)
            {
                (scenarios, trusted) = (Array.IndexOf(row, MarginsCsv.ScenariosColumn), Array.IndexOf(row, MarginsCsv.TrustedColumn));
            }
            else
            {
                accounts.Add(Account(row[..columns], spreadsheetSafe) with
                {
                    Scenarios = scenarios < 0 ? null : int.Parse(row[scenarios], CultureInfo.InvariantCulture),
                    ExpectedShortfallTrusted = trusted < 0 || row[trusted] == "true",
                });
            }
        }

        return [.. accounts];
    }

    static AccountMargin Account(string[] row, bool spreadsheetSafe)
    {
        double[] amounts = [.. row.Skip(2).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        return new AccountMargin(
            CsvDialect.NameOf(row[0], spreadsheetSafe),
            int.Parse(row[1], CultureInfo.InvariantCulture),
            amounts[0],
            new Estimate(amounts[1], amounts[2], amounts[3]),
            new Estimate(amounts[4], amounts[5], amounts[6]),
            amounts[7]);
    }
}
