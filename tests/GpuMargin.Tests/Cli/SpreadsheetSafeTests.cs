using System.Text.Json;
using GpuMargin.Cli;
using GpuMargin.Reporting;
using GpuMargin.Tests.Backtesting;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>Names that a spreadsheet would run get an apostrophe where that is asked for, in every CSV file that has names of the input.</summary>
public sealed class SpreadsheetSafeTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string set;

    public SpreadsheetSafeTests()
    {
        set = SmallSet.WriteTo(folder["set"]);
        Rename("positions.csv", "long,ALFA", "=HYPERLINK(1),ALFA");
        Rename("positions.csv", "covered,", "-2+3,");
    }

    public void Dispose() => folder.Dispose();

    void Rename(string file, string old, string name) =>
        File.WriteAllText(Path.Combine(set, file), File.ReadAllText(Path.Combine(set, file)).Replace(old, name, StringComparison.Ordinal));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("＝1", "'＝1")]
    [InlineData("'=1", "''=1")]
    [InlineData("A=1", "A=1")]
    [InlineData("", "")]
    public void The_apostrophe_can_be_taken_away_again(string name, string cell)
    {
        Assert.Equal(cell, CsvDialect.Name(name, spreadsheetSafe: true));
        Assert.Equal(name, CsvDialect.Name(name, spreadsheetSafe: false));
    }

    [Fact]
    public void A_run_says_so_in_its_record_and_a_replay_repeats_it()
    {
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--spreadsheet-safe", "--quiet").Code);

        string[] rows = File.ReadAllLines(Path.Combine(set, "out", "margins.csv"));
        Assert.StartsWith("'=HYPERLINK(1),1,20000,", rows[1], StringComparison.Ordinal);
        Assert.StartsWith("'-2+3,2,", rows[2], StringComparison.Ordinal);
        Assert.Contains(",-", string.Concat(rows), StringComparison.Ordinal); // numbers stay numbers
        using JsonDocument record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(set, "out", "run-record.json")));
        Assert.True(record.RootElement.GetProperty("spreadsheetSafe").GetBoolean());
        Assert.Equal(new Invocation(ExitCode.Done, Invocation.Of("replay", Path.Combine(set, "out")).Output, ""), Invocation.Of("replay", Path.Combine(set, "out")));
    }

    [Fact]
    public void Without_the_option_names_are_as_they_were_given()
    {
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--quiet").Code);

        Assert.StartsWith("=HYPERLINK(1),", File.ReadAllLines(Path.Combine(set, "out", "margins.csv"))[1], StringComparison.Ordinal);
        Assert.DoesNotContain("spreadsheetSafe", File.ReadAllText(Path.Combine(set, "out", "run-record.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_and_names_of_the_other_files_are_safe_too()
    {
        foreach (string file in (string[])["factors.csv", "correlation.csv", "instruments.csv"])
        {
            Rename(file, "BETA,", "@BETA,");
        }

        Rename("instruments.csv", "option,BETA", "option,@BETA");
        Rename("instruments.csv", "future,BETA", "future,@BETA");
        Invocation.Of("scenarios", set, "--out", folder["s.csv"], "--spreadsheet-safe");
        Invocation.Of("pnl", set, "--all", "--out", folder["p.csv"], "--spreadsheet-safe");
        Invocation.Of("converge", set, "--scenarios-max", "512", "--repeats", "2", "--spreadsheet-safe");

        Assert.StartsWith("scenario,ALFA,'@BETA,VOL", File.ReadLines(folder["s.csv"]).First(), StringComparison.Ordinal);
        Assert.StartsWith("scenario,'=HYPERLINK(1),'-2+3,", File.ReadLines(folder["p.csv"]).First(), StringComparison.Ordinal);
        Assert.Contains(",account,'=HYPERLINK(1),", File.ReadAllText(Path.Combine(set, "out", "convergence.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_roll_has_safe_names_in_its_three_files()
    {
        HistoryFiles.WriteTo(folder.Path);
        File.WriteAllText(folder["positions.csv"], File.ReadAllText(folder["positions.csv"]).Replace("DESK", "=DESK", StringComparison.Ordinal));
        File.WriteAllText(folder["policy.json"], """{"version":1}""");
        File.WriteAllText(folder["accounts.csv"], "account,member,type\n=DESK,@M,client\nOTHER,N,client\n");

        Assert.Equal(ExitCode.Done, Invocation.Of("roll", folder.Path, "--from", HistoryFiles.Date(110), "--to", HistoryFiles.Date(110), "--quiet", "--spreadsheet-safe").Code);

        Assert.Contains(",'=DESK,", File.ReadAllText(folder["out/roll.csv"]), StringComparison.Ordinal);
        Assert.Contains("\n'=DESK,", File.ReadAllText(folder["out/roll-summary.csv"]), StringComparison.Ordinal);
        Assert.Contains(",'@M,'=DESK,", File.ReadAllText(folder["out/roll-requirements.csv"]), StringComparison.Ordinal);
    }
}
