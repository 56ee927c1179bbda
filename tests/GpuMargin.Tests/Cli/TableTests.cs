using System.Text.RegularExpressions;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>Rows, order and columns of the tables that <c>run</c> shows.</summary>
public sealed partial class TableTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string set;

    public TableTests()
    {
        set = SmallSet.WriteTo(folder["set"]);
        Write("policy.json", """{"version":1}""");
        Write("accounts.csv", "account,member,type,netting_set\nlong,Northern,client,desk\ncovered,Northern,client,hedge\n\"short, volatile\",Harbour,house,\n");
        Write("collateral.csv", "account,asset,quantity\nlong,USD,1000000\ncovered,USD,50000\n\"short, volatile\",USD,100\n");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("name", "covered|long|short, volatile", "desk|hedge|short, volatile")]
    [InlineData("value", "long|covered|short, volatile", null)]
    [InlineData("margin", "short, volatile|long|covered", null)]
    [InlineData("collateral", null, "desk|hedge|short, volatile")]
    [InlineData("requirement", null, "short, volatile|desk|hedge")]
    public void Sorted_by_a_column(string order, string? accounts, string? nettingSets)
    {
        Invocation run = Run("--sort", order);

        Assert.Equal(accounts ?? "short, volatile|long|covered", string.Join('|', Names(run, "margin by account")));
        Assert.Equal(nettingSets ?? "short, volatile|desk|hedge", string.Join('|', Names(run, "requirement by netting set")));
    }

    [Fact]
    public void Top_bounds_every_table_and_says_how_many_are_left()
    {
        Invocation run = Run("--top", "1");

        Assert.Equal(["short, volatile"], Names(run, "margin by account"));
        Assert.Equal(["short, volatile"], Names(run, "requirement by netting set"));
        Assert.Contains("… and 2 more in ", run.Output, StringComparison.Ordinal);
        Assert.Contains("… and 1 more in ", run.Output, StringComparison.Ordinal); // members
        Assert.Contains("\n3 accounts, ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--account", "covered", "covered", "hedge", "Northern")]
    [InlineData("--member", "Northern", "long|covered", "desk|hedge", "Northern")]
    [InlineData("--member", "Harbour", "short, volatile", "short, volatile", "Harbour")]
    public void Accounts_and_members_are_shown_alone(string option, string name, string accounts, string nettingSets, string member)
    {
        Run("--out", folder["earlier"]);
        string positions = Path.Combine(set, "positions.csv");
        File.WriteAllText(positions, File.ReadAllText(positions).Replace(",200", ",300", StringComparison.Ordinal).Replace("-1\n", "-2\n", StringComparison.Ordinal).Replace("-50", "-60", StringComparison.Ordinal));

        Invocation run = Run(option, name, "--since", folder["earlier"]);

        Assert.Equal(accounts.Split('|').Order(), Names(run, "margin by account").Order());
        Assert.Equal(accounts.Split('|').Order(), Names(run, "change of margin by account").Order());
        Assert.Equal(nettingSets.Split('|'), Names(run, "requirement by netting set").Order());
        Assert.Equal(nettingSets.Split('|'), Names(run, "change of requirement by netting set").Order());
        Assert.Equal([member], Names(run, "requirement by clearing member"));
    }

    [Fact]
    public void Files_have_all_rows_whatever_the_tables_show()
    {
        Run();
        byte[] all = File.ReadAllBytes(folder["out/margins.csv"]);

        Run("--account", "long", "--sort", "name", "--top", "1");

        Assert.Equal(all, File.ReadAllBytes(folder["out/margins.csv"]));
    }

    [Theory]
    [InlineData("--account: no account is called 'lng'; the nearest is 'long'", "--account", "lng")]
    [InlineData("--member: no member is called 'Harbor'; the nearest is 'Harbour'", "--member", "Harbor")]
    [InlineData("--sort: found 'size', expected name or value or var or es or margin or requirement", "--sort", "size")]
    [InlineData("--top: found '0', expected a whole number from 1", "--top", "0")]
    public void Refusals_name_option_value_and_expectation(string message, params string[] arguments)
    {
        Invocation run = Invocation.Of(["run", set, "--out", folder["out"], .. arguments]);

        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void Requirements_cannot_be_sorted_by_without_a_policy()
    {
        File.Delete(Path.Combine(set, "policy.json"));
        File.Delete(Path.Combine(set, "accounts.csv"));
        File.Delete(Path.Combine(set, "collateral.csv"));

        Assert.Contains("--sort: found 'call', expected a clearing set with policy.json", Invocation.Of("run", set, "--sort", "call").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, "positions|value|VaR|ES ± %|margin", "base|requirement|collateral|excess|call|member")]
    [InlineData(62, "VaR|ES ± %|margin", "requirement|collateral|call|member")]
    public void A_narrow_terminal_drops_columns_and_breaks_nothing(int width, string margins, string requirements)
    {
        const string Name = "a-hedge-fund-of-long-name";
        Write("accounts.csv", $"account,member,type,netting_set\nlong,Northern,client,{Name}\ncovered,Northern,client,hedge\n\"short, volatile\",Harbour,house,\n");
        foreach (string file in (string[])["positions.csv", "accounts.csv", "collateral.csv"])
        {
            string path = Path.Combine(set, file);
            File.WriteAllText(path, File.ReadAllText(path).Replace("\nlong,", $"\n{Name},", StringComparison.Ordinal).Replace(",200", ",2000000", StringComparison.Ordinal));
        }

        string output = OnTerminal(width, false);

        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, Math.Max(width, 90)));
        Assert.Equal(margins, Headings(output, "account"));
        Assert.Equal(requirements, Headings(output, "netting set"));
        Assert.Equal(2, output.Split('\n').Count(line => line.StartsWith(Name + " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Calls_are_coloured_where_the_terminal_shows_colours_and_only_there()
    {
        Assert.DoesNotContain("\e", OnTerminal(100, false), StringComparison.Ordinal);
        string coloured = OnTerminal(100, true);

        Match call = Assert.Single(Coloured().Matches(coloured[..coloured.IndexOf("requirement by clearing member", StringComparison.Ordinal)]));
        Assert.Contains($" {call.Groups[1].Value} ", Coloured().Replace(OnTerminal(100, false), "$1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_cannot_colour_a_terminal()
    {
        foreach (string file in (string[])["positions.csv", "accounts.csv", "collateral.csv"])
        {
            string path = Path.Combine(set, file);
            File.WriteAllText(path, File.ReadAllText(path).Replace("\nlong,", "\n[red]\u202elong,", StringComparison.Ordinal));
        }

        string output = OnTerminal(100, true);

        Assert.Contains("[red]\\u202elong", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", output, StringComparison.Ordinal);
    }

    string OnTerminal(int width, bool colours)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(ExitCode.Done, GpuMarginProgram.Run(["run", set, "--out", folder["out"]], new Terminal(output, error, width, false, colours)));
        return output.ToString();
    }

    static string Headings(string output, string first)
    {
        string line = Assert.Single(output.Split('\n'), line => line.StartsWith(first + "  ", StringComparison.Ordinal) && line.Contains("  margin", StringComparison.Ordinal) | line.Contains("  call", StringComparison.Ordinal));
        return string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1..]);
    }

    /// <summary>First cells of the framed table with a title.</summary>
    static string[] Names(Invocation run, string title)
    {
        string[] lines = run.Output.Split('\n');
        int heading = Array.FindIndex(lines, line => line.StartsWith(title, StringComparison.Ordinal));
        Assert.True(heading >= 0, run.Output + run.Error);
        return [.. lines.Skip(heading + 4).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1].Trim())];
    }

    Invocation Run(params string[] arguments)
    {
        Invocation run = Invocation.Of(["run", set, .. arguments.Contains("--out") ? (string[])[] : ["--out", folder["out"]], .. arguments]);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        return run;
    }

    void Write(string name, string text) => File.WriteAllText(Path.Combine(set, name), text);

    [GeneratedRegex(@"\e\[[0-9;]+m([^\e]*)\e\[0m")]
    private static partial Regex Coloured();
}
