using System.CommandLine;

namespace GpuMargin.Cli.Options;

/// <summary>Whether names in CSV files are made text for spreadsheets.</summary>
static class SpreadsheetOption
{
    internal static Option<bool> AddTo(Command command)
    {
        var safe = new Option<bool>("--spreadsheet-safe") { Description = "Put an apostrophe before names in CSV files that a spreadsheet would run as a formula" };
        command.Add(safe);
        return safe;
    }
}
