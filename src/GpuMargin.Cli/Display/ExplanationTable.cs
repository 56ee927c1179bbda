using System.Globalization;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Cli.Json;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>A requirement from the base to the call, line by line, beside that of an earlier run.</summary>
static class ExplanationTable
{
    static readonly (string Line, Func<Requirement, decimal> Amount, string Meaning)[] s_lines =
    [
        ("base", r => r.Components.Base, "the policy's measure of the book"),
        ("+ stressed", r => r.Components.Stressed, "weight of what stressed observations exceed the base by"),
        ("+ floor", r => r.Components.Floor, "up to the measure at long-run volatility"),
        ("+ buffer", r => r.Components.Buffer, "held against rises, until it is released"),
        ("+ offset", r => r.Components.Offset, "offset between product classes that is not given"),
        ("  dependence", r => r.Components.Dependence, "other correlations"),
        ("  concentration", r => r.Components.Concentration, "the two worst underlyings falling together"),
        ("+ stress", r => r.Components.Stress, "the larger of these two"),
        ("+ liquidity", r => r.Components.Liquidity, "half spreads and impact"),
        ("= model", r => r.Components.Model, ""),
        ("grid", r => r.Components.Grid, "worst move of the scenario grid"),
        ("calculated", r => r.Components.Calculated, "the larger of model and grid"),
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
        terminal.Out.WriteLine($"{requirement.NettingSet}: {kind} of {requirement.Member}, {now.Currency}");
        if (then is not null)
        {
            Shortfall(then);
        }

        Shortfall(now);
        Table table = PlainConsole.Table(
            terminal, "", then is null ? [Day(now)] : [Day(then), Day(now), "change"], "");
        foreach ((string line, Func<Requirement, decimal> amount, string meaning) in s_lines)
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
                $"{Day(run)}: expected shortfall of {run.Account.Account} {amounts.Of(es.Value)}, 95 % interval {amounts.Of(es.Low)} to {amounts.Of(es.High)}");
        }
    }

    static string Day(ExplainedRun run) => run.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
