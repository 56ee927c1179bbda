using System.Diagnostics;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>A bar for factorisations of the correlation matrix, which appears when one takes longer than a moment.</summary>
sealed class FactorisationBar(ProgressContext context) : IProgress<double>
{
    static readonly TimeSpan s_moment = TimeSpan.FromSeconds(0.5);

    readonly long start = Stopwatch.GetTimestamp();
    readonly Lazy<ProgressTask> task = new(() => context.AddTask("correlation"));

    /// <summary>Bars on stderr, only for a person at a terminal.</summary>
    internal static T Show<T>(Terminal terminal, bool quiet, Func<IProgress<double>?, T> work)
    {
        if (quiet || !terminal.ShowsProgress)
        {
            return work(null);
        }

        return AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) })
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context => work(new FactorisationBar(context)));
    }

    public void Report(double value)
    {
        if (task.IsValueCreated || Stopwatch.GetElapsedTime(start) > s_moment)
        {
            task.Value.Value = 100 * value;
        }
    }
}
