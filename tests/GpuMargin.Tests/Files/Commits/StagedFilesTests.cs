using GpuMargin.Files.Commits;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Files.Commits;

public sealed class StagedFilesTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static void Fill(StagedFiles files, string name) => files.Create(name).Write("new"u8);

    [Fact]
    public void Committed_files_appear_in_a_folder_made_for_them()
    {
        using (var files = new StagedFiles(folder["a/b"], "two", []))
        {
            Fill(files, "one");
            Fill(files, "two");
            files.Commit();
        }

        Assert.Equal(["one", "two"], Directory.GetFiles(folder["a/b"]).Select(Path.GetFileName).Order());
        Assert.Equal("new", File.ReadAllText(folder["a/b/one"]));
    }

    [Fact]
    public void Without_commit_files_and_made_folders_are_gone()
    {
        using (var files = new StagedFiles(folder["a/b"], "two", []))
        {
            Fill(files, "one");
        }

        Assert.Empty(folder.Snapshot());
    }

    [Fact]
    public void Without_commit_an_earlier_file_is_untouched()
    {
        File.WriteAllText(folder["one"], "old");
        using (var files = new StagedFiles(folder.Path, "two", []))
        {
            Fill(files, "one");
        }

        Assert.Equal("old", File.ReadAllText(folder["one"]));
        Assert.Single(folder.Snapshot());
    }

    [UnixFact]
    public void A_link_is_refused_and_stays_a_link()
    {
        File.WriteAllText(folder["target"], "old");
        File.CreateSymbolicLink(folder["link"], folder["target"]);
        using (var files = new StagedFiles(folder.Path, "two", []))
        {
            Assert.Throws<IOException>(() => files.Create("link"));
        }

        Assert.Equal(folder["target"], new FileInfo(folder["link"]).LinkTarget);
        Assert.Equal("old", File.ReadAllText(folder["target"]));
        Assert.Equal(2, folder.Snapshot().Length);
    }

    [Fact]
    public void When_the_last_file_cannot_be_put_in_place_the_first_is_put_back()
    {
        File.WriteAllText(folder["one"], "old");
        using (var files = new StagedFiles(folder.Path, "two", []))
        {
            Fill(files, "one");
            Fill(files, "fresh");
            Fill(files, "two");
            Directory.CreateDirectory(folder["two/in the way"]);
            Assert.ThrowsAny<Exception>(() => files.Commit());
        }

        Assert.Equal("old", File.ReadAllText(folder["one"]));
        Assert.Equal(["/one", "/two", "/two/in the way"], folder.Snapshot().Select(entry => entry.Name.Replace('\\', '/')));
    }

    [Fact]
    public void A_file_that_is_to_be_removed_goes_with_the_commit_and_comes_back_when_that_fails()
    {
        File.WriteAllText(folder["stale"], "old");
        using (var files = new StagedFiles(folder.Path, "two", []))
        {
            Fill(files, "two");
            files.Remove("stale");
            files.Remove("never there");
            Directory.CreateDirectory(folder["two/in the way"]);
            Assert.ThrowsAny<Exception>(() => files.Commit());
        }

        Assert.Equal("old", File.ReadAllText(folder["stale"]));
        Directory.Delete(folder["two"], recursive: true);
        using (var files = new StagedFiles(folder.Path, "two", []))
        {
            Fill(files, "two");
            files.Remove("stale");
            files.Commit();
        }

        Assert.Equal(["/two"], folder.Snapshot().Select(entry => entry.Name.Replace('\\', '/')));
    }

    [Fact]
    public void What_another_writer_stages_after_the_commit_stays_when_the_first_writer_ends()
    {
        StagedFiles first = new(folder.Path, "two", []);
        Fill(first, "two");
        first.Commit();
        using StagedFiles second = new(folder.Path, "two", []);
        Fill(second, "one");
        first.Dispose();
        Fill(second, "two");
        second.Commit();

        Assert.Equal(["/one", "/two"], folder.Snapshot().Select(entry => entry.Name.Replace('\\', '/')));
    }
}
