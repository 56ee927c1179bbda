using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>A bar over the factors of a calibration, on stderr and only for a person at a terminal.</summary>
static class FactorProgress
{
    internal static T Show<T>(Terminal terminal, bool quiet, int factors, Func<IProgress<long>?, T> work)
    {
        if (quiet || !terminal.ShowsProgress)
        {
            return work(null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Bars) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                ProgressTask fits = context.AddTask("factors", maxValue: factors);
                ProgressTask dependence = context.AddTask("dependence", autoStart: false).IsIndeterminate();
                return work(new Bar(fits, dependence, factors));
            });
    }

    sealed class Bar(ProgressTask fits, ProgressTask dependence, int factors) : IProgress<long>
    {
        public void Report(long value)
        {
            fits.Value = Math.Max(fits.Value, value);
            if (value == factors)
            {
                dependence.StartTask();
            }
        }
    }
}
