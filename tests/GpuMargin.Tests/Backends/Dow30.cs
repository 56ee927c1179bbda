using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Backends;

/// <summary>The sample of thirty US stocks and their options.</summary>
static class Dow30
{
    internal static string Folder { get; } = Find();

    internal static ClearingSet Read(Precision precision, int? scenarios = null) =>
        ClearingSetFiles.Read(Folder, new RunOverrides { Precision = precision, Scenarios = scenarios });

    static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "GpuMargin.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder is null ? throw new DirectoryNotFoundException("No folder above the tests holds GpuMargin.sln.") : Path.Combine(folder, "samples", "dow30");
    }
}
