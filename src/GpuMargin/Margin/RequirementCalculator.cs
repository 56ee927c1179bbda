using System.Diagnostics;
using System.Globalization;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.American;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>Requirements and calls from the results of a policy's runs.</summary>
sealed class RequirementCalculator
{
    readonly ClearingSet set;
    readonly IReadOnlyList<NettingSet> nettingSets;
    readonly IReadOnlyList<Book> books;
    readonly BookFormula formula;
    readonly BookRuns runs;
    readonly Lazy<ValuationRun> extended;
    double seconds;

    /// <param name="accounts">The accounts' run under the estimated model.</param>
    /// <exception cref="RefusedInputException">The policy asks for what the run cannot give.</exception>
    public RequirementCalculator(ClearingSet set, ValuationRun accounts, CancellationToken cancellation)
    {
        this.set = set;
        long start = Stopwatch.GetTimestamp();
        MarginComponents.Require(set);
        ClearingSet joined = SimulatedCollateral.Join(set);
        nettingSets = NettingSet.Of(set);
        books = Books.Of(joined, nettingSets, set.Instruments.Count);
        BookInstruments read = new(joined, set.Instruments.Count, books);
        InstrumentPlan instruments = read.HaveOthers
            ? InstrumentPlanner.Plan(joined.Settings, joined.Factors, read.Read, accounts.Instruments.Premiums, null, cancellation)
            : accounts.Instruments;
        Premiums = instruments.Premiums;
        ReadsApart = read.HaveOthers;
        (ScenarioSource source, bool together) = Source(set, accounts.Source, instruments.Shocks.Days[^1], cancellation);
        RunRequests requests = new();
        formula = new BookFormula(new PolicyRun(set, joined, accounts.Instruments, instruments, requests));
        runs = new BookRuns(joined, instruments, source, books, read, set.Instruments.Count, nettingSets, together ? accounts.Positions : null, requests, cancellation);
        ValuationRun first = together ? accounts with { Source = source, Instruments = instruments } : accounts;
        first = first with { TailLength = together ? Math.Max(accounts.TailLength, runs.TailLength) : accounts.TailLength };
        extended = new Lazy<ValuationRun>(() => runs.Extend(first));
        if (!runs.Chooses)
        {
            // Nothing has to be valued to know the rows: they are the first run, which is refused as a whole where it does not fit into memory.
            _ = extended.Value;
        }

        seconds = Preparing = Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // The source of the books, and whether accounts are valued with its scenarios too: they are where it begins with their own.
    static (ScenarioSource Source, bool Together) Source(ClearingSet set, ScenarioSource accounts, int days, CancellationToken cancellation)
    {
        if (accounts.Horizon == days)
        {
            return (accounts, true);
        }

        ScenarioPlan plan = accounts as ScenarioPlan ?? throw new RefusedInputException([new Fault(
            "policy.json", null, "base.marginPeriodOfRisk", days.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant($"at most the {accounts.Horizon} days of the given scenarios"))]);
        return (ScenarioPlanner.Over(days, plan, set.Settings, set.Correlation, set.Policy!.Depegs, cancellation), plan.BeginsAlike);
    }

    /// <summary>Whether books read what accounts do not.</summary>
    public bool ReadsApart { get; }

    /// <summary>Surfaces of the instruments that the components read.</summary>
    public PremiumSurfaces Premiums { get; }

    /// <summary>The runs that are made first: by them it is known which rows the components read.</summary>
    public IEnumerable<ValuationRun> Choosing => runs.Choosing;

    /// <summary>The run that follows: the accounts, and behind them rows that the components read.</summary>
    public ValuationRun Accounts
    {
        get
        {
            long start = Stopwatch.GetTimestamp();
            ValuationRun run = extended.Value;
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            return run;
        }
    }

    /// <summary>The other runs, one per source.</summary>
    public IEnumerable<ValuationRun> Runs => runs.Runs;

    /// <summary>Seconds until the runs were known.</summary>
    public double Preparing { get; }

    /// <param name="result">Of <see cref="Accounts"/>.</param>
    public void TakeAccounts(ValuationRun run, EngineResult result)
    {
        long start = Stopwatch.GetTimestamp();
        runs.TakeAccounts(run, result);
        seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <param name="result">Of one of <see cref="Choosing"/> or <see cref="Runs"/>.</param>
    public void Take(ValuationRun run, EngineResult result)
    {
        long start = Stopwatch.GetTimestamp();
        runs.Take(run, result);
        seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <returns>Per netting set in order of its first account, with that account's index; and the stages of what was valued.</returns>
    public (IReadOnlyList<(int Account, Requirement Requirement)> Requirements, IReadOnlyList<StageTime> Stages) Calculate()
    {
        MarginPolicy policy = set.Policy!;
        long start = Stopwatch.GetTimestamp();
        BookMargin[] margins = new BookMargin[books.Count];
        SideBySide.For(margins.Length, b => margins[b] = formula.Of(books[b], runs[b]));
        decimal[] collateral = new decimal[set.Accounts.Count];
        foreach (CollateralHolding holding in set.Collateral)
        {
            collateral[holding.Account] += Amount.Of(SimulatedCollateral.Value(set, holding));
        }

        // Books are in the order of their netting sets.
        int[] firstBook = new int[nettingSets.Count + 1];
        foreach (Book book in books)
        {
            firstBook[book.NettingSet + 1]++;
        }

        for (int i = 1; i < firstBook.Length; i++)
        {
            firstBook[i] += firstBook[i - 1];
        }

        (int, Requirement)[] requirements = new (int, Requirement)[nettingSets.Count];
        SideBySide.For(requirements.Length, i => requirements[i] = (nettingSets[i].Accounts[0], Of(
            policy,
            formula.Lines,
            nettingSets[i],
            [.. Enumerable.Range(firstBook[i], firstBook[i + 1] - firstBook[i]).Select(b => new MarginedBook(books[b].Kind, margins[b], runs.Flat.Negligible(b), books[b].Instrument[0] < set.Instruments.Count))],
            nettingSets[i].Accounts.Sum(account => collateral[account]))));
        StageTime components = new("components", seconds + Stopwatch.GetElapsedTime(start).TotalSeconds);
        return (requirements, [.. runs.Stages, components]);
    }

    static Requirement Of(
        MarginPolicy policy, IReadOnlyList<RequirementLine> lines, NettingSet nettingSet, IReadOnlyList<MarginedBook> books, decimal collateral)
    {
        MarginedBook[] required = [.. books.Where(book => book.Kind != BookKind.WereItNetted)];
        MarginedBook[] netted = [.. books.Where(book => book.Kind == BookKind.WereItNetted)];
        BookMargin sum = BookMargin.Sum(lines, [.. required.Select(book => book.Margin)]);
        decimal amount = Owed(required, margin => margin.Components.Calculated);
        decimal initial = Owed(required, margin => margin.Initial);
        decimal maintenance = Math.Min(initial, Owed(required, margin => margin.Maintenance));
        MarginCall call = MarginCall.Of(collateral, initial, maintenance);
        return new Requirement
        {
            NettingSet = nettingSet.Name,
            Member = nettingSet.Member,
            Type = nettingSet.Type,
            Components = sum.Components,
            Required = amount,
            Initial = initial,
            Maintenance = maintenance,
            Collateral = collateral,
            Excess = call.Excess,
            Called = call.Called,
            NettingWouldSave = netted.Length == 0 ? 0 : amount - Owed(netted, margin => margin.Components.Calculated),
        };

        // Minimum and rounding are for books that move, the minimum for those with positions. Of flat ones what is no more than rounding counts as nothing.
        decimal Owed(MarginedBook[] of, Func<BookMargin, decimal> level)
        {
            decimal owed = of.Sum(book => level(book.Margin) is var own && own <= book.Negligible ? 0 : own);
            decimal least = of.Any(book => book is { IsFlat: false, HoldsPositions: true }) ? Amount.Of(policy.MinimumMargin) : 0;
            return of.All(book => book.IsFlat) ? owed : Amount.RoundUp(Math.Max(owed, least), policy.RoundingUnit);
        }
    }

    /// <param name="Negligible">What is rounding in the amounts of a flat book; 0 of one that moves.</param>
    /// <param name="HoldsPositions">Whether anything in it is not collateral.</param>
    sealed record MarginedBook(BookKind Kind, BookMargin Margin, decimal Negligible, bool HoldsPositions)
    {
        public bool IsFlat => Negligible > 0;
    }
}
