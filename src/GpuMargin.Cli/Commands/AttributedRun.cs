using CsvHelper;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Margin.Attribution;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Commands;

/// <summary>An account of a recorded run, computed once more from the run's clearing set and attributed to its positions.</summary>
static class AttributedRun
{
    /// <exception cref="CommandRefusedException">The set is not there or has changed, or it has no such account.</exception>
    public static AttributionPrint Of(string folder, string account, CancellationToken cancellation)
    {
        RecordedRun run = RecordedRun.Read(Path.Combine(folder, RunRecord.FileName), folder, cancellation);
        string setFolder = Path.GetFullPath(Path.Combine(folder, run.Record.ClearingSet));
        if (!Directory.Exists(setFolder))
        {
            throw new CommandRefusedException($"{folder}: the clearing set '{run.Record.ClearingSet}' is not there, expected it for --attribution");
        }

        if (run.ChangedInputs(setFolder, cancellation).FirstOrDefault() is { } changed)
        {
            throw new CommandRefusedException($"{setFolder}: expected the files of the run for --attribution; {changed}");
        }

        ClearingSet set = ClearingSetFiles.Read(setFolder, Repetition.Overrides(run.Record), cancellation: cancellation);
        int number = Enumerable.Range(0, set.Accounts.Count).FirstOrDefault(a => set.Accounts[a] == account, -1);
        if (number < 0)
        {
            throw new CommandRefusedException($"{folder}: no account '{VisibleText.Name(account)}' in the run's clearing set");
        }

        int?[] scenarios = new int?[set.Accounts.Count];
        scenarios[number] = run.Margins is null ? null : Scenarios(run.Margins, account);
        AttributedSet attributed = new(set, scenarios, cancellation);
        return Computation.Of(set, () => AttributionPrint.Of(set, number, attributed, new CpuBackend(), cancellation));
    }

    // Of a run with a target error; else the column is not there.
    static int? Scenarios(byte[] margins, string account)
    {
        using var csv = CsvReader.Create(margins, new CsvReaderOptions { HasHeader = false });
        int column = -1;
        for (bool header = true; csv.Read(); header = false)
        {
            string[] row = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
            if (header)
            {
                column = Array.IndexOf(row, MarginsCsv.ScenariosColumn);
            }
            else if (column >= 0 && row[0] == account)
            {
                return int.Parse(row[column], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return null;
    }
}
