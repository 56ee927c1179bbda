using System.Diagnostics;
using GpuMargin.Cli;
using GpuMargin.Files.Commits;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Files.Commits;

/// <summary>Two writers and a reader of one folder. Locks of a folder belong to the opening of it, so two threads exclude each other as two processes do.</summary>
public sealed class TwoWritersTests
{
    const int Interleavings = 20;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Cases => ["run", "run without a policy any more", "calibrate", "roll", "converge", "pnl", "scenarios"];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_second_writer_waits_wherever_the_first_is_and_the_files_are_never_mixed(string name)
    {
        CommitCase commit = CommitCase.All[name];
        using TemporaryFolder prepared = new();
        commit.Prepare(prepared.Path);
        CommitCase other = commit with { Later = commit.Earlier! };
        (OutputState first, int changes) = Output(commit, prepared);
        (OutputState second, _) = Output(other, prepared);
        OutputState old = OutputState.OfForeigner(prepared[commit.Output]);
        string[] names = [.. first.Names.Union(second.Names).Union(old.Names)];
        for (int i = 0; i < Interleavings; i++)
        {
            using TemporaryFolder root = prepared.Copy();
            using PausingDisk pausing = new(1 + i * (changes - 1) / Interleavings);
            Task<Invocation> one = Task.Factory.StartNew(() => commit.Run(root.Path, pausing), TaskCreationOptions.LongRunning);
            pausing.WaitUntilReached();
            Task<Invocation> two = Task.Factory.StartNew(() => other.Run(root.Path, new FaultyDisk()), TaskCreationOptions.LongRunning);
            Task<OutputState> read = Task.Factory.StartNew(() => OutputState.Through(root[commit.Output], names), TaskCreationOptions.LongRunning);
            await Task.Delay(100);
            pausing.LetGo();

            Assert.Equal((ExitCode.Done, ""), Ended(await one.WaitAsync(s_patience)));
            Assert.Equal((ExitCode.Done, ""), Ended(await two.WaitAsync(s_patience)));
            OutputState seen = await read.WaitAsync(s_patience), last = OutputState.OfForeigner(root[commit.Output]);
            Assert.True(seen.Equals(old) || seen.Equals(first) || seen.Equals(second), $"change {1 + i * (changes - 1) / Interleavings}: a reader saw {seen}");
            Assert.True(last.Equals(first) || last.Equals(second), $"change {1 + i * (changes - 1) / Interleavings}: {last}");
        }
    }

    [UnixFact]
    public void A_second_run_into_the_folder_of_a_running_one_is_refused_after_ten_seconds_with_the_process()
    {
        using TemporaryFolder folder = new();
        SmallSet.WriteTo(folder["set"]);
        Assert.Equal(ExitCode.Done, Invocation.Of("run", folder["set"], "--quiet").Code);
        using Process running = Invocation.StartInterruptible(folder.Path, "run", "set", "--scenarios", "100000000", "--horizon", "250", "--confidence", "0.9999");
        try
        {
            Assert.True(SpinWait.SpinUntil(() => File.Exists(folder["set/out/.run-record.json.gpumargin/holder"]), s_patience));
            var clock = Stopwatch.StartNew();

            Invocation refused = Invocation.Of("run", folder["set"], "--quiet");

            Assert.InRange(clock.Elapsed, FolderLock.Patience, s_patience);
            Assert.Equal(ExitCode.Refused, refused.Code);
            Assert.Contains($"in use by process {running.Id} on ", refused.Error, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Done, Invocation.Of("replay", folder["set/out"]).Code);
            Assert.Equal(ExitCode.Done, Invocation.Of("pnl", folder["set"], "--all", "--out", folder["set/out/pnl.csv"]).Code);
        }
        finally
        {
            running.Kill();
            running.WaitForExit();
        }

        Assert.Equal(ExitCode.Done, Invocation.Of("replay", folder["set/out"]).Code);
        Assert.Empty(Directory.GetDirectories(folder["set/out"]));
        Assert.Equal(ExitCode.Done, Invocation.Of("run", folder["set"], "--quiet").Code);
    }

    // A failure shows the reason.
    static (int Code, string Error) Ended(Invocation run) => (run.Code, run.Code == ExitCode.Done ? "" : run.Error);

    static (OutputState Output, int Changes) Output(CommitCase commit, TemporaryFolder prepared)
    {
        using TemporaryFolder root = prepared.Copy();
        FaultyDisk disk = new();
        Assert.Equal(ExitCode.Done, commit.Run(root.Path, disk).Code);
        return (OutputState.OfForeigner(root[commit.Output]), disk.Changes);
    }
}
