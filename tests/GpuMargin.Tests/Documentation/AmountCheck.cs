using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuMargin.Tests.Documentation;

/// <summary>Numbers of a page's text against what its examples print and write.</summary>
/// <remarks>
/// A number with a thousands separator is founded when an example of the page prints it, or when a check of the page has it. A check is a comment,
/// <c>&lt;!-- check FILE ROW: 746,991 = 4 * dependence; 4 % = 100 * (collateral / requirement - 1) --&gt;</c>: FILE is a CSV that an example wrote, ROW a cell of
/// the first column or <c>*</c> for the sum of each column, and an expression over the columns has to give the number as far as it is written out.
/// A paragraph or table followed by <c>&lt;!-- given --&gt;</c> has settings, limits or definitions; by <c>&lt;!-- measured: … --&gt;</c> results of runs that no test can repeat.
/// </remarks>
static partial class AmountCheck
{
    internal static IReadOnlyList<string> Unfounded(Page page, PageRun run)
    {
        string prose = Block.Prose(page.Text);
        string[] checks = [.. Check().Matches(prose).SelectMany(check => Checked(check, run.Folder))];
        HashSet<string> founded = [.. Amount().Matches(run.Output).Select(amount => amount.Value)];
        founded.UnionWith(Check().Matches(prose).SelectMany(check => Amount().Matches(check.Value)).Select(amount => amount.Value));
        string[] unfounded =
        [
            .. from paragraph in Paragraph().Split(prose)
               where !Exempt().IsMatch(paragraph)
               from Match amount in Amount().Matches(paragraph)
               where !founded.Contains(amount.Value)
               select $"{amount.Value}: no example of the page prints it",
        ];
        return [.. checks, .. unfounded];
    }

    /// <returns>What is not as the check says.</returns>
    static IEnumerable<string> Checked(Match check, string folder)
    {
        string file = Path.Combine(folder, check.Groups["file"].Value);
        if (!File.Exists(file))
        {
            yield return $"{check.Value}: no example writes that file";
            yield break;
        }

        using DataTable row = Row(file, check.Groups["row"].Value);
        foreach (string equation in check.Groups["equations"].Value.Split(';', StringSplitOptions.TrimEntries))
        {
            string[] sides = equation.Split('=', 2, StringSplitOptions.TrimEntries);
            string written = sides[0].TrimEnd(' ', '%').Replace(",", "", StringComparison.Ordinal);
            double found = Value(row, sides[1]);
            int decimals = written.Contains('.', StringComparison.Ordinal) ? written.Length - written.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            if (Math.Round(found, decimals, MidpointRounding.AwayFromZero) != double.Parse(written, CultureInfo.InvariantCulture))
            {
                yield return FormattableString.Invariant($"{equation}: it is {found}");
            }
        }
    }

    static double Value(DataTable row, string expression)
    {
        using DataColumn column = new("\u0001", typeof(double), expression);
        row.Columns.Add(column);
        double value = (double)row.Rows[0][column];
        row.Columns.Remove(column);
        return value;
    }

    // One row with the numbers of a row of the file, or with the sums of its columns.
    static DataTable Row(string file, string name)
    {
        DataTable table = new() { Locale = CultureInfo.InvariantCulture };
        DataRow sums = table.NewRow();
        string[][] rows = [.. File.ReadLines(file).Select(Cells)];
        for (int column = 1; column < rows[0].Length; column++)
        {
            table.Columns.Add(rows[0][column], typeof(double));
            sums[rows[0][column]] = rows.Skip(1)
                .Where(row => name == "*" || row[0] == name)
                .Sum(row => double.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : 0);
        }

        table.Rows.Add(sums);
        return table;
    }

    static string[] Cells(string line) => line.Split(',');

    [GeneratedRegex(@"(?<![\d.,])\d{1,3}(,\d{3})+(\.\d+)?(?![\d])")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"<!-- (given|measured: [^>]+) -->")]
    private static partial Regex Exempt();

    [GeneratedRegex(@"<!-- check (?<file>\S+) (?<row>[^:]+):\s(?<equations>[^>]*?) -->", RegexOptions.Singleline)]
    private static partial Regex Check();
}
