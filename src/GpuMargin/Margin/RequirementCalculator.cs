using System.Diagnostics;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>From the run's tails to what is called under a policy.</summary>
sealed class RequirementCalculator
{
    readonly ClearingSet set;
    readonly ClearingSet joined;
    readonly InstrumentPlan instrumentsOfSet;
    readonly InstrumentPlan instruments;
    readonly IReadOnlyList<NettingSet> nettingSets;
    readonly IReadOnlyList<Book> books;
    readonly RiskSimulation simulation;
    readonly double preparing;

    /// <param name="accounts">The accounts' plan.</param>
    /// <exception cref="RefusedInputException">The policy asks for what the run cannot give.</exception>
    public RequirementCalculator(ClearingSet set, MarginPlan accounts, IBackend backend, CancellationToken cancellation)
    {
        this.set = set;
        long start = Stopwatch.GetTimestamp();
        joined = SimulatedCollateral.Join(set);
        bool own = ReferenceEquals(joined, set);
        instrumentsOfSet = accounts.Instruments;
        instruments = own ? accounts.Instruments : InstrumentPlanner.Plan(joined.Settings, joined.Factors, joined.Instruments);
        nettingSets = NettingSet.Of(set);
        books = Books.Of(joined, nettingSets, set.Instruments.Count);
        simulation = new RiskSimulation(joined, instruments, accounts.Scenarios, books, own ? accounts.Positions : null, backend, cancellation);
        Plan = simulation.Extend(accounts);
        preparing = Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The run that is made first: the accounts, and behind them rows that the components read.</summary>
    public MarginPlan Plan { get; }

    /// <summary>Account of a row of <see cref="Plan"/>.</summary>
    public int AccountOf(int row) => simulation.AccountOf(row);

    /// <summary>Worst losses per row that the components read of the first run; 0 without a policy.</summary>
    /// <exception cref="RefusedInputException">The policy asks for what the run cannot give.</exception>
    public static int TailLength(ClearingSet set, ScenarioPlan scenarios)
    {
        if (set.Policy is null)
        {
            return 0;
        }

        MarginComponents.Require(set);
        return new PolicyRanks(set).TailLength(scenarios);
    }

    /// <param name="result">Of <see cref="Plan"/>.</param>
    /// <returns>Per netting set in order of its first account, with that account's index; and the stages of what was simulated.</returns>
    public (IReadOnlyList<(int Account, Requirement Requirement)> Requirements, IReadOnlyList<StageTime> Stages) Calculate(EngineResult result)
    {
        MarginPolicy policy = set.Policy!;
        long start = Stopwatch.GetTimestamp();
        SimulatedRisk[] risks = simulation.Run(result.Tails);
        BookFormula formula = new(new PolicyRun(set, joined, instrumentsOfSet, instruments));
        BookMargin[] margins = new BookMargin[books.Count];
        SideBySide.For(margins.Length, b => margins[b] = formula.Of(books[b], risks[b]));
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
        StageTime components = new("components", preparing + Stopwatch.GetElapsedTime(start).TotalSeconds - simulation.Stages.Sum(stage => stage.Seconds));
        return (requirements, [.. simulation.Stages, components]);
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
