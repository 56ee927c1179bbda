namespace GpuMargin.Tests.Cli;

/// <summary>The working copy that the tests were built in.</summary>
static class Repository
{
    internal static string Root { get; } = Find();

    static string Find()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GpuMargin.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests are not inside the repository.");
        }

        return folder;
    }
}
