using System.Diagnostics;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Numerics;

namespace GpuMargin.Studies;

/// <summary>What a run that grows has to value up to its next checkpoint: the new scenarios, and accounts again whose tails these leave too short.</summary>
sealed class RunStage : IValuationSchedule
{
    readonly IReadOnlyList<int> accounts;
    readonly int before;
    readonly int count;
    readonly int length;
    readonly ValuationRun added;
    readonly StagedRun whole;
    EngineResult? taken;

    /// <param name="accounts">Their numbers in the whole run.</param>
    /// <param name="before">Scenarios that were valued.</param>
    /// <param name="count">New scenarios.</param>
    /// <param name="length">Losses of a tail that are read.</param>
    /// <param name="added">The run of the new scenarios.</param>
    internal RunStage(IReadOnlyList<int> accounts, int before, int count, int length, ValuationRun added, StagedRun whole)
    {
        this.accounts = accounts;
        this.before = before;
        this.count = count;
        this.length = length;
        this.added = added;
        this.whole = whole;
    }

    /// <summary>Per account the worst losses of all scenarios so far, once the runs are taken.</summary>
    public IReadOnlyList<LossTail> Tails { get; private set; } = [];

    public IEnumerable<ValuationRun> Runs
    {
        get
        {
            yield return added;
            EngineResult result = taken!;
            whole.Took(result, again: false, 0);
            LossTail[] grown = new LossTail[accounts.Count];
            SideBySide.For(grown.Length, i => grown[i] = before == 0
                ? result.Tails[i]
                : added.Positions.Count(i) == 0
                ? Nothing()
                : LossTail.Merge(whole.Before(accounts[i]), before, result.Tails[i], count));
            int[] lacking = [.. Enumerable.Range(0, grown.Length).Where(i => grown[i].Losses.Length < length)];
            if (lacking.Length > 0)
            {
                long start = Stopwatch.GetTimestamp();
                yield return whole.Again([.. lacking.Select(i => accounts[i])]);
                for (int k = 0; k < lacking.Length; k++)
                {
                    grown[lacking[k]] = taken!.Tails[k];
                }

                whole.Took(taken!, again: true, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            Tails = whole.Finish(accounts, grown);
        }
    }

    public void Take(ValuationRun run, EngineResult result) => taken = result;

    // Without positions every scenario loses nothing, and the first ones are the worst.
    LossTail Nothing() => new(new double[length], [.. Enumerable.Range(0, length)]);
}
