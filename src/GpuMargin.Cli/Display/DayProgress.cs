using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>A bar over the days of a roll, on stderr and only for a person at a terminal.</summary>
static class DayProgress
{
    internal static T Show<T>(Terminal terminal, bool quiet, Func<IProgress<double>?, T> work)
    {
        if (quiet || !terminal.ShowsProgress)
        {
            return work(null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Bars) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask("days", maxValue: 1))));
    }

    sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = Math.Max(task.Value, value);
    }
}
