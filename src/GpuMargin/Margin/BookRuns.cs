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
    readonly bool together;
    readonly Func<BookRows> makeRows;
    readonly SubBookChoice? choice;
    readonly MeasureRequest? chosenBy;
    readonly IReadOnlyList<SourceRequests> groups;
    readonly MeasureTable measures;
    readonly int books;
    readonly List<StageTime> stages = [];
    BookRows? made;
    readonly Dictionary<ValuationRun, (string Stage, long Started, Action<EngineResult> Take)> pending = new(ReferenceEqualityComparer.Instance); // by run that was given out

    /// <param name="set">With simulated collateral joined.</param>
    /// <param name="instruments">Plan of <paramref name="read"/>.</param>
    /// <param name="accounts">The accounts' rows, if the accounts are valued in the run of the books.</param>
    /// <exception cref="RefusedInputException">A confidence has fewer than one scenario in its tail.</exception>
    public BookRuns(
        ClearingSet set, InstrumentPlan instruments, ScenarioSource estimated, IReadOnlyList<Book> books, BookInstruments read,
        int collateralFrom, IReadOnlyList<NettingSet> nettingSets, PositionRows? accounts, RunRequests requests,
        CancellationToken cancellation)
    {
        this.set = set;
        this.instruments = instruments;
        this.estimated = estimated;
        this.books = books.Count;
        together = accounts is not null;
        groups = requests.BySource(set, estimated, cancellation);
        bool inAll = set.Policy!.Collateral.InAllComponents;
        Book[] held = [.. books.Select(book => inAll ? book : book.Before(collateralFrom))];
        InstrumentGroups parts = InstrumentGroups.Of(set);
        BookNames names = new(set, nettingSets);
        chosenBy = requests.All.FirstOrDefault(request => request.Part == BookPart.WorstSubBook);
        choice = chosenBy is null ? null : new SubBookChoice(set.Settings.Precision, held, read, instruments, parts, names);
        makeRows = () => new BookRows(instruments, books, held, read, parts, names, accounts, requests.AskFor(BookPart.ProductClasses), choice);
        measures = new MeasureTable(requests.All.Count);
        Flat = new FlatBooks(set, books.Count);
    }

    // Known once the sub-books are chosen.
    BookRows Rows => made ??= makeRows();

    /// <summary>Books that do not move; known once all runs are taken.</summary>
    public FlatBooks Flat { get; }

    /// <summary>Seconds of the runs beside the accounts'.</summary>
    public IReadOnlyList<StageTime> Stages => stages;

    /// <summary>Worst losses that the components read under the estimated model; 0 when nothing is read.</summary>
    public int TailLength => Estimated?.TailLength ?? 0;

    SourceRequests? Estimated => groups.FirstOrDefault(group => ReferenceEquals(group.Source, estimated));

    public BookMeasures this[int book] => new(measures, book);

    /// <summary>The accounts' run with the rows of books and their parts behind them; the same where the books are valued apart.</summary>
    public ValuationRun Extend(ValuationRun run)
    {
        PositionRows all = together ? Rows.WithParts() : run.Positions;
        return run with { Positions = all, FingerprintRows = run.Positions.Accounts };
    }

    /// <summary>Whether the accounts' run waits for <see cref="Choosing"/>.</summary>
    public bool Chooses => choice is not null;

    /// <summary>The runs before the accounts': what the two worst sub-books are chosen by.</summary>
    public IEnumerable<ValuationRun> Choosing
    {
        get
        {
            if (choice is null)
            {
                yield break;
            }

            QuantileRanks ranks = QuantileRanks.For(Estimated!.Scenarios, chosenBy!.Confidence);
            TailMeasures estimator = TailMeasures.Of(estimated, Estimated.Scenarios, long.MaxValue);
            int length = TailMeasures.Length(estimated.Weights(), ranks);
            if (choice.Instruments() is { } alone)
            {
                yield return Run(Estimated, alone, length, "instruments alone", result => choice.TakeInstruments(result.Tails, estimator, ranks));
            }

            if (choice.Rows() is { } candidates)
            {
                yield return Run(Estimated, candidates, length, "sub-books", result => choice.TakeRows(candidates, result.Tails, estimator, ranks));
            }
        }
    }

    /// <summary>The runs beside the accounts', in order.</summary>
    public IEnumerable<ValuationRun> Runs
    {
        get
        {
            foreach (SourceRequests group in groups)
            {
                if (together && ReferenceEquals(group.Source, estimated))
                {
                    continue;
                }

                (PositionRows positions, int[]? places) = group.NeedsParts ? (Rows.WithParts(), null) : Rows.OfBooks;
                yield return Run(
                    group, positions, group.TailLength, ReferenceEquals(group.Source, estimated) ? "books" : group.Source.Name,
                    result => Measure(group, positions, result.Tails, places));
            }

            IReadOnlyList<int> reversed = Flat.Candidates;
            if (reversed.Count > 0)
            {
                yield return Run(Estimated!, Rows.Reversed(reversed), tailLength: 1, "flat books", result => Flat.TakeGains(reversed, result.Tails));
            }
        }
    }

    /// <param name="take">Called with the run's result.</param>
    ValuationRun Run(SourceRequests group, PositionRows positions, int tailLength, string stage, Action<EngineResult> take)
    {
        ValuationRun run = new()
        {
            Precision = set.Settings.Precision,
            Source = group.Source,
            Scenarios = group.Scenarios,
            Instruments = instruments,
            Positions = positions,
            TailLength = tailLength,
            FingerprintRows = 0,
        };
        pending.Add(run, (stage, Stopwatch.GetTimestamp(), take));
        return run;
    }

    /// <summary>Measures the accounts' run, where it has the books' rows.</summary>
    public void TakeAccounts(ValuationRun run, EngineResult result)
    {
        if (together && Estimated is { } group)
        {
            Measure(group, run.Positions, result.Tails, places: null);
        }
    }

    /// <summary>Takes the result of one of <see cref="Choosing"/> or <see cref="Runs"/>.</summary>
    public void Take(ValuationRun run, EngineResult result)
    {
        pending.Remove(run, out var taken);
        stages.Add(new StageTime(taken.Stage, Stopwatch.GetElapsedTime(taken.Started).TotalSeconds));
        taken.Take(result);
    }

    /// <param name="positions">Of the run.</param>
    /// <param name="places">Per row of the books its tail; <see langword="null"/>: in the order of the rows.</param>
    void Measure(SourceRequests group, PositionRows positions, IReadOnlyList<LossTail> tails, int[]? places)
    {
        TailMeasures estimator = TailMeasures.Of(group.Source, group.Scenarios, long.MaxValue);
        foreach ((int index, MeasureRequest request, _) in group.Requests)
        {
            measures.Reserve(index, books, book => Rows.Of(book, request.Part).Length);
        }

        SideBySide.For(books, () => new TailMemory(), (book, memory) =>
        {
            int read = -1;
            double bound = double.PositiveInfinity;
            foreach ((int index, MeasureRequest request, QuantileRanks ranks) in group.Requests)
            {
                ReadOnlySpan<int> parts = Rows.Of(book, request.Part);
                Span<Estimate> estimates = measures.Of(index, book);
                if (Chosen(book, request.Part) is { } shortfall)
                {
                    estimates[0] = new Estimate(shortfall, double.NaN, double.NaN);
                    continue;
                }

                for (int i = 0; i < parts.Length; i++)
                {
                    if (parts[i] != read)
                    {
                        int row = places is null ? parts[i] : places[parts[i]];
                        memory.Tail = StoredTails.Read(tails, row, memory.Tail);
                        bound = LossBounds.Of(positions, instruments, row);
                        read = parts[i];
                        if (request.Part == BookPart.Whole && ReferenceEquals(group.Source, estimated))
                        {
                            Flat.TakeLosses(book, memory.Tail, Rows.Gross);
                        }
                    }

                    estimates[i] = request.Interval is not null
                        ? estimator.Interval(memory.Tail, request.Measure, ranks).AtMost(bound)
                        : new Estimate(Math.Min(estimator.Of(memory.Tail, request.Measure, ranks), bound), double.NaN, double.NaN);
                }
            }
        });
    }

    // Measured when it was chosen.
    double? Chosen(int book, BookPart part)
    {
        if (choice is null || part is not (BookPart.WorstSubBook or BookPart.SecondSubBook))
        {
            return null;
        }

        (double first, double second) = choice.Shortfalls(book);
        double shortfall = part == BookPart.WorstSubBook ? first : second;
        return double.IsNaN(shortfall) ? null : shortfall;
    }
}
