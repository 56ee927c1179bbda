using GpuMargin.Backends;
using GpuMargin.ClearingSets;

namespace GpuMargin.Cli;

/// <summary>Readies the engine's code while the files of a run are read.</summary>
/// <remarks>
/// The small files come first and keep one core busy. On another a set of a few positions goes through the whole engine, so that its types are loaded and what
/// was not compiled ahead of time is compiled when the run begins: the sample's engine takes half the time and the whole run an eighth less; job S is not
/// affected. The results are dropped.
/// </remarks>
static class WarmUp
{
    static readonly SyntheticOptions s_set = new()
    {
        Factors = 4,
        Instruments = 8,
        Accounts = 2,
        PositionsPerAccount = 4,
        Scenarios = 640,
    };

    static int s_begun;

    /// <summary>Once in a process, in the background.</summary>
    internal static void Begin(Precision precision)
    {
        if (Environment.ProcessorCount == 1 || Interlocked.Exchange(ref s_begun, 1) != 0)
        {
            return;
        }

        new Thread(() => Run(precision)) { IsBackground = true, Name = "gpumargin warm-up" }.Start();
    }

    static void Run(Precision precision)
    {
        ClearingSet set = SyntheticClearingSet.Generate(s_set);
        try
        {
            MarginCalculator.Calculate(set with { Settings = set.Settings with { Precision = precision } }, new CpuBackend(threads: 1));
        }
#pragma warning disable CA1031 // Whatever fails here fails again in the run, which tells it.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
