using System.Globalization;
using GpuMargin.Reporting;
using GpuMargin.Studies;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>The study for people: errors by number of scenarios, then what ±1 % takes.</summary>
static class ConvergenceTable
{
    internal const double Target = 0.01;

    // 95 % of a normal distribution.
    const double Z = 1.959963984540054;

    // Beyond it an extrapolation says no more than that this is no way to get there.
    const double MostTold = 1e9;

    /// <param name="each">Also a table of every account.</param>
    internal static void Write(
        Terminal terminal, IReadOnlyList<ConvergenceMethod> methods, IReadOnlyList<string> accounts, int repeats, bool each, string folder)
    {
        IAnsiConsole console = PlainConsole.Of(terminal);
        console.Write(Summary(terminal, methods));
        if (each)
        {
            console.Write(Accounts(terminal, methods, accounts));
        }

        console.Write(Needs(terminal, methods));
        foreach (ConvergenceMethod missing in methods.Where(method => method.Missing is not null))
        {
            terminal.Out.WriteLine($"{missing.Name}: not available, {missing.Missing}");
        }

        int without = methods[0].Points[^1].Accounts.Count(account => !account.IsRelative);
        if (without > 0)
        {
            terminal.Out.WriteLine(Text.Invariant($"{without:N0} of {accounts.Count:N0} accounts without a loss in the tail or without an error: in the file only"));
        }

        foreach (ConvergenceMethod method in methods.Where(method => method.Missing is null))
        {
            if (method.Points[^1].Accounts.Count(error => error.HasRareLoss) is > 0 and int rare)
            {
                terminal.Out.WriteLine(Text.Invariant($"{method.Name}: for {rare:N0} of {accounts.Count:N0} accounts one of the longest runs has an interval over five times as wide as usual: a rare scenario decides its ES"));
            }
        }

        foreach (ConvergenceMethod method in methods.Where(method => method.Missing is null))
        {
            if (method.Points[^1].Accounts.Count(error => error.TrustedShare < 0.5) is > 0 and int untrusted)
            {
                terminal.Out.WriteLine(Text.Invariant($"{method.Name}: for {untrusted:N0} of {accounts.Count:N0} accounts most of the longest runs have an interval that cannot be trusted"));
            }
        }

        terminal.Out.WriteLine(Text.Invariant($"±: half-width of the 95 % interval that a run states of itself, relative to expected shortfall; median of {repeats} runs."));
        terminal.Out.WriteLine(Text.Invariant($"1.96 s.e.: the same from the spread of the runs, which have different seeds."));
        terminal.Out.WriteLine("*: beyond the runs, by the fitted rate. Seconds: at those per scenario of the longest runs.");
        terminal.Out.WriteLine($"{folder}/{ConvergenceCsv.FileName}, {folder}/{ConvergencePicture.FileName}");
    }

    static Table Summary(Terminal terminal, IReadOnlyList<ConvergenceMethod> methods)
    {
        Table table = PlainConsole.Table(terminal, "method", ["scenarios", "seconds", "median ±%", "90% ±%", "worst ±%", "median 1.96 s.e.%"]);
        foreach (ConvergenceMethod method in methods)
        {
            foreach (ConvergencePoint point in method.Points)
            {
                table.AddRow([
                    method.Name, Count(point.Scenarios), Seconds(point.Seconds),
                    .. ConvergenceStatistic.Of(point) is { Count: 3 } all
                        ? (string[])[Percent(all[0].HalfWidth), Percent(all[1].HalfWidth), Percent(all[2].HalfWidth), Percent(Z * all[0].StandardError)]
                        : ["", "", "", ""]]);
            }
        }

        return table;
    }

    static Table Accounts(Terminal terminal, IReadOnlyList<ConvergenceMethod> methods, IReadOnlyList<string> accounts)
    {
        Table table = PlainConsole.Table(terminal, "account", ["scenarios", "ES", "±%", "1.96 s.e.%"], "method");
        for (int i = 0; i < accounts.Count; i++)
        {
            foreach (ConvergenceMethod method in methods)
            {
                foreach (ConvergencePoint point in method.Points)
                {
                    ConvergenceError error = point.Accounts[i];
                    table.AddRow(
                        PlainConsole.Cell(accounts[i]), Count(point.Scenarios), error.ExpectedShortfall.ToString("N2", CultureInfo.InvariantCulture),
                        error.IsRelative ? Percent(error.RelativeHalfWidth) : "", error.IsRelative ? Percent(Z * error.RelativeStandardError) : "", method.Name);
                }
            }
        }

        return table;
    }

    static Table Needs(Terminal terminal, IReadOnlyList<ConvergenceMethod> methods)
    {
        Table table = PlainConsole.Table(terminal, "±1 % with", ["rate", "median: scenarios", "s", "90%: scenarios", "s", "worst: scenarios", "s"]);
        foreach (ConvergenceMethod method in methods)
        {
            ConvergenceNeed?[] needs = [.. ConvergenceStatistic.Names.Select(name => ConvergenceStatistic.Need(method, name, Target))];
            if (needs[0] is { } median)
            {
                table.AddRow([method.Name, Text.Invariant($"{median.Rate:F2}"), .. needs.SelectMany(need => Need(need!.Value))]);
            }
        }

        return table;
    }

    static IEnumerable<string> Need(ConvergenceNeed need) => need.Scenarios > MostTold
        ? ["out of reach*", ""]
        : [Text.Invariant($"{RoundUp(need.Scenarios):N0}{(need.Extrapolated ? "*" : "")}"), Seconds(need.Seconds)];

    // Three figures are more than is known.
    static double RoundUp(double scenarios)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(scenarios)) - 1);
        return Math.Ceiling(scenarios / unit) * unit;
    }

    static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    static string Seconds(double value) => value.ToString(value < 10 ? "F2" : "F0", CultureInfo.InvariantCulture);

    static string Percent(double value) => (100 * value).ToString("F2", CultureInfo.InvariantCulture);
}
