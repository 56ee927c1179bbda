using System.Globalization;
using System.Text;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.BrowserTests;

/// <summary>Pages of the sample's two days, of a set whose names are markup, and of 5,000 accounts.</summary>
public sealed class Reports : IDisposable
{
    internal const string Script = "<script>alert(1)</script>", Image = "\"><img src=x onerror=alert(2)>";

    readonly string folder = Directory.CreateTempSubdirectory("gpumargin-browser-").FullName;

    public Reports()
    {
        string sample = Path.Combine(Root(), "samples", "dow30-cleared");
        foreach (string day in (string[])["2000-12-29", "2001-01-02"])
        {
            Directory.CreateDirectory(Path.Combine(folder, day));
            foreach (string file in Directory.GetFiles(Path.Combine(sample, day)))
            {
                File.Copy(file, Path.Combine(folder, day, Path.GetFileName(file)));
            }
        }

        File.WriteAllText(
            Path.Combine(folder, "2001-01-02", "limits.csv"),
            "scope,name,measure,kind,threshold\naccount,*,requirement,relative,0.99\nmember,BRISCOE,margin,absolute,1000000\naccount,CALENDARS-04,margin,absolute,400000\n");
        foreach (string day in (string[])["2000-12-29", "2001-01-02"])
        {
            Run("run", this[day], "--out", this["out-" + day], "--quiet", "--scenarios", "2000");
        }

        Run(
            "roll", Path.Combine(Root(), "samples", "dow30"), "--policy", Path.Combine(sample, "2001-01-02"), "--from", "2000-12-20", "--to", "2001-01-02",
            "--scenarios", "300", "--confidence", "0.95", "--quiet", "--out", this["roll"]);
        House = Page("house.html", "out-2001-01-02", "--since", this["out-2000-12-29"], "--roll", this["roll"]);
        Member = Page("member.html", "out-2001-01-02", "--since", this["out-2000-12-29"], "--roll", this["roll"], "--member", "BRISCOE");
        Markup = MarkupPage();
        Large = LargePage();
    }

    public string House { get; }

    public string Member { get; }

    /// <summary>Accounts, members and instruments whose names are markup.</summary>
    public string Markup { get; }

    /// <summary>5,000 accounts, all with a call.</summary>
    public string Large { get; }

    string this[string name] => Path.Combine(folder, name);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Where screenshots are kept: a folder named by the environment, or beside the pages.</summary>
    internal string Picture(string name)
    {
        string kept = Environment.GetEnvironmentVariable("GPUMARGIN_SCREENSHOTS") is { Length: > 0 } wanted ? wanted : folder;
        Directory.CreateDirectory(kept);
        return Path.Combine(kept, name);
    }

    string MarkupPage()
    {
        string set = this["markup"];
        Run("generate", set, "--factors", "4", "--instruments", "10", "--accounts", "3", "--positions", "5", "--scenarios", "500");
        string positions = Path.Combine(set, "positions.csv");
        string[] rows = File.ReadAllLines(positions), names = [.. rows.Skip(1).Select(row => row.Split(',')[0]).Distinct()];
        string[] markup = [Quoted(Script), Quoted(Image), Quoted("</style><b>&amp;'`")];
        File.WriteAllLines(positions, rows.Select(row => names.Contains(row.Split(',')[0]) ? markup[Array.IndexOf(names, row.Split(',')[0])] + row[row.IndexOf(',', StringComparison.Ordinal)..] : row));
        File.WriteAllText(Path.Combine(set, "accounts.csv"), $"account,member,type,netting_set\n{string.Join("\n", markup.Select(name => $"{name},{Quoted(Image)},client,"))}\n");
        File.WriteAllText(Path.Combine(set, "policy.json"), """{"version":1}""");
        Run("run", set, "--out", this["out-markup"], "--quiet");
        return Page("markup.html", "out-markup");
    }

    string LargePage()
    {
        string set = this["large"];
        Run("generate", set, "--factors", "60", "--instruments", "500", "--accounts", "5000", "--positions", "40", "--scenarios", "1000");
        string[] names = [.. File.ReadLines(Path.Combine(set, "positions.csv")).Skip(1).Select(row => row.Split(',')[0]).Distinct()];
        StringBuilder accounts = new("account,member,type,netting_set\n");
        for (int i = 0; i < names.Length; i++)
        {
            accounts.Append(CultureInfo.InvariantCulture, $"{names[i]},MEMBER-{i % 40:00},client,\n");
        }

        File.WriteAllText(Path.Combine(set, "accounts.csv"), accounts.ToString());
        File.WriteAllText(Path.Combine(set, "policy.json"), """{"version":1,"buffer":{"rate":0.25}}""");
        Run("run", set, "--out", this["out-large"], "--quiet");
        return Page("large.html", "out-large", "--since", this["out-large"]);
    }

    string Page(string name, string run, params string[] more)
    {
        Run(["report", this[run], "--out", this[name], .. more]);
        return this[name];
    }

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static void Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int code = GpuMarginProgram.Run(args, output, error);
        Assert.True(code == ExitCode.Done, $"{string.Join(' ', args)}: {error}");
    }

    static string Root()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "GpuMargin.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("The tests are not inside the repository.");
        }

        return root;
    }
}
