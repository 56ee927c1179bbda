using GpuMargin.Cli;
using GpuMargin.Files.Commits;
using GpuMargin.Tests.Cli;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Files.Commits;

/// <summary>Each command that writes, with a fault at each change of the disk that it makes: afterwards its output is the old or the new one as a whole.</summary>
public sealed class CommitFaultTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Faults
    {
        get
        {
            TheoryData<string, string> faults = [];
            foreach (string name in CommitCase.All.Keys)
            {
                foreach (DiskFault fault in Enum.GetValues<DiskFault>().Where(fault => fault != DiskFault.None))
                {
                    faults.Add(name, fault.ToString());
                }
            }

            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Output_is_old_or_new_as_a_whole_wherever_the_disk_fails_or_the_process_ends(string name, string kind)
    {
        CommitCase commit = CommitCase.All[name];
        DiskFault fault = Enum.Parse<DiskFault>(kind);
        using TemporaryFolder prepared = new();
        commit.Prepare(prepared.Path);
        OutputState old = OutputState.OfForeigner(prepared[commit.Output]), whole;
        string[] ofOld = commit.Answers(prepared), ofWhole;
        FaultyDisk counting = new();
        using (TemporaryFolder sound = prepared.Copy())
        {
            Assert.Equal(ExitCode.Done, commit.Run(sound.Path, counting).Code);
            whole = OutputState.OfForeigner(sound[commit.Output]);
            ofWhole = commit.Answers(sound);
        }

        Assert.False(old.Equals(whole));
        string[] names = [.. old.Names.Union(whole.Names)];
        int news = 0, unfinished = 0;
        for (int at = 1; at <= counting.Changes; at++)
        {
            using TemporaryFolder root = prepared.Copy();
            string written = root[commit.Output], where = $"{kind} at change {at} of {counting.Changes}";
            Invocation run = commit.Run(root.Path, new FaultyDisk(fault, at));

            OutputState foreign = OutputState.OfForeigner(written);
            Assert.All(names, file => Assert.True(!foreign.Has(file) || foreign.Shares(old, file) || foreign.Shares(whole, file), $"{where}: {file} is a part of a file"));
            if (commit.Record is { } record && foreign.Has(record) && OutputState.FilesOfOneCommit(written, record) is { } files)
            {
                Assert.True(
                    files.All(file => foreign.Shares(old, file)) || files.All(file => foreign.Shares(whole, file)),
                    $"{where}: a mixture agrees with its record: {foreign}");
            }

            OutputState seen = OutputState.Through(written, names);
            Assert.True(seen.Equals(old) || seen.Equals(whole), $"{where}: read through: {seen}");
            if (Litter(root).Any())
            {
                unfinished++;
                Assert.Equal(seen.Equals(whole) ? ofWhole : ofOld, commit.Answers(root));
            }

            // The next command ends what is left; one that only reads the folder is enough.
            SettledFolder.Open(written).Dispose();
            OutputState settled = OutputState.OfForeigner(written);
            Assert.True(settled.Equals(seen), $"{where}: {seen} became {settled}");
            Assert.Empty(Litter(root));
            if (fault is not (DiskFault.Kill or DiskFault.KillAfter))
            {
                Assert.True(run.Code == (settled.Equals(whole) ? ExitCode.Done : ExitCode.Refused) || run.Error.Contains("puts the new ones in place", StringComparison.Ordinal), $"{where}: exit code {run.Code}, {settled}");
            }

            news += settled.Equals(whole) ? 1 : 0;
            Assert.Equal(ExitCode.Done, commit.Run(root.Path, new FaultyDisk()).Code);
            Assert.True(OutputState.OfForeigner(written).Equals(whole), $"{where}: the next run");
            Assert.Empty(Litter(root));
        }

        output.WriteLine($"{counting.Changes} points, {unfinished} of them left something for the next command, {commit.Readers.Length} readers");
        // A fault early in the command leaves the old output; one behind the commit the new.
        Assert.InRange(news, fault == DiskFault.FullOnce ? 0 : 1, counting.Changes - 5);
    }

    static IEnumerable<string> Litter(TemporaryFolder root) =>
        Directory.EnumerateFileSystemEntries(root.Path, "*", SearchOption.AllDirectories).Where(entry => entry.Contains(".gpumargin", StringComparison.Ordinal));
}
