using GpuMargin.ClearingSets;
using GpuMargin.Studies;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GpuMargin.Cli.Display;

/// <summary>A bar with scenarios per second and the time left, on stderr and only for a person at a terminal.</summary>
static class ScenarioProgress
{
    /// <param name="work">Given what takes the scenarios done and, for a run with a target error, what puts a line for every checkpoint, and what takes the share of a factorisation.</param>
    internal static T Show<T>(Terminal terminal, bool quiet, RunSettings settings, Func<IProgress<long>?, IProgress<Checkpoint>?, IProgress<double>?, T> work)
    {
        if (quiet || !terminal.ShowsProgress)
        {
            return work(null, null, null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Bars) });
        return console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new ScenarioRateColumn(), new RemainingTimeColumn())
            .Start(context => work(
                new Bar(context.AddTask("scenarios", maxValue: settings.TargetError is null ? settings.Scenarios : settings.MaxScenarios)),
                settings.TargetError is { } target ? new Lines(console, target) : null,
                new FactorisationBar(context)));
    }

    sealed class Lines(IAnsiConsole console, decimal target) : IProgress<Checkpoint>
    {
        public void Report(Checkpoint value) => console.WriteLine(Cli.Text.Invariant(
            $"{value.Scenarios:N0} scenarios: {value.Reached:N0} of {value.Accounts:N0} accounts are within ±{100 * target:0.####} %"));
    }

    sealed class Bar(ProgressTask task) : IProgress<long>
    {
        // Threads report in no order.
        public void Report(long value) => task.Value = Math.Max(task.Value, value);
    }

    sealed class ScenarioRateColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Spectre.Console.Text(Cli.Text.Invariant($"{task.Speed ?? 0:N0}/s"));
    }
}
