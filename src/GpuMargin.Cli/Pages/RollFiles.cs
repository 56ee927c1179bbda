using System.Globalization;
using CsvHelper;
using GpuMargin.Files.Commits;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Pages;

/// <summary>The files of a roll, read for a page. They have no record, so nothing vouches for them.</summary>
/// <param name="OfMembers">Accounts with a requirement, each with a member.</param>
sealed record RollFiles(IReadOnlyList<RollFiles.DayRow> Days, IReadOnlyList<RollRow> Summary, IReadOnlyList<(string Account, string Member)> OfMembers)
{
    /// <exception cref="CommandRefusedException">A file is missing, or no file of a roll.</exception>
    public static RollFiles Read(string folder, CancellationToken cancellation)
    {
        using SettledFolder files = SettledFolder.Open(folder, cancellation);
        return new RollFiles(
            Rows(RollCsv.FileName, RollCsv.Columns, row => new DayRow(
                DateTimeOffset.ParseExact(row("day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                row("account"), Number(row("margin")), -Number(row("pnl")), row("exceedance") == "1")),
            Rows(RollSummaryCsv.FileName, RollSummaryCsv.Columns, row => new RollRow(
                row("account"), row("requirement"), Number(row("mean")), Number(row("highest")),
                row("periods").Length == 0 ? null : (int)Number(row("periods")), (int)Number(row("exceedances")), row("p_value").Length == 0 ? null : Number(row("p_value")))),
            files.Has(RollRequirementsCsv.FileName)
                ? [.. Rows(RollRequirementsCsv.FileName, [.. RollRequirementsCsv.OwnColumns, "member"], row => (row("account"), row("member"))).Distinct()]
                : []);

        List<T> Rows<T>(string name, IReadOnlyList<string> columns, Func<Func<string, string>, T> parse)
        {
            string file = Path.Combine(folder, name);
            if (!files.Has(name))
            {
                throw new CommandRefusedException($"{file}: not found, expected the folder of a roll");
            }

            using var csv = CsvReader.Create(files.Read(name), new CsvReaderOptions { HasHeader = false });
            List<T> rows = [];
            Dictionary<string, int> places = [];
            for (int line = 1; csv.Read(); line++)
            {
                try
                {
                    if (line == 1)
                    {
                        places = Enumerable.Range(0, csv.FieldCount).ToLookup(csv.GetString).ToDictionary(place => place.Key, place => place.First());
                        _ = columns.All(places.ContainsKey) ? true : throw new FormatException("other columns");
                    }
                    else
                    {
                        rows.Add(parse(column => csv.GetString(places[column])));
                    }
                }
                catch (Exception problem) when (problem is FormatException or ArgumentOutOfRangeException or IndexOutOfRangeException)
                {
                    throw new CommandRefusedException(Text.Invariant($"{file}:{line}: not what a roll writes, expected its columns {string.Join(", ", columns)}"));
                }
            }

            return rows;
        }
    }

    /// <summary>What the files say of some accounts.</summary>
    /// <param name="accounts"><see langword="null"/>: of all.</param>
    /// <param name="member">Whose accounts they are; where the roll has members, only accounts that are this one's on all days.</param>
    public RollPart Of(IReadOnlySet<string>? accounts, string? member)
    {
        HashSet<string>? own = member is null || OfMembers.Count == 0 ? null : [.. OfMembers.Where(row => row.Member == member).Select(row => row.Account).Except(OfMembers.Where(row => row.Member != member).Select(row => row.Account))];
        DayRow[] rows = [.. Days.Where(row => Has(row.Account))];
        IGrouping<DateTimeOffset, DayRow>[] byDay = [.. rows.GroupBy(row => row.Day)];
        return new RollPart(
            [.. byDay.Select(day => day.Key)],
            [.. byDay.Select(day => day.Sum(row => row.Margin))],
            [.. byDay.Select(day => Math.Max(day.Sum(row => row.Loss), 0))],
            [.. Summary.Where(row => row is { Account.Length: > 0, Periods: not null } && Has(row.Account)).OrderByDescending(row => row.Exceedances)],
            [.. rows.Where(row => row.Exceeds).OrderByDescending(row => row.Loss).Select(row => new RollExceedance(row.Day, row.Account, row.Loss))]);

        bool Has(string account) => (accounts?.Contains(account) ?? true) && (own?.Contains(account) ?? true);
    }

    static double Number(string cell) => cell.Length == 0 ? 0 : double.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>A row of roll.csv.</summary>
    public sealed record DayRow(DateTimeOffset Day, string Account, double Margin, double Loss, bool Exceeds);
}
