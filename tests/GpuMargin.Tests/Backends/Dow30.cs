using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Backends;

/// <summary>The sample of thirty US stocks, with European options and a dividend yield, which the tests' own formulas know, in place of American ones and cash dividends.</summary>
static class Dow30
{
    internal static string Folder { get; } = Find();

    internal static ClearingSet Read(Precision precision, int? scenarios = null)
    {
        ClearingSet set = ClearingSetFiles.Read(Folder, new RunOverrides { Precision = precision, Scenarios = scenarios });
        return set with { Instruments = [.. set.Instruments.Select(European)] };
    }

    static Instrument European(Instrument instrument) => instrument with
    {
        Exercise = ExerciseStyle.European,
        Dividends = [],
        DividendYield = instrument.Type == InstrumentType.Option ? 0.015 : 0,
    };

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
