using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Cli.Json;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>A requirement from the base to the call, line by line, beside that of an earlier run.</summary>
static class ExplanationTable
{
    static readonly (string Line, Func<Requirement, decimal> Amount, string Meaning)[] s_levels =
    [
        ("requirement", r => r.Required, "or the minimum, rounded up"),
        ("initial level", r => r.Initial, ""),
        ("maintenance level", r => r.Maintenance, ""),
        ("collateral", r => r.Collateral, "today's value after haircuts"),
        ("excess", r => r.Excess, "beyond the initial level"),
        ("call", r => r.Called, "from below the maintenance level up to the initial level"),
    ];

    internal static void Write(Terminal terminal, ExplainedRun now, ExplainedRun? then)
    {
        Requirement requirement = now.Account.Requirement!;
        Requirement? earlier = then?.Account.Requirement;
        Amounts amounts = new((double)Math.Max(requirement.Required, earlier?.Required ?? 0));
        string kind = PolicyWords.AccountTypes.WordOf(requirement.Type);
        terminal.Out.WriteLine($"{VisibleText.Name(requirement.NettingSet)}: {kind} of {VisibleText.Name(requirement.Member)}, {now.Currency}");
        if (then is not null)
        {
            Shortfall(then);
        }

        Shortfall(now);
        Table table = PlainConsole.Table(
            terminal, "", then is null ? [Day(now)] : [Day(then), Day(now), "change"], "");
        foreach ((string line, Func<Requirement, decimal> amount, string meaning) in Lines(requirement, earlier))
        {
            table.AddRow([
                line,
                .. earlier is null ? (string[])[] : [amounts.Of(amount(earlier))],
                amounts.Of(amount(requirement)),
                .. earlier is null ? (string[])[] : [Change(amount(requirement) - amount(earlier))],
                meaning]);
        }

        PlainConsole.Of(terminal).Write(table);
        if (requirement.NettingWouldSave != 0)
        {
            terminal.Out.WriteLine($"isolated positions: netted the requirement would be lower by {amounts.Of(requirement.NettingWouldSave)}");
        }

        string Change(decimal change) => change > 0 ? $"+{amounts.Of(change)}" : amounts.Of(change);

        void Shortfall(ExplainedRun run)
        {
            Estimate es = run.Account.ExpectedShortfall;
            terminal.Out.WriteLine(
                $"{Day(run)}: expected shortfall of {VisibleText.Name(run.Account.Account)} {amounts.Of(es.Value)}, 95 % interval {amounts.Of(es.Low)} to {amounts.Of(es.High)}");
        }
    }

    /// <summary>Lines that either requirement has: a component that one policy leaves out is 0 there.</summary>
    static IEnumerable<(string Line, Func<Requirement, decimal> Amount, string Meaning)> Lines(Requirement requirement, Requirement? earlier)
    {
        IReadOnlyList<RequirementLine> lines = earlier is null ? requirement.Components.Lines : requirement.Components.LinesWith(earlier.Components);
        return [.. lines.Select(line => (line.Label, (Func<Requirement, decimal>)(r => r.Components.Find(line.Column) ?? 0), line.Meaning)), .. s_levels];
    }

    static string Day(ExplainedRun run) => run.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
