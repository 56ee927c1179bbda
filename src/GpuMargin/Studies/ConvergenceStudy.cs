using System.Diagnostics;
using System.Numerics;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Numerics;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Studies;

/// <summary>Error and time of expected shortfall against the number of scenarios, for every way of drawing them.</summary>
/// <remarks>
/// A repeat is a run with another seed; with Sobol points that is another scramble of the same points. All numbers of scenarios of a repeat come
/// from one <see cref="StagedRun"/>, so points of a repeat share scenarios, and points of different repeats share none.
/// </remarks>
public static class ConvergenceStudy
{
    /// <summary>Longest runs when nothing is said.</summary>
    public const int DefaultScenarios = 1 << 16;

    /// <summary>Repeats when nothing is said: a standard error over eight is itself known to a quarter, the median over many accounts better.</summary>
    public const int DefaultRepeats = 8;

    /// <summary>Ten losses beyond the quantile: fewer give no usable interval.</summary>
    const int LeastTailScenarios = 10;

    static readonly (string Name, Sampling Sampling, Importance Importance)[] s_methods =
    [
        ("philox", Sampling.Philox, Importance.Off),
        ("importance", Sampling.Philox, Importance.On),
        ("sobol", Sampling.Sobol, Importance.Off),
        ("sobol+importance", Sampling.Sobol, Importance.On),
    ];

    /// <summary>Powers of two up to <paramref name="most"/>, and that itself.</summary>
    public static IReadOnlyList<int> Counts(decimal confidence, int most)
    {
        int least = (int)Math.Min(Math.Ceiling(LeastTailScenarios / (1 - confidence)), 1 << 30);
        List<int> counts = [];
        for (long count = BitOperations.RoundUpToPowerOf2((uint)Math.Max(least, 1024)); count < most; count *= 2)
        {
            counts.Add((int)count);
        }

        return [.. counts, most];
    }

    /// <param name="accounts">Numbers in the set, growing; the others are not computed.</param>
    /// <param name="most">Scenarios of the longest runs.</param>
    /// <param name="repeats">Two or more.</param>
    /// <param name="runsDone">Told how many of <see cref="Runs"/> are finished.</param>
    /// <exception cref="ArgumentException">Too few scenarios for an expected shortfall.</exception>
    /// <exception cref="RefusedInputException">A P&amp;L left the range of the working precision.</exception>
    public static IReadOnlyList<ConvergenceMethod> Run(
        ClearingSet set, IBackend backend, IReadOnlyList<int> accounts, int most, int repeats,
        IProgress<int>? runsDone = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 2);
        QuantileRanks.For(most, set.Settings.Confidence).RequireExpectedShortfall();
        IReadOnlyList<int> counts = Counts(set.Settings.Confidence, most);
        List<ConvergenceMethod> methods = [];
        int done = 0;
        foreach ((string name, Sampling sampling, Importance importance) in s_methods)
        {
            if (importance == Importance.On && WhyNoImportance(set.Settings) is { } reason)
            {
                methods.Add(new ConvergenceMethod(name, reason, []));
                continue;
            }

            methods.Add(new ConvergenceMethod(name, null, Points(
                set, backend, accounts, counts, repeats, sampling, importance, () => runsDone?.Report(++done), cancellation)));
        }

        return methods;
    }

    /// <summary>Runs of a study.</summary>
    public static int Runs(ClearingSet set, int repeats) => repeats * s_methods.Count(method => method.Importance == Importance.Off || WhyNoImportance(set.Settings) is null);

    static string? WhyNoImportance(RunSettings settings) =>
        settings.Copula.Family == CopulaFamily.Gaussian || settings.Copula.DegreesOfFreedom > StudentT.NormalLimit
            ? "the copula is Gaussian and has no chi-square to sample"
            : settings.HorizonDays == 0 ? "nothing moves in a horizon of no days" : null;

    static ConvergencePoint[] Points(
        ClearingSet set, IBackend backend, IReadOnlyList<int> accounts, IReadOnlyList<int> counts, int repeats,
        Sampling sampling, Importance importance, Action runDone, CancellationToken cancellation)
    {
        set = set with { Settings = set.Settings with { Scenarios = counts[0], Sampling = sampling, Importance = importance, TargetError = null } };
        ValuationRun plan = AccountRun.Of(set, null, cancellation);
        ScenarioPlan model = (ScenarioPlan)plan.Source;
        ScenarioWeights weights = model.Weights();
        Estimate[][,] shortfalls = [.. counts.Select(_ => new Estimate[repeats, accounts.Count])];
        int[][] trusted = [.. counts.Select(_ => new int[accounts.Count])];
        double[,] seconds = new double[counts.Count, repeats];
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            StagedRun run = new(plan with { Source = model with { Seed = unchecked(set.Settings.Seed + (ulong)repeat) } }, counts, n => TailLength.Required(Ranks(n), weights));
            double engine = 0;
            for (int k = 0; k < counts.Count; k++)
            {
                long start = Stopwatch.GetTimestamp();
                double repeated = run.RepeatedSeconds;
                RunStage stage = run.Next(accounts);
                Valuation.Compute(stage, backend, null, cancellation);
                // A run of so many scenarios at once repeats nothing.
                engine += Stopwatch.GetElapsedTime(start).TotalSeconds - (run.RepeatedSeconds - repeated);
                start = Stopwatch.GetTimestamp();
                AccountMargin[] margins = AccountMeasures.Of(set, run.Reached, Ranks(counts[k]), accounts, stage.Tails);
                // A single run measures once.
                seconds[k, repeat] = engine + Stopwatch.GetElapsedTime(start).TotalSeconds;
                for (int i = 0; i < accounts.Count; i++)
                {
                    shortfalls[k][repeat, i] = margins[i].ExpectedShortfall;
                    trusted[k][i] += margins[i].ExpectedShortfallTrusted ? 1 : 0;
                }
            }

            runDone();
        }

        return [.. counts.Select((count, k) => new ConvergencePoint(
            count, Median([.. Enumerable.Range(0, repeats).Select(r => seconds[k, r]).Order()]), [.. Enumerable.Range(0, accounts.Count).Select(i =>
                Error(shortfalls[k], i, repeats) with { TrustedShare = (double)trusted[k][i] / repeats })]))];

        QuantileRanks Ranks(int scenarios) => QuantileRanks.For(scenarios, set.Settings.Confidence);
    }

    static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    static ConvergenceError Error(Estimate[,] runs, int account, int repeats)
    {
        double mean = Enumerable.Range(0, repeats).Average(r => runs[r, account].Value);
        double squares = Enumerable.Range(0, repeats).Sum(r => (runs[r, account].Value - mean) * (runs[r, account].Value - mean));
        double[] widths = [.. Enumerable.Range(0, repeats).Select(r => runs[r, account].HalfWidth).Order()];
        return new ConvergenceError(
            Median([.. Enumerable.Range(0, repeats).Select(r => runs[r, account].Value).Order()]),
            Math.Sqrt(squares / (repeats - 1)),
            Median(widths),
            widths[^1]);
    }
}
