using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>A bar over the runs of a study, on stderr and only for a person at a terminal.</summary>
static class RunProgress
{
    internal static T Show<T>(Terminal terminal, int runs, Func<IProgress<int>?, T> work)
    {
        if (!terminal.ShowsProgress)
        {
            return work(null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Bars) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask("runs", maxValue: runs))));
    }

    sealed class Bar(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Value = value;
    }
}
