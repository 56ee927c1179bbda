using System.Collections.Concurrent;
using GpuMargin.Tests.Cli;

namespace GpuMargin.Tests.Documentation;

/// <summary>The runs of pages, each made once.</summary>
public sealed class PageRuns : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly ConcurrentDictionary<string, Lazy<PageRun>> runs = new();

    public void Dispose() => folder.Dispose();

    internal PageRun Of(string page) => runs.GetOrAdd(page, name => new Lazy<PageRun>(() => PageRun.Of(Page.Of(name), Prepared(name)))).Value;

    // A folder with the samples, as a working copy has them, without what was computed there.
    string Prepared(string page)
    {
        string target = folder[page.Replace('/', '-')];
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(Repository.Root, file);
            if (!name.Split(Path.DirectorySeparatorChar).Contains("out"))
            {
                string copy = Path.Combine(target, name);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }

        return target;
    }
}
