using Spectre.Console;
using Spectre.Console.Rendering;

namespace GpuMargin.Cli.Display;

/// <summary>A bar with scenarios per second and the time left, on stderr and only for a person at a terminal.</summary>
static class ScenarioProgress
{
    internal static T Show<T>(Terminal terminal, bool quiet, long scenarios, Func<IProgress<long>?, T> work)
    {
        if (quiet || !terminal.ShowsProgress)
            return work(null);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new ScenarioRateColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask("scenarios", maxValue: scenarios))));
    }

    sealed class Bar(ProgressTask task) : IProgress<long>
    {
        public void Report(long value) => task.Value = value;
    }

    sealed class ScenarioRateColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Spectre.Console.Text(Cli.Text.Invariant($"{task.Speed ?? 0:N0}/s"));
    }
}
