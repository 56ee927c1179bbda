using System.Diagnostics;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>The runs that value a policy's books, one per source, and the measures that are taken of them.</summary>
sealed class BookRuns
{
    readonly ClearingSet set;
    readonly InstrumentPlan instruments;
    readonly ScenarioSource estimated;
    readonly BookRows rows;
    readonly IReadOnlyList<SourceRequests> groups;
    readonly MeasureTable measures;
    readonly int books;
    readonly List<StageTime> stages = [];
    long started;

    /// <param name="set">With simulated collateral joined.</param>
    /// <param name="instruments">Of that set.</param>
    /// <param name="accounts">The accounts' rows in a run of these instruments, if there is one.</param>
    /// <exception cref="RefusedInputException">A confidence has fewer than one scenario in its tail.</exception>
    public BookRuns(
        ClearingSet set, InstrumentPlan instruments, ScenarioSource estimated, IReadOnlyList<Book> books, IReadOnlyList<NettingSet> nettingSets,
        PositionRows? accounts, RunRequests requests)
    {
        this.set = set;
        this.instruments = instruments;
        this.estimated = estimated;
        this.books = books.Count;
        groups = requests.BySource(set, estimated);
        rows = new BookRows(set, instruments, books, nettingSets, accounts, requests);
        measures = new MeasureTable(requests.All.Count);
    }

    /// <summary>Seconds of the runs beside the accounts'.</summary>
    public IReadOnlyList<StageTime> Stages => stages;

    /// <summary>Worst losses that the components read under the estimated model; 0 when nothing is read.</summary>
    public int TailLength => Estimated?.TailLength ?? 0;

    SourceRequests? Estimated => groups.FirstOrDefault(group => ReferenceEquals(group.Source, estimated));

    public BookMeasures this[int book] => new(measures, book);

    /// <summary>The accounts' run with the rows of the books' parts behind them; the same where the books are valued apart.</summary>
    public ValuationRun Extend(ValuationRun run)
    {
        PositionRows all = rows.AreAccounts ? rows.WithParts() : run.Positions;
        RunMemory.Check(set.Settings, all.Rows, run.TailLength);
        return run with { Positions = all, FingerprintRows = run.Positions.Accounts };
    }

    /// <summary>The runs beside the accounts', in order.</summary>
    public IEnumerable<ValuationRun> Runs
    {
        get
        {
            foreach (SourceRequests group in groups)
            {
                if (rows.AreAccounts && ReferenceEquals(group.Source, estimated))
                {
                    continue;
                }

                PositionRows positions = group.NeedsParts ? rows.WithParts() : rows.Totals;
                RunMemory.Check(set.Settings, positions.Rows, group.TailLength);
                started = Stopwatch.GetTimestamp();
                yield return new ValuationRun
                {
                    Precision = set.Settings.Precision,
                    Source = group.Source,
                    Scenarios = group.Scenarios,
                    Instruments = instruments,
                    Positions = positions,
                    TailLength = group.TailLength,
                    FingerprintRows = 0,
                };
            }
        }
    }

    /// <summary>Measures the accounts' run, where it has the books' rows.</summary>
    public void TakeAccounts(ValuationRun run, EngineResult result)
    {
        if (rows.AreAccounts && Estimated is { } group)
        {
            Measure(group, run.Positions, result.Tails);
        }
    }

    /// <summary>Measures one of <see cref="Runs"/>.</summary>
    public void Take(ValuationRun run, EngineResult result)
    {
        stages.Add(new StageTime(ReferenceEquals(run.Source, estimated) ? "books" : run.Source.Name, Stopwatch.GetElapsedTime(started).TotalSeconds));
        Measure(groups.First(group => ReferenceEquals(group.Source, run.Source)), run.Positions, result.Tails);
    }

    void Measure(SourceRequests group, PositionRows positions, IReadOnlyList<LossTail> tails)
    {
        TailMeasures estimator = TailMeasures.Of(group.Source, group.Scenarios, long.MaxValue);
        // Requests of one part stand together, so that each tail is read once.
        (int Index, MeasureRequest Request, QuantileRanks Ranks)[] requests = [.. group.Requests.OrderBy(asked => asked.Request.Part)];
        foreach ((int index, MeasureRequest request, _) in requests)
        {
            measures.Reserve(index, Enumerable.Range(0, books).Select(book => rows.Of(book, request.Part).Length));
        }

        SideBySide.For(books, () => new TailMemory(), (book, memory) =>
        {
            int read = -1;
            double bound = double.PositiveInfinity;
            foreach ((int index, MeasureRequest request, QuantileRanks ranks) in requests)
            {
                ReadOnlySpan<int> parts = rows.Of(book, request.Part);
                Span<Estimate> estimates = measures.Of(index, book);
                for (int i = 0; i < parts.Length; i++)
                {
                    if (parts[i] != read)
                    {
                        memory.Tail = StoredTails.Read(tails, read = parts[i], memory.Tail);
                        bound = LossBounds.Of(positions, instruments, read);
                    }

                    estimates[i] = request.Interval is not null
                        ? estimator.Interval(memory.Tail, request.Measure, ranks).AtMost(bound)
                        : new Estimate(Math.Min(estimator.Of(memory.Tail, request.Measure, ranks), bound), double.NaN, double.NaN);
                }
            }
        });
    }
}
