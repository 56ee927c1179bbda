using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GpuMargin.Cli;
using GpuMargin.Cli.Pages;
using GpuMargin.Margin;
using GpuMargin.Reporting;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>The page that <c>report</c> writes: what is on it, what is not, and what it is not written for.</summary>
public sealed class ReportCommandTests : IDisposable
{
    static readonly string[] s_short = ["--scenarios", "300", "--confidence", "0.9", "--threads", "1", "--quiet"];

    readonly TemporaryFolder folder = new();
    readonly string set;

    public ReportCommandTests()
    {
        set = SmallSet.WriteTo(folder["set"]);
        Write("policy.json", """{"version":1,"buffer":{"rate":0.25}}""");
        Write("accounts.csv", "account,member,type,netting_set\nlong,Northern,client,desk\ncovered,Northern,client,desk\n\"short, volatile\",Harbour,house,\n");
        Write("collateral.csv", "account,asset,quantity\nlong,USD,1000000\n\"short, volatile\",USD,100\n");
        Write("limits.csv", "scope,name,measure,kind,threshold\naccount,*,margin,absolute,100\nmember,Harbour,call,absolute,0\nmember,Northern,margin,absolute,1\naccount,desk,requirement,absolute,1\n");
        Run("before");
        Edit("positions.csv", "BETA-F,-50", "BETA-F,-200");
        Run("out");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_house_has_every_section_and_the_amounts_of_the_run()
    {
        string page = Page("--since", folder["before"]);
        MarginsJson margins = MarginsJson.FromJson(File.ReadAllBytes(folder["out/margins.json"]));
        Requirement called = Assert.Single(margins.Accounts, account => account.Requirement?.Called > 0).Requirement!;

        Assert.Equal(PageSection.All.Where(section => section.Id != "roll").Select(section => section.Id), Regex.Matches(page, "<section id=\"([a-z]+)\"").Select(match => match.Groups[1].Value));
        Assert.Contains($"short, volatile<td class=\"t\">Harbour<td class=\"t\">house<td class=\"alarm\">{Amount(called.Called)}<td>{Amount(called.Required)}", page, StringComparison.Ordinal);
        Assert.Contains("Worst scenarios of short, volatile", page, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(page, "<figcaption>"));
        Assert.Contains(RunRecord.FromJson(File.ReadAllBytes(folder["out/run-record.json"])).RunId!, page, StringComparison.Ordinal);
        Assert.Matches("covered<td class=\"t\">[^<]*in desk<td class=\"t\">Northern<td><td><td>", Regex.Replace(page, "</?a[^>]*>", ""));
    }

    [Theory]
    [InlineData("Northern", new[] { "long", "covered", "desk" }, new[] { "short, volatile", "Harbour", "BETA-F", "BETA-P38" })]
    [InlineData("Harbour", new[] { "short, volatile" }, new[] { "Northern", "desk", "covered", "ALFA-C105" })]
    public void The_page_of_a_member_has_nothing_of_another(string member, string[] own, string[] others)
    {
        string page = Page("--since", folder["before"], "--member", member);

        Assert.All(own, name => Assert.Contains(name, page, StringComparison.Ordinal));
        string said = page.Replace(PageResource.Style.Text, "", StringComparison.Ordinal).Replace(PageResource.Script.Text, "", StringComparison.Ordinal);
        Assert.All(others, name => Assert.DoesNotContain(name, said, StringComparison.Ordinal));
    }

    [Fact]
    public void Totals_and_amounts_of_the_house_are_not_on_the_page_of_a_member()
    {
        MarginsJson margins = MarginsJson.FromJson(File.ReadAllBytes(folder["out/margins.json"]));
        string page = Page("--member", "Northern");
        AccountMargin other = margins.Accounts[2];

        foreach (string amount in (string[])[
            Amount(margins.Members.Sum(member => member.Required)), Amount(margins.Members.Sum(member => member.Called)), Amount(other.Requirement!.Required),
            Amount((decimal)other.ExpectedShortfall.Value), Amount((decimal)other.ValueAtRisk.Value), Amount((decimal)margins.Accounts.Sum(account => account.Margin))])
        {
            Assert.DoesNotContain(amount, page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</style></title><b>'`&amp;")]
    [InlineData("--><svg/onload=alert(1)>")]
    public void A_name_is_never_markup(string name)
    {
        string cell = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        foreach (string file in (string[])["positions.csv", "accounts.csv", "collateral.csv"])
        {
            Edit(file, "\"short, volatile\"", cell);
        }

        Edit("accounts.csv", "Harbour", cell);
        Edit("limits.csv", "Harbour", cell);
        Edit("instruments.csv", "BETA-F", cell);
        Edit("positions.csv", "BETA-F", cell);
        Run("out");
        string page = Page("--since", folder["before"]);

        Assert.DoesNotContain(name, page, StringComparison.Ordinal);
        Assert.Contains(System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All).Encode(name), page, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(page, "<script"));
        Assert.Equal(0, Regex.Count(page, "<img|<b>|onerror=alert\\(1\\)>|<svg/"));
    }

    [Fact]
    public void Names_that_hide_or_turn_text_are_shown()
    {
        foreach (string file in (string[])["positions.csv", "accounts.csv", "collateral.csv"])
        {
            Edit(file, "\"short, volatile\"", "a\u202eb\u200bc");
        }

        Run("out");

        Assert.Contains("a\\u202eb\\u200bc", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_loads_nothing()
    {
        string page = Page("--since", folder["before"]);

        Assert.Empty(Regex.Matches(page, "https?:|@import|url\\(|<link|<iframe|<object| src=| style=| on[a-z]+=\""));
        Assert.Contains($"content=\"default-src 'none'; style-src '{Encoded(PageResource.Style.Hash)}'; script-src '{Encoded(PageResource.Script.Hash)}'; base-uri 'none'; form-action 'none'\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_run_gives_the_same_page_in_every_culture()
    {
        string first = Page("--since", folder["before"]);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(first, Page("--since", folder["before"]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Sections_of_the_clearing_set_are_left_out_by_name_when_it_has_changed()
    {
        Edit("positions.csv", "long,ALFA,200", "long,ALFA,201");
        Invocation done = Report();
        string page = File.ReadAllText(folder["page.html"]);

        Assert.Equal(ExitCode.Done, done.Code);
        Assert.Contains("warning: ", done.Error, StringComparison.Ordinal);
        Assert.Contains("Losses, attribution and worst scenarios are left out: positions.csv: changed since the run", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Worst scenarios of", page, StringComparison.Ordinal);
        Assert.Contains("Only the clearing set says which netting set", page, StringComparison.Ordinal);
        Assert.Contains("short, volatile", page, StringComparison.Ordinal);
        Assert.DoesNotContain("covered", Page("--member", "Northern"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_a_policy_has_a_page()
    {
        foreach (string file in (string[])["policy.json", "accounts.csv", "collateral.csv", "limits.csv"])
        {
            File.Delete(Path.Combine(set, file));
        }

        Run("out");
        string page = Page();

        Assert.Equal(["accounts", "details", "settings"], Regex.Matches(page, "<section id=\"([a-z]+)\"").Select(match => match.Groups[1].Value));
        File.Delete(folder["page.html"]);
        Refused("--member: ", "without a policy", "--member", "Northern");
    }

    [Fact]
    public void Exceedances_come_from_a_roll_and_on_the_page_of_a_member_from_its_accounts()
    {
        File.WriteAllText(Roll(RollCsv.FileName), $"{string.Join(',', RollCsv.Columns)}\n{Day("2001-01-02", "long", 100, -50, 0)}{Day("2001-01-02", "covered", 7, -9123, 1)}{Day("2001-01-02", "short, volatile", 400, -5432, 1)}{Day("2001-01-03", "short, volatile", 400, -1, 0)}");
        File.WriteAllText(Roll(RollSummaryCsv.FileName), $"{string.Join(',', RollSummaryCsv.Columns)}\n{Summary("long", 0)}{Summary("covered", 1)}{Summary("short, volatile", 1)}{Summary("", 2)}");
        string house = Page("--roll", folder["roll"]), member = Page("--roll", folder["roll"], "--member", "Harbour");

        Assert.Contains("Losses above the margin, the largest 2 of 2", house, StringComparison.Ordinal);
        Assert.Contains("<td class=\"t\">covered<td>9,123", house, StringComparison.Ordinal);
        Assert.Contains("Losses above the margin, the largest 1 of 1", member, StringComparison.Ordinal);
        Assert.DoesNotContain("9,123", member, StringComparison.Ordinal);

        File.WriteAllText(Roll(RollRequirementsCsv.FileName), "day,account,pnl,exceedance,member\n2001-01-02,\"short, volatile\",-1,0,Northern\n");
        Assert.Contains("The roll has none of these accounts.", Page("--roll", folder["roll"], "--member", "Harbour"), StringComparison.Ordinal);

        static string Day(string day, string account, double margin, double gain, int exceedance) => Row(RollCsv.Columns, ("day", day), ("account", account), ("margin", margin), ("pnl", gain), ("exceedance", exceedance));

        static string Summary(string account, int exceedances) =>
            Row(RollSummaryCsv.Columns, ("account", account), ("requirement", "margin"), ("mean", 100), ("highest", 400), ("periods", 2), ("exceedances", exceedances), ("p_value", 0.5));

        static string Row(IEnumerable<string> columns, params (string Column, object Value)[] cells) => string.Join(
            ',', columns.Select(column => $"\"{Convert.ToString(cells.FirstOrDefault(cell => cell.Column == column).Value, CultureInfo.InvariantCulture)}\"")) + "\n";
    }

    [Fact]
    public void Tampered_output_is_refused()
    {
        string margins = folder["out/margins.csv"];
        File.WriteAllText(margins, File.ReadAllText(margins).Replace("long,1,", "long,2,", StringComparison.Ordinal));
        Invocation refused = Report();

        Assert.Equal(ExitCode.CheckFailed, refused.Code);
        Assert.Contains("margins.csv", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["page.html"]));
    }

    [Fact]
    public void What_cannot_be_is_refused_with_what_was_expected()
    {
        Refused("no member is called 'Nothern'", "the nearest is 'Northern'", "--member", "Nothern");
        Refused("roll.csv: not found", "expected the folder of a roll", "--roll", folder["out"]);
        Directory.CreateDirectory(folder["page.html"]);
        Refused("is a folder", "expected a file");
        Directory.Delete(folder["page.html"]);
        foreach (string read in (string[])[folder["out/margins.csv"], Path.Combine(set, "policy.json"), folder["before/run-record.json"]])
        {
            byte[] kept = File.ReadAllBytes(read);
            Invocation refused = Invocation.Of("report", folder["out"], "--since", folder["before"], "--out", read);
            Assert.Equal(ExitCode.Refused, refused.Code);
            Assert.Contains("is a file that the command reads and will not be overwritten", refused.Error, StringComparison.Ordinal);
            Assert.Equal(kept, File.ReadAllBytes(read));
        }

        File.WriteAllText(Roll(RollCsv.FileName), "day,account\n");
        File.WriteAllText(Roll(RollSummaryCsv.FileName), "account\n");
        Refused("roll.csv:1: not what a roll writes", "expected its columns day, account", "--roll", folder["roll"]);
    }

    [Fact]
    public void A_page_of_5000_accounts_is_no_larger_than_2_MB()
    {
        StringBuilder positions = new("account,instrument,quantity\n"), accounts = new("account,member,type,netting_set\n");
        for (int account = 0; account < 5000; account++)
        {
            positions.Append(CultureInfo.InvariantCulture, $"CLEARING-ACCOUNT-{account:000000},{(account % 3 == 0 ? "ALFA" : account % 3 == 1 ? "BETA-P38" : "BETA-F")},{-10 * account - 1}\n");
            positions.Append(CultureInfo.InvariantCulture, $"CLEARING-ACCOUNT-{account:000000},ALFA-C105,{account + 1}\n");
            accounts.Append(CultureInfo.InvariantCulture, $"CLEARING-ACCOUNT-{account:000000},MEMBER-{account % 40:00},client,\n");
        }

        Write("positions.csv", positions.ToString());
        Write("accounts.csv", accounts.ToString());
        Write("limits.csv", "scope,name,measure,kind,threshold\naccount,*,margin,absolute,100\n");
        File.Delete(Path.Combine(set, "collateral.csv"));
        Run("out");
        string page = Page("--since", folder["out"]);

        Assert.Equal(5000, Regex.Count(page, "<tr><th scope=\"row\">(<a href=\"#d\\d+\">)?CLEARING-ACCOUNT-\\d{6}(</a>)?<td class=\"t\">call[a-zA-Z, ]*<td class=\"t\">MEMBER-\\d\\d<td>[0-9,]+<td>[0-9,]+<td>[0-9,]*<td>"));
        Assert.InRange(Regex.Count(page, "<details id="), 50, 100);
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 500_000, 2_000_000);
    }

    [Fact]
    public void Parts_of_a_requirement_sum_to_it()
    {
        foreach (Requirement requirement in MarginsJson.FromJson(File.ReadAllBytes(folder["out/margins.json"])).Accounts.Select(account => account.Requirement).OfType<Requirement>())
        {
            Assert.Equal(requirement.Required, RequirementPart.Of([requirement]).Sum(part => part.Amount));
        }
    }

    string Page(params string[] more)
    {
        Invocation done = Report(more);
        Assert.True(done.Code == ExitCode.Done, done.Error);
        return File.ReadAllText(folder["page.html"]);
    }

    Invocation Report(params string[] more) => Invocation.Of(["report", folder["out"], "--out", folder["page.html"], .. more]);

    void Refused(string found, string expected, params string[] more)
    {
        Invocation refused = Report(more);
        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains(found, refused.Error, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["page.html"]));
    }

    string Roll(string name)
    {
        Directory.CreateDirectory(folder["roll"]);
        return folder[$"roll/{name}"];
    }

    void Run(string output)
    {
        Invocation done = Invocation.Of(["run", set, "--out", folder[output], .. s_short]);
        Assert.True(done.Code == ExitCode.Done, done.Error);
    }

    void Edit(string name, string old, string text)
    {
        string file = Path.Combine(set, name), was = File.ReadAllText(file);
        Assert.Contains(old, was, StringComparison.Ordinal);
        File.WriteAllText(file, was.Replace(old, text, StringComparison.Ordinal));
    }

    void Write(string name, string text) => File.WriteAllText(Path.Combine(set, name), text);

    static string Amount(decimal amount) => amount.ToString("N0", CultureInfo.InvariantCulture);

    static string Encoded(string text) => System.Text.Encodings.Web.HtmlEncoder.Default.Encode(text);
}
