using System.Diagnostics;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>Requirements and calls from the results of a policy's runs.</summary>
sealed class RequirementCalculator
{
    readonly ClearingSet set;
    readonly IReadOnlyList<NettingSet> nettingSets;
    readonly IReadOnlyList<Book> books;
    readonly BookFormula formula;
    readonly BookRuns runs;
    double seconds;

    /// <param name="accounts">The accounts' run under the estimated model.</param>
    /// <exception cref="RefusedInputException">The policy asks for what the run cannot give.</exception>
    public RequirementCalculator(ClearingSet set, ValuationRun accounts)
    {
        this.set = set;
        long start = Stopwatch.GetTimestamp();
        MarginComponents.Require(set);
        ClearingSet joined = SimulatedCollateral.Join(set);
        bool own = ReferenceEquals(joined, set);
        InstrumentPlan instruments = own ? accounts.Instruments : InstrumentPlanner.Plan(joined.Settings, joined.Factors, joined.Instruments);
        nettingSets = NettingSet.Of(set);
        books = Books.Of(joined, nettingSets, set.Instruments.Count);
        RunRequests requests = new();
        formula = new BookFormula(new PolicyRun(set, joined, accounts.Instruments, instruments, requests));
        runs = new BookRuns(joined, instruments, accounts.Source, books, nettingSets, own ? accounts.Positions : null, requests);
        Accounts = runs.Extend(accounts with { TailLength = Math.Max(accounts.TailLength, runs.TailLength) });
        seconds = Preparing = Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The run that is made first: the accounts, and behind them rows that the components read.</summary>
    public ValuationRun Accounts { get; }

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

    /// <param name="result">Of one of <see cref="Runs"/>.</param>
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
            [.. Enumerable.Range(firstBook[i], firstBook[i + 1] - firstBook[i]).Select(b => (books[b].Kind, margins[b]))],
            nettingSets[i].Accounts.Sum(account => collateral[account]))));
        StageTime components = new("components", seconds + Stopwatch.GetElapsedTime(start).TotalSeconds);
        return (requirements, [.. runs.Stages, components]);
    }

    static Requirement Of(
        MarginPolicy policy, IReadOnlyList<RequirementLine> lines, NettingSet nettingSet, IReadOnlyList<(BookKind Kind, BookMargin Margin)> books, decimal collateral)
    {
        BookMargin sum = BookMargin.Sum(lines, [.. books.Where(book => book.Kind != BookKind.WereItNetted).Select(book => book.Margin)]);
        decimal least = books.Count > 0 ? Amount.Of(policy.MinimumMargin) : 0;
        decimal required = Required(sum.Components.Calculated);
        decimal initial = Required(sum.Initial);
        decimal maintenance = Math.Min(initial, Required(sum.Maintenance));
        MarginCall call = MarginCall.Of(collateral, initial, maintenance);
        BookMargin[] netted = [.. books.Where(book => book.Kind == BookKind.WereItNetted).Select(book => book.Margin)];
        return new Requirement
        {
            NettingSet = nettingSet.Name,
            Member = nettingSet.Member,
            Type = nettingSet.Type,
            Components = sum.Components,
            Required = required,
            Initial = initial,
            Maintenance = maintenance,
            Collateral = collateral,
            Excess = call.Excess,
            Called = call.Called,
            NettingWouldSave = netted.Length == 0 ? 0 : required - Required(netted[0].Components.Calculated),
        };

        decimal Required(decimal amount) => Amount.RoundUp(Math.Max(amount, least), policy.RoundingUnit);
    }
}
