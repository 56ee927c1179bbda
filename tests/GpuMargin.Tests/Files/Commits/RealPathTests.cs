using GpuMargin.Cli;
using GpuMargin.Files.Commits;
using GpuMargin.Tests.Backtesting;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Files.Commits;

public sealed class RealPathTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [UnixFact]
    public void Two_ways_to_a_file_are_the_same_and_a_file_that_is_not_there_has_a_way_too()
    {
        Directory.CreateDirectory(folder["set/inner"]);
        Directory.CreateSymbolicLink(folder["link"], folder["set"]);
        Directory.CreateSymbolicLink(folder["set/up"], "..");
        File.CreateSymbolicLink(folder["file"], folder["link/inner/x"]);

        Assert.True(RealPath.Same(folder["link/inner/x"], folder["set/inner/x"]));
        Assert.True(RealPath.Same(folder["set/up/link/up/set/inner/x"], folder["file"]));
        Assert.False(RealPath.Same(folder["set/inner/x"], folder["set/inner/y"]));
        Assert.Equal(RealPath.Of(folder["nowhere/x"]), Path.Combine(RealPath.Of(folder.Path), "nowhere", "x"));
    }

    [UnixTheory]
    [InlineData("pnl", "--all")]
    [InlineData("scenarios")]
    public void An_input_is_not_overwritten_through_a_linked_folder(string command, params string[] more)
    {
        string set = SmallSet.WriteTo(folder["set"]);
        Directory.CreateSymbolicLink(folder["link"], set);
        var before = folder.Snapshot();

        foreach (string[] way in (string[][])[["set", "link"], ["link", "set"], ["link", "link"]])
        {
            Invocation refused = Invocation.Of([command, folder[way[0]], "--out", folder[$"{way[1]}/positions.csv"], .. more]);

            Assert.Equal(ExitCode.Refused, refused.Code);
            Assert.Contains("input of the clearing set", refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, folder.Snapshot());
    }

    [UnixFact]
    public void A_history_is_not_overwritten_through_a_linked_folder()
    {
        Directory.CreateDirectory(folder["set"]);
        HistoryFiles.WriteTo(folder["set"]);
        File.Move(folder["set/history.csv"], folder["set/factors.csv"]);
        Directory.CreateSymbolicLink(folder["link"], folder["set"]);
        File.CreateSymbolicLink(folder["history.csv"], folder["set/factors.csv"]);
        var before = folder.Snapshot();

        foreach (string[] way in (string[][])[["set/factors.csv", "link"], ["link/factors.csv", "set"], ["history.csv", "set"]])
        {
            Invocation refused = Invocation.Of("calibrate", folder[way[0]], "--out", folder[way[1]]);

            Assert.Equal(ExitCode.Refused, refused.Code);
            Assert.Contains("would be overwritten", refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, folder.Snapshot());
    }

    [UnixFact]
    public void The_folder_that_is_read_is_the_one_that_is_locked()
    {
        Directory.CreateDirectory(folder["far/inner"]);
        Directory.CreateDirectory(folder["set"]);
        Directory.CreateSymbolicLink(folder["link"], folder["far/inner"]);
        using (SettledFolder.Open(folder["link/../set"]))
        {
            Assert.Null(FolderLock.TryTake(folder["set"], shared: false));
        }

        using FolderLock? free = FolderLock.TryTake(folder["set"], shared: false);
        Assert.NotNull(free);
    }

    [UnixFact]
    public void An_input_that_has_another_name_elsewhere_keeps_its_bytes_when_that_name_is_written()
    {
        string set = SmallSet.WriteTo(folder["set"]);
        string before = File.ReadAllText(folder["set/positions.csv"]);
        Directory.CreateDirectory(folder["out"]);
        Disk.OfThisMachine.Link(folder["set/positions.csv"], folder["out/pnl.csv"]);

        Assert.Equal(ExitCode.Done, Invocation.Of("pnl", set, "--all", "--out", folder["out/pnl.csv"], "--scenarios", "200", "--confidence", "0.9").Code);

        Assert.Equal(before, File.ReadAllText(folder["set/positions.csv"]));
        Assert.NotEqual(before, File.ReadAllText(folder["out/pnl.csv"]));
    }
}
