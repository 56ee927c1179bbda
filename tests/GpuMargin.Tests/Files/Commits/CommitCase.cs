using GpuMargin.Cli;
using GpuMargin.Files.Commits;
using GpuMargin.Tests.Backtesting;
using GpuMargin.Tests.Cli;

namespace GpuMargin.Tests.Files.Commits;

/// <summary>A command that writes over the output of an earlier one, or into nothing.</summary>
/// <param name="Output">Folder that it writes to, in the root of the case.</param>
/// <param name="Earlier">Command that wrote the old output; <see langword="null"/>: there is none.</param>
/// <param name="Later">The command on the faulty disk.</param>
sealed record CommitCase(string Output, string[]? Earlier, string[] Later)
{
    /// <summary>The record of the other files, with their hashes.</summary>
    internal string? Record { get; init; }

    /// <summary>The commands that read what was written.</summary>
    internal string[][] Readers { get; init; } = [];

    /// <summary>A change of the inputs between the two commands.</summary>
    internal Action<string> Between { get; init; } = _ => { };

    const string Policy = """{"version":1,"buffer":{"rate":0.25}}""";

    static readonly string[] s_run = ["run", "ROOT/set", "--out", "ROOT/out", "--scenarios", "200", "--confidence", "0.9", "--threads", "1", "--quiet", "--seed"];
    static readonly string[][] s_ofRuns = [["replay", "ROOT/out/run-record.json", "--threads", "1"], ["explain", "ROOT/out", "long"]];
    static readonly string[] s_calibrate = ["calibrate", "ROOT/history/history.csv", "--out", "ROOT/set", "--quiet"];
    static readonly string[] s_roll = ["roll", "ROOT/history", "--out", "ROOT/out", "--from", HistoryFiles.Date(100), "--to", HistoryFiles.Date(101), "--scenarios", "200", "--threads", "1", "--quiet", "--seed"];
    static readonly string[] s_converge = ["converge", "ROOT/set", "--out", "ROOT/out", "--scenarios-max", "512", "--repeats", "2", "--threads", "1", "--confidence"];
    static readonly string[] s_pnl = ["pnl", "ROOT/set", "--all", "--out", "ROOT/out/pnl.csv", "--scenarios", "200", "--confidence", "0.9", "--threads", "1", "--seed"];
    static readonly string[] s_scenarios = ["scenarios", "ROOT/set", "--out", "ROOT/out/scenarios.csv", "--scenarios", "200", "--confidence", "0.9", "--threads", "1", "--seed"];

    static readonly string[][] s_ofModels =
    [
        ["run", "ROOT/set", "--out", "ROOT/elsewhere", "--scenarios", "200", "--confidence", "0.9", "--threads", "1", "--quiet"],
        ["pnl", "ROOT/set", "--all", "--out", "ROOT/elsewhere/pnl.csv", "--scenarios", "200", "--confidence", "0.9", "--threads", "1"],
        ["scenarios", "ROOT/set", "--out", "ROOT/elsewhere/scenarios.csv", "--scenarios", "200", "--confidence", "0.9", "--threads", "1"],
        ["converge", "ROOT/set", "--out", "ROOT/elsewhere", "--scenarios-max", "256", "--repeats", "2", "--threads", "1", "--confidence", "0.9"],
    ];

    internal static IReadOnlyDictionary<string, CommitCase> All { get; } = new Dictionary<string, CommitCase>
    {
        ["run into nothing"] = new("out", null, [.. s_run, "2"]) { Record = "run-record.json", Readers = s_ofRuns },
        ["run"] = new("out", [.. s_run, "1"], [.. s_run, "2"]) { Record = "run-record.json", Readers = s_ofRuns },
        ["run with a new policy"] = new("out", [.. s_run, "1"], [.. s_run, "2"]) { Record = "run-record.json", Readers = s_ofRuns, Between = root => File.WriteAllText($"{root}/set/policy.json", Policy) },
        ["run without a policy any more"] = new("out", [.. s_run, "1"], [.. s_run, "2"]) { Record = "run-record.json", Readers = s_ofRuns, Between = root => File.Delete($"{root}/set/policy.json") },
        ["calibrate"] = new("set", [.. s_calibrate, "--marginal", "empirical"], [.. s_calibrate, "--model", "constant"]) { Record = "calibration.json", Readers = s_ofModels },
        ["calibrate with residuals"] = new("set", [.. s_calibrate, "--model", "constant"], [.. s_calibrate, "--marginal", "empirical"]) { Record = "calibration.json", Readers = s_ofModels },
        ["roll into nothing"] = new("out", null, [.. s_roll, "2"]),
        ["roll"] = new("out", [.. s_roll, "1"], [.. s_roll, "2"]),
        ["roll without a policy any more"] = new("out", [.. s_roll, "1"], [.. s_roll, "2"]) { Between = root => File.Delete($"{root}/history/policy.json") },
        ["converge"] = new("out", [.. s_converge, "0.9"], [.. s_converge, "0.95"]),
        ["pnl into nothing"] = new("out", null, [.. s_pnl, "2"]),
        ["pnl"] = new("out", [.. s_pnl, "1"], [.. s_pnl, "2"]),
        ["scenarios"] = new("out", [.. s_scenarios, "1"], [.. s_scenarios, "2"]),
    };

    /// <summary>The inputs and the old output.</summary>
    internal void Prepare(string root)
    {
        SmallSet.WriteTo($"{root}/set");
        Directory.CreateDirectory($"{root}/history");
        HistoryFiles.WriteTo($"{root}/history");
        File.WriteAllText($"{root}/set/policy.json", Policy);
        File.WriteAllText($"{root}/history/policy.json", Policy);
        if (Output == "set")
        {
            File.Delete($"{root}/set/policy.json");
            File.WriteAllText($"{root}/set/instruments.csv", "instrument,type,underlying\nAAA,spot,AAA\nBBB,spot,BBB\n");
            File.WriteAllText($"{root}/set/positions.csv", "account,instrument,quantity\nDESK,AAA,10\nOTHER,BBB,-3\n");
        }

        if (Earlier is not null && Done(Earlier, root) is { Length: > 0 } error)
        {
            throw new InvalidOperationException(error);
        }

        Between(root);
    }

    internal Invocation Run(string root, IDisk disk) => Invocation.Of(disk, At(Later, root));

    /// <summary>What each of the readers does in a copy of the case of its own.</summary>
    internal string[] Answers(TemporaryFolder root) => [.. Readers.Select(reader =>
    {
        using TemporaryFolder copy = root.Copy();
        Invocation read = Invocation.Of(At(reader, copy.Path));
        // What converge prints has its times.
        string told = reader[0] == "converge" ? "" : read.Output.Replace(copy.Path, "ROOT", StringComparison.Ordinal);
        return $"{reader[0]} {read.Code} {told} {OutputState.OfForeigner(copy["elsewhere"])}";
    })];

    /// <returns>What went wrong.</returns>
    internal static string Done(string[] command, string root) => Invocation.Of(At(command, root)) is { Code: not ExitCode.Done } failed ? failed.Error : "";

    static string[] At(string[] command, string root) => [.. command.Select(word => word.Replace("ROOT", root, StringComparison.Ordinal))];
}
