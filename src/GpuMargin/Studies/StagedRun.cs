using System.Security.Cryptography;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Studies;

/// <summary>A run that grows from checkpoint to checkpoint, for fewer accounts each time. The tails are those of a run of as many scenarios at once.</summary>
/// <remarks>
/// A stage is a range of the run like any other, of the scenarios between two checkpoints and the accounts that are left, so any backend computes it.
/// Instruments stay all: their places decide the order of sums and so the bits. Digests are not kept: a stage has other accounts than the one before, and
/// a run may grow to 10⁸ scenarios.
/// </remarks>
sealed class StagedRun
{
    readonly ValuationRun run;
    readonly int[] checkpoints;
    readonly int[] lengths;
    readonly double deviations;
    readonly LossTail[] tails;
    readonly List<byte[]> fingerprints = [];
    readonly List<StageTime> seconds = [];
    int stage;

    /// <param name="run">Of all accounts; its number of scenarios and tail length are not used.</param>
    /// <param name="checkpoints">Growing; all but the last are multiples of 64.</param>
    /// <param name="length">Worst losses that are read of so many scenarios.</param>
    public StagedRun(ValuationRun run, IReadOnlyList<int> checkpoints, Func<int, int> length, double deviations = StageTail.Deviations)
    {
        this.run = run with { Scenarios = checkpoints[^1] };
        this.checkpoints = [.. checkpoints];
        this.deviations = deviations;
        lengths = [.. checkpoints.Select(length)];
        tails = new LossTail[run.Positions.Accounts];
    }

    /// <summary>Computed so far.</summary>
    public int Scenarios => stage == 0 ? 0 : checkpoints[stage - 1];

    /// <summary>Losses of a tail at the last checkpoint.</summary>
    public int TailLength => lengths[stage - 1];

    /// <summary>Accounts whose tail a stage did not keep to the necessary length and that were computed again: those with one loss in the whole tail, as at the cap of a spread.</summary>
    public int Repeated { get; private set; }

    /// <summary>Wall time of computing them again.</summary>
    public double RepeatedSeconds { get; private set; }

    /// <summary>Seconds of the stages together.</summary>
    public IEnumerable<StageTime> Stages => StageTime.Sum(seconds);

    /// <summary>The run of all accounts up to the last checkpoint, as its tails are measured.</summary>
    public ValuationRun Reached => run with { Scenarios = Scenarios, TailLength = TailLength };

    /// <summary>SHA-256 of the stages' fingerprints, 32 bytes each, one after the other; lower-case hexadecimal. An account counts in the stages that computed it.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData([.. fingerprints.SelectMany(digest => digest)]));

    /// <summary>Bytes that the next stage takes for tails and digests, of <paramref name="accounts"/> accounts.</summary>
    public double BytesOfNext(int accounts)
    {
        int count = checkpoints[stage] - Scenarios;
        double held = (double)accounts * (stage == 0 ? 0 : 2 * lengths[stage]) * HostMemory.ResultBytes;
        return held + HostMemory.OfRun(run.Fingerprint, new RunSize(accounts, accounts, count, Kept(count, stage)), keepsDigests: false).Bytes;
    }

    /// <summary>What has to be valued up to the next checkpoint.</summary>
    /// <param name="accounts">Growing; no account that was left out before.</param>
    public RunStage Next(IReadOnlyList<int> accounts)
    {
        int count = checkpoints[stage] - Scenarios;
        return new RunStage(accounts, Scenarios, count, lengths[stage], Part(accounts, Scenarios, count, Kept(count, stage)), this);
    }

    /// <summary>The accounts' tails before the stage.</summary>
    internal LossTail Before(int account) => tails[account];

    /// <summary>Accounts from the first scenario on, with tails long enough.</summary>
    internal ValuationRun Again(IReadOnlyList<int> accounts)
    {
        int end = checkpoints[stage];
        return Part(accounts, 0, end, Math.Max(lengths[stage], Kept(end, stage))) with { FingerprintRows = 0 };
    }

    internal void Took(EngineResult result, bool again, double wallSeconds)
    {
        seconds.AddRange(result.Stages);
        if (again)
        {
            Repeated += result.Tails.Count;
            RepeatedSeconds += wallSeconds;
        }
        else
        {
            fingerprints.Add(Convert.FromHexString(result.ProfitAndLossSha256));
        }
    }

    /// <returns>Of the accounts, as long as they are read.</returns>
    internal LossTail[] Finish(IReadOnlyList<int> accounts, IReadOnlyList<LossTail> grown)
    {
        Array.Clear(tails);
        for (int i = 0; i < accounts.Count; i++)
        {
            tails[accounts[i]] = grown[i];
        }

        int length = lengths[stage++];
        return [.. grown.Select(tail => tail.First(length))];
    }

    int Kept(int count, int from) => StageTail.Kept(count, checkpoints.AsSpan(from), lengths.AsSpan(from), deviations);

    ValuationRun Part(IReadOnlyList<int> accounts, int first, int count, int kept) => run.Range(first, count) with
    {
        Positions = accounts.Count == run.Positions.Accounts ? run.Positions : run.Positions.Select(accounts),
        TailLength = kept,
    };
}
