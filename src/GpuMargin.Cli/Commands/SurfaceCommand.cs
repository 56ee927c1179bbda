using System.CommandLine;
using System.Diagnostics;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Display;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Files.Commits;
using GpuMargin.Files.Mapping;
using GpuMargin.Quotes;
using GpuMargin.Reporting.Surfaces;

namespace GpuMargin.Cli.Commands;

/// <summary>Volatility surfaces from quotes of options: smiles, pivots, pictures, and from a folder of days their history.</summary>
static class SurfaceCommand
{

    internal static Command Create(Terminal terminal, Option<bool> json, IDisk disk, CancellationToken cancellation)
    {
        var command = new Command("surface", "Fit volatility surfaces to quotes of options");
        var source = new Argument<string>("QUOTES") { Description = "CSV or JSON with the quotes of one day, or a folder with a file per day" };
        var output = new Option<string>("--out") { Description = "Folder of the clearing set; its other files stay", HelpName = "DIR", Required = true };
        var mapping = new Option<string>("--mapping")
        {
            Description = $"mapping.json that says what the columns are, or a preset: {string.Join(", ", MappingReader.Presets)}",
            HelpName = "FILE|PRESET",
            Required = true,
        };
        var underlyings = new Option<string[]>("--underlyings")
        {
            Description = "Underlyings to read (all when left out)",
            HelpName = "A,B",
            CustomParser = argument => [.. argument.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()],
        };
        Option<SurfaceCoordinate?> coordinate = ValueOptions.Word("--coordinate", "Place of a pivot across strikes (delta when left out)", Words.SurfaceCoordinates);
        Option<string?> pivots = PivotList.Option();
        Option<double?> stickiness = ValueOptions.Number<double>(
            "--stickiness", "B", "0: volatilities stay with the strike when the forward moves, 1: with the moneyness (1 when left out)", "a number from 0 to 1", value => value is >= 0 and <= 1);
        Option<double?> termPower = ValueOptions.Number<double>(
            "--term-power", "P", "Pivots, all of one number of days, count for other days by (their days/days)^P (when left out pivots of several days share)", "a number of at least 0", value => value >= 0);
        var quiet = new Option<bool>("--quiet") { Description = "No progress, no warnings and no table: only the files" };
        command.Add(source);
        foreach (Option option in (Option[])[output, mapping, underlyings, coordinate, pivots, stickiness, termPower, quiet])
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            var clock = Stopwatch.StartNew();
            string path = parsed.GetRequiredValue(source), folder = parsed.GetRequiredValue(output);
            bool silent = parsed.GetValue(quiet);
            SurfaceCoordinate place = parsed.GetValue(coordinate) ?? SurfaceCoordinate.Delta;
            double? power = parsed.GetValue(termPower);
            SurfaceDynamics dynamics = new(parsed.GetValue(stickiness) ?? 1, power, place, PivotList.Of(parsed.GetValue(pivots), place, power is not null));
            CheckPaths(path, folder);
            ColumnMapping columns = MappingReader.Read(parsed.GetRequiredValue(mapping), QuoteFields.All);
            using SurfaceOutput files = new(folder, disk, cancellation);
            QuoteDays quotes = DayProgress.Show(terminal, silent, progress =>
                QuoteDays.Read(path, columns, parsed.GetValue(underlyings) ?? [], progress, cancellation));
            IReadOnlyList<string> written = files.Write(quotes, dynamics, cancellation);
            string[] warnings = [.. SurfaceTable.Warnings(quotes)];
            if (!silent)
            {
                foreach (string warning in warnings)
                {
                    terminal.Error.WriteLine($"warning: {warning}");
                }
            }

            if (parsed.GetValue(json))
            {
                JsonOutput.Print(
                    terminal,
                    new SurfacePrint(
                        folder, written, quotes.Surfaces.Max(days => days.Count), [.. quotes.Surfaces.Select(days => PrintedSurface.Of(days[^1], dynamics))], warnings, clock.Elapsed.TotalSeconds),
                    CliJson.Readable.SurfacePrint);
            }
            else if (!silent)
            {
                SurfaceTable.Write(terminal, quotes, folder, clock.Elapsed.TotalSeconds);
            }

            return ExitCode.Done;
        });
        return command;
    }

    static void CheckPaths(string quotes, string folder)
    {
        if (RealPath.Same(quotes, folder))
        {
            throw new CommandRefusedException($"--out: '{quotes}' is the folder of the quotes, expected another");
        }

        if (SurfaceOutput.FileNames.Any(name => RealPath.Same(Path.Combine(folder, name), quotes)))
        {
            throw new CommandRefusedException($"--out: '{quotes}' has the quotes and would be overwritten");
        }
    }
}
