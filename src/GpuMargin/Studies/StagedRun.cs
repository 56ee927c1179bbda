using System.Diagnostics;
using System.Security.Cryptography;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Studies;

/// <summary>A run that grows from checkpoint to checkpoint, for fewer accounts each time. The tails are those of a run of as many scenarios at once.</summary>
/// <remarks>
/// A stage is a plan like any other, of the scenarios between two checkpoints and the accounts that are left, so any backend computes it. Instruments
/// stay all: their places decide the order of sums and so the bits.
/// </remarks>
public sealed class StagedRun
{
    readonly MarginPlan plan;
    readonly IBackend backend;
    readonly int[] checkpoints;
    readonly int[] lengths;
    readonly double deviations;
    readonly LossTail[] tails;
    readonly List<byte[]> fingerprints = [];
    readonly Dictionary<string, double> seconds = [];
    int stage;

    /// <param name="plan">Of all accounts; its number of scenarios and tail length are not used.</param>
    /// <param name="checkpoints">Growing; all but the last are multiples of 64.</param>
    /// <param name="length">Worst losses that are read of so many scenarios.</param>
    public StagedRun(MarginPlan plan, IBackend backend, IReadOnlyList<int> checkpoints, Func<int, int> length, double deviations = StageTail.Deviations)
    {
        this.plan = plan;
        this.backend = backend;
        this.checkpoints = [.. checkpoints];
        this.deviations = deviations;
        lengths = [.. checkpoints.Select(length)];
        tails = new LossTail[plan.Positions.Accounts];
    }

    /// <summary>Computed so far.</summary>
    public int Scenarios => stage == 0 ? 0 : checkpoints[stage - 1];

    /// <summary>Losses of a tail that <see cref="Advance"/> gave last.</summary>
    public int TailLength => lengths[stage - 1];

    /// <summary>Accounts whose tail a stage did not keep to the necessary length and that were computed again: those with one loss in the whole tail, as at the cap of a spread.</summary>
    public int Repeated { get; private set; }

    /// <summary>Wall time of computing them again.</summary>
    public double RepeatedSeconds { get; private set; }

    /// <summary>Seconds of the stages together.</summary>
    public IEnumerable<StageTime> Stages => seconds.Select(stage => new StageTime(stage.Key, stage.Value));

    /// <summary>SHA-256 of the stages' fingerprints, 32 bytes each, one after the other; lower-case hexadecimal. An account counts in the stages that computed it.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData([.. fingerprints.SelectMany(digest => digest)]));

    /// <summary>Bytes that the next stage takes for tails and digests, of <paramref name="accounts"/> accounts.</summary>
    public double BytesOfNext(int accounts)
    {
        int count = checkpoints[stage] - Scenarios;
        double held = (double)accounts * (stage == 0 ? 0 : 2 * lengths[stage]) * RunMemory.ResultBytes;
        return held + RunMemory.Bytes(accounts, count, Kept(count, stage));
    }

    /// <summary>Computes up to the next checkpoint.</summary>
    /// <param name="accounts">Growing; no account that was left out before.</param>
    /// <returns>Per account of <paramref name="accounts"/> the worst losses of all scenarios so far.</returns>
    /// <exception cref="NonFiniteProfitAndLossException">With the account's number in the plan.</exception>
    public LossTail[] Advance(IReadOnlyList<int> accounts, IProgress<long>? scenariosDone = null, CancellationToken cancellation = default)
    {
        int first = Scenarios;
        int count = checkpoints[stage] - first;
        EngineResult result = Run(accounts, first, count, Kept(count, stage), Shifted(scenariosDone, first), cancellation);
        fingerprints.Add(Convert.FromHexString(result.ProfitAndLossSha256));
        LossTail[] grown = new LossTail[tails.Length];
        Parallel.For(0, accounts.Count, i => grown[accounts[i]] = first == 0
            ? result.Tails[i]
            : plan.Positions.Count(accounts[i]) == 0
            ? Nothing(lengths[stage])
            : StageTail.Merge(tails[accounts[i]], first, result.Tails[i], count));
        int[] lacking = [.. accounts.Where(account => grown[account].Losses.Length < lengths[stage])];
        if (lacking.Length > 0)
        {
            long start = Stopwatch.GetTimestamp();
            Repeated += lacking.Length;
            EngineResult again = Run(lacking, 0, first + count, Math.Max(lengths[stage], Kept(first + count, stage)), null, cancellation);
            for (int i = 0; i < lacking.Length; i++)
            {
                grown[lacking[i]] = again.Tails[i];
            }

            RepeatedSeconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        grown.CopyTo(tails, 0);
        int length = lengths[stage++];
        return [.. accounts.Select(account => new LossTail(tails[account].Losses[..length], tails[account].Scenarios[..length]))];
    }

    // Without positions every scenario loses nothing, and the first ones are the worst.
    static LossTail Nothing(int length) => new(new double[length], [.. Enumerable.Range(0, length)]);

    int Kept(int count, int from) => StageTail.Kept(count, checkpoints.AsSpan(from), lengths.AsSpan(from), deviations);

    EngineResult Run(
        IReadOnlyList<int> accounts, int first, int count, int kept, IProgress<long>? scenariosDone, CancellationToken cancellation)
    {
        MarginPlan part = plan with
        {
            Scenarios = plan.Scenarios with { FirstScenario = first, Scenarios = count },
            Positions = accounts.Count == plan.Positions.Accounts ? plan.Positions : plan.Positions.Select(accounts),
            TailLength = kept,
        };
        try
        {
            EngineResult result = backend.Run(part, scenariosDone, cancellation);
            foreach (StageTime time in result.Stages)
            {
                seconds[time.Stage] = seconds.GetValueOrDefault(time.Stage) + time.Seconds;
            }

            return result;
        }
        catch (NonFiniteProfitAndLossException exception)
        {
            throw new NonFiniteProfitAndLossException(accounts[exception.Account], exception.Scenario);
        }
    }

    static Progress? Shifted(IProgress<long>? scenariosDone, long before) => scenariosDone is null ? null : new Progress(scenariosDone, before);

    sealed class Progress(IProgress<long> whole, long before) : IProgress<long>
    {
        public void Report(long value) => whole.Report(before + value);
    }
}
