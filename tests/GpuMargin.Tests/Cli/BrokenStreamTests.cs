using GpuMargin.Cli;
using GpuMargin.Tests.Backtesting;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>Every command with a stdout or a stderr that takes nothing: the files are written, the exit code tells, nothing is thrown.</summary>
public sealed class BrokenStreamTests : IDisposable
{
    const string Both = """exec "$@" >&- 2>&-""";

    const string BrokenPipe = """{ code=$( { { "$@"; echo $? >&3; } | true; } 3>&1 ); exit $code; }""";

    static readonly string[] s_brokenOutputs = ["""exec "$@" >&-""", """exec "$@" >/dev/full""", BrokenPipe];

    static readonly string[] s_brokenErrors = ["""exec "$@" 2>&-""", """exec "$@" 2>/dev/full"""];

    readonly TemporaryFolder folder = new();

    public BrokenStreamTests()
    {
        SmallSet.WriteTo(folder["set"]);
        Directory.CreateDirectory(folder["history"]);
        HistoryFiles.WriteTo(folder["history"]);
        Assert.Equal(ExitCode.Done, Invocation.Of("run", folder["set"], "--quiet").Code);
        File.WriteAllText(folder["set/policy.json"], """{"version":1}""");
        Assert.Equal(ExitCode.Done, Invocation.Of("run", folder["set"], "--quiet", "--out", folder["explained"]).Code);
        File.Delete(folder["set/policy.json"]);
    }

    public void Dispose() => folder.Dispose();

    [UnixTheory]
    [InlineData("run set --out new", "new/margins.csv new/run-record.json")]
    [InlineData("scenarios set --out new/shocks.csv", "new/shocks.csv")]
    [InlineData("pnl set --all --out new/pnl.csv", "new/pnl.csv")]
    [InlineData("calibrate history/history.csv --out new", "new/factors.csv new/run.json new/calibration.json")]
    [InlineData("roll history --from 2000-04-11 --to 2000-04-12 --out new", "new/roll.csv")]
    [InlineData("generate new --factors 5 --instruments 12 --accounts 4 --positions 10", "new/run.json new/positions.csv")]
    [InlineData("converge set --scenarios-max 1000 --repeats 2 --out new", "new/convergence.csv")]
    [InlineData("price --type put --spot 100 --strike 100 --volatility 0.3 --days 30", "")]
    [InlineData("devices", "")]
    [InlineData("replay set/out/run-record.json", "")]
    [InlineData("explain explained long", "")]
    [InlineData("verify set/out", "")]
    [InlineData("--help", "")]
    public void A_command_is_done_and_says_what_was_lost(string command, string files)
    {
        string[] args = command.Split(' ');
        foreach (string script in s_brokenOutputs)
        {
            Invocation text = Broken(script, script == BrokenPipe ? args : [.. args, "--json"], files, ExitCode.OutputFailed);
            Assert.EndsWith("files are complete\n", text.Error, StringComparison.Ordinal);
            Assert.Contains("gpumargin: stdout: ", text.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("othing was written", text.Error, StringComparison.Ordinal);
        }

        bool warned = Invocation.OfShell(folder.Path, """exec "$@" """, args).Error.Length > 0;
        Clear();
        foreach (string script in s_brokenErrors)
        {
            Assert.NotEqual("", Broken(script, args, files, warned ? ExitCode.OutputFailed : ExitCode.Done).Output);
        }

        Broken(Both, args, files, ExitCode.OutputFailed);
    }

    [UnixFact]
    public void A_refusal_stays_a_refusal()
    {
        foreach (string script in (string[])[.. s_brokenOutputs, .. s_brokenErrors, Both])
        {
            Broken(script, ["run", "nowhere", "--json"], "", ExitCode.Refused);
            Broken(script, ["run"], "", ExitCode.Refused);
        }
    }

    Invocation Broken(string script, string[] args, string files, int code)
    {
        Invocation broken = Invocation.OfShell(folder.Path, script, args);
        string said = $"{script}: {string.Join(' ', args)}: {broken.Code} {broken.Error}";
        Assert.True(code == broken.Code, said);
        Assert.False(broken.Error.Contains("   at ", StringComparison.Ordinal) || broken.Error.Contains("defect", StringComparison.Ordinal), said);
        Assert.All(files.Split(' ', StringSplitOptions.RemoveEmptyEntries), file => Assert.True(new FileInfo(folder[file]).Length > 0, said));
        Clear();
        return broken;
    }

    void Clear()
    {
        if (Directory.Exists(folder["new"]))
        {
            Directory.Delete(folder["new"], recursive: true);
        }
    }
}
