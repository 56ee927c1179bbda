using GpuMargin.ClearingSets;
using GpuMargin.Cli;
using GpuMargin.Tests.Backtesting;
using GpuMargin.Tests.ClearingSets;
using GpuMargin.Tests.Cli;
using GpuMargin.Tests.Quotes;
using Xunit;

namespace GpuMargin.Tests.Fuzzing;

/// <summary>Valid files with the outputs of a run, which are damaged and given to a command.</summary>
sealed class FuzzSubject : IDisposable
{
    static readonly string[] s_small = ["--horizon", "2", "--confidence", "0.99", "--threads", "1"];

    readonly TemporaryFolder valid = new();

    FuzzSubject(string name, string[] damaged, Func<Random, Func<string, string>, string[]> command, Action<TemporaryFolder> fill)
    {
        Name = name;
        Command = command;
        fill(valid);
        Damaged = [.. damaged.SelectMany(pattern => Directory.GetFiles(valid[Path.GetDirectoryName(pattern)!], Path.GetFileName(pattern))).Order(StringComparer.Ordinal).Select(file => Path.GetRelativePath(valid.Path, file))];
    }

    public string Name { get; }

    /// <summary>Files, relative to the folder.</summary>
    public string[] Damaged { get; }

    /// <summary>A command line on a folder's files, given what makes paths of names.</summary>
    public Func<Random, Func<string, string>, string[]> Command { get; }

    public static FuzzSubject[] All() =>
    [
        Set("t copula", SetFolder.Of("plain")),
        Set("Gaussian", Gaussian(SetFolder.Of("plain"))),
        Set("policy, t copula", SetFolder.WithPolicy()),
        Set("policy, Gaussian", Gaussian(SetFolder.WithPolicy())),
        Set("stress model", SetFolder.WithStressModel()),
        Record("record, t copula", SetFolder.WithPolicy()),
        Record("record, Gaussian", Gaussian(SetFolder.WithPolicy())),
        new("history", ["history.csv"], Calibrate, HistoryAndSet),
        new("quotes", ["quotes.csv", "mapping.json"], Surface, Quotes),
        new("quotes in coin", ["book.json"], SurfaceInCoin, QuotesInCoin),
        new("roll", ["history.csv", "run.json", "instruments.csv", "positions.csv"], Roll, HistoryAndSet),
    ];

    public TemporaryFolder Copy() => valid.Copy();

    public void Dispose() => valid.Dispose();

    static SetFolder Gaussian(SetFolder set) => set.Replacing("run.json", "\"family\": \"student-t\", \"nu\": 6.5", "\"family\": \"gaussian\"");

    static FuzzSubject Set(string name, SetFolder set) => new(
        $"set, {name}", name == "stress model" ? ["set/stress/*", "set/policy.json"] : ["set/*"], OnSet, folder => FillWith(folder, set));

    static FuzzSubject Record(string name, SetFolder set) => new(name, ["set/out/*"], OnRecord, folder => FillWith(folder, set));

    static void FillWith(TemporaryFolder folder, SetFolder set)
    {
        Directory.Move(set.Path, folder["set"]);
        Assert.Equal(ExitCode.Done, Invocation.Of("run", folder["set"], "--scenarios", "200", "--horizon", "2", "--confidence", "0.99", "--quiet").Code);
    }

    static void HistoryAndSet(TemporaryFolder folder)
    {
        HistoryFiles.WriteTo(folder.Path);
        Assert.Equal(ExitCode.Done, Invocation.Of("calibrate", folder["history.csv"], "--out", folder["set"], "--quiet").Code);
        Assert.Equal(ExitCode.Done, Invocation.Of("roll", folder.Path, "--from", HistoryFiles.Date(110), "--to", HistoryFiles.Date(110), "--quiet").Code);
    }

    static string[] OnSet(Random random, Func<string, string> path) => random.Next(8) switch
    {
        0 => ["pnl", path("set"), "--all", "--out", path("pnl.csv"), "--scenarios", "200", .. s_small],
        1 => ["scenarios", path("set"), "--out", path("scenarios.csv"), "--scenarios", "200", .. s_small],
        2 => ["converge", path("set"), "--scenarios-max", "512", "--repeats", "2", .. s_small],
        3 when !File.Exists(path("set/policy.json")) => ["run", path("set"), "--target-error", "0.5", "--max-scenarios", "1024", "--scenarios", "256", "--json", .. s_small],
        4 => ["run", path("set"), "--sampling", "sobol", "--scenarios", "256", "--precision", "mixed", "--repair-correlation", .. s_small],
        _ => ["run", path("set"), "--scenarios", "200", .. s_small],
    };

    static string[] OnRecord(Random random, Func<string, string> path) => random.Next(4) switch
    {
        0 => ["explain", path("set/out"), "Zeta", "--since", path("set/out")],
        1 => ["explain", path("set/out"), "desk 7", "--json"],
        _ => ["replay", path("set/out"), "--threads", "1"],
    };

    static string[] Calibrate(Random random, Func<string, string> path) =>
    [
        "calibrate", path("history.csv"), "--out", path("set"),
        .. random.Next(4) switch { 0 => (string[])["--returns"], 1 => ["--volatility-factors"], 2 => ["--additive", "AAA"], _ => [] },
        .. random.Next(3) switch { 0 => (string[])["--missing", "drop"], 1 => ["--missing", "forward-fill", "--aggregate", "daily"], _ => [] },
        .. random.Next(2) == 0 ? (string[])["--model", "ewma", "--marginal", "empirical"] : ["--json"],
    ];

    static void Quotes(TemporaryFolder folder)
    {
        QuotedMarket market = new() { Exercise = ExerciseStyle.American, Strikes = 7 };
        market.WriteTo(folder["quotes.csv"]);
        market.WriteMapping(folder["mapping.json"], hasRate: true, hasYield: false);
    }

    static void QuotesInCoin(TemporaryFolder folder)
    {
        string[] options = ["60000-P\", \"bid_price\": 0.0331, \"ask_price\": 0.034", "65000-P\", \"bid_price\": 0.0625, \"ask_price\": 0.0641", "70000-C\", \"bid_price\": 0.0485, \"ask_price\": 0.0498"];
        File.WriteAllText(folder["book.json"], $"{{ \"result\": [\n{string.Join(",\n", options.Select(option => $"{{ \"instrument_name\": \"BTC-29MAR24-{option}, \"underlying_price\": 66200, \"creation_timestamp\": 1709568000000 }}"))}\n] }}\n");
    }

    static string[] Surface(Random random, Func<string, string> path) =>
    [
        "surface", path("quotes.csv"), "--out", path("set"), "--mapping", path("mapping.json"),
        .. random.Next(3) switch { 0 => (string[])["--json"], 1 => ["--coordinate", "moneyness", "--stickiness", "0.5"], _ => ["--pivots", "30,60:0.1,60:0.9"] },
    ];

    static string[] SurfaceInCoin(Random random, Func<string, string> path) =>
        ["surface", path("book.json"), "--out", path("set"), "--mapping", "deribit-book-summary", .. random.Next(2) == 0 ? (string[])["--json"] : ["--term-power", "0.5"]];

    static string[] Roll(Random random, Func<string, string> path) =>
        ["roll", path(""), "--from", HistoryFiles.Date(110), "--to", HistoryFiles.Date(111), "--model", "ewma", "--horizon", "2", "--confidence", "0.99"];
}
