using System.Diagnostics;
using GpuMargin.Cli;
using GpuMargin.Tests.Backtesting;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Files;

/// <summary>Inputs that are pipes or devices: a pipe without a writer would be waited for, a device may never end.</summary>
public sealed class PlainFileTests : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    readonly TemporaryFolder folder = new();

    public PlainFileTests()
    {
        SmallSet.WriteTo(folder["set"]);
        Directory.CreateDirectory(folder["history"]);
        HistoryFiles.WriteTo(folder["history"]);
    }

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string> Inputs
    {
        get
        {
            TheoryData<string, string> inputs = [];
            foreach (string file in (string[])["run.json", "factors.csv", "correlation.csv", "instruments.csv", "positions.csv", "residuals.csv", "policy.json", "calibration.json"])
            {
                inputs.Add("run set --out out", $"set/{file}");
            }

            foreach (string command in (string[])["pnl set --all --out x.csv", "scenarios set --out x.csv", "converge set --out out"])
            {
                inputs.Add(command, "set/factors.csv");
            }

            inputs.Add($"roll history --out out --from {HistoryFiles.Date(100)}", "history/history.csv");
            inputs.Add($"roll history --out out --from {HistoryFiles.Date(100)}", "history/positions.csv");
            inputs.Add("calibrate history/history.csv --out model", "history/history.csv");
            inputs.Add("calibrate history/history.csv --out set", "set/run.json");
            inputs.Add("replay set/out", "set/out/run-record.json");
            inputs.Add("explain set/out A", "set/out/run-record.json");
            return inputs;
        }
    }

    [UnixTheory]
    [MemberData(nameof(Inputs))]
    public Task A_pipe_is_refused_before_it_is_opened(string command, string input) => Refused(command, input, MakePipe);

    [UnixTheory]
    [MemberData(nameof(Inputs))]
    public Task A_device_is_refused_before_it_is_opened(string command, string input) =>
        Refused(command, input, path => File.CreateSymbolicLink(path, "/dev/zero"));

    [UnixFact]
    public void A_pipe_is_not_written_over()
    {
        Directory.CreateDirectory(folder["out"]);
        MakePipe(folder["out/margins.csv"]);

        Invocation refused = Invocation.Of("run", folder["set"], "--out", folder["out"], "--scenarios", "200", "--confidence", "0.9");

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("is a link or a device, expected a file", refused.Error, StringComparison.Ordinal);
        Assert.Equal(["margins.csv"], Directory.GetFileSystemEntries(folder["out"]).Select(Path.GetFileName));
    }

    static void MakePipe(string path)
    {
        using Process make = Process.Start("mkfifo", path);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
    }

    async Task Refused(string command, string input, Action<string> make)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[input])!);
        File.Delete(folder[input]);
        make(folder[input]);
        string[] words = [.. command.Split(' ').Select((word, at) => at == 1 || word is "x.csv" or "out" or "model" or "set" ? folder[word] : word)];

        Invocation refused = await Task.Factory.StartNew(() => Invocation.Of(words), TaskCreationOptions.LongRunning).WaitAsync(s_patience);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains(" a device, ", refused.Error, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(input), refused.Error, StringComparison.Ordinal);
    }
}
