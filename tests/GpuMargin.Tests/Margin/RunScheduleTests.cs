using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Margin;

public sealed class RunScheduleTests
{
    static readonly CpuBackend s_backend = new();

    [Fact]
    public void Every_source_is_one_run_and_the_accounts_follow_what_chooses_their_rows()
    {
        List<ValuationRun> runs = Computed(PolicySet.Build(PolicySet.EveryComponent)).Runs;
        Assert.Equal(["estimated", "estimated", "estimated", "perfect correlation", "zero correlation", "perfect correlation, volatility reversed", "long-run volatility", "estimated"], runs.Select(run => run.Source.Name));
        Assert.All(Rows(runs[0]), row => Assert.Equal(RowKind.Instrument, row.Kind));
        Assert.All(Rows(runs[1]), row => Assert.Equal(RowKind.SubBook, row.Kind));
        Assert.Equal(1, runs[^1].TailLength); // books that hardly lose, on the other side
        Assert.Equal([0, 0, 7, 0, 0, 0, 0, 0], runs.Select(run => run.FingerprintRows));
        Assert.All(runs, run => Assert.Equal([2, 5], run.ShockRows.Days));
        Assert.Equal(runs.Count, runs.Select(run => run.Identity()).Distinct().Count());
    }

    [Fact]
    public void Sub_books_that_were_measured_when_they_were_chosen_have_no_tails()
    {
        ClearingSet set = PolicySet.Build(PolicySet.EveryComponent);
        RunSchedule schedule = RunSchedule.Of(set);
        int without = 0;
        foreach (ValuationRun run in schedule.Runs)
        {
            EngineResult result = s_backend.Run(run);
            schedule.Take(run, result);
            for (int row = run.Positions.Accounts - run.Positions.Remainders.WithoutTails; row < run.Positions.Accounts; row++)
            {
                Assert.Equal(RowKind.SubBook, run.Positions.Key(row).Kind);
                Assert.Empty(result.Tails[row].Losses);
                without++;
            }
        }

        Assert.NotEqual(0, without);
    }

    static IEnumerable<RowKey> Rows(ValuationRun run) => Enumerable.Range(0, run.Positions.Rows).Select(run.Positions.Key);

    [Fact]
    public void Volatility_that_nothing_held_reads_takes_no_reversed_run()
    {
        ClearingSet set = PolicySet.Build(PolicySet.EveryComponent);
        PositionTable all = set.Positions;
        int[] kept = [.. Enumerable.Range(0, all.Count).Where(row => set.Instruments[all.Instrument[row]].VolatilityFactor < 0)];
        Assert.NotEqual(all.Count, kept.Length);
        set = set with { Positions = new PositionTable([.. kept.Select(r => all.Account[r])], [.. kept.Select(r => all.Instrument[r])], [.. kept.Select(r => all.Quantity[r])]) };
        Assert.DoesNotContain(Computed(set).Runs, run => run.Source.Name == ModelSource.ReversedVolatility.Name);
    }

    [Fact]
    public void Variances_at_their_long_run_level_take_no_run()
    {
        ClearingSet set = PolicySet.Build(PolicySet.EveryComponent);
        set = set with { Factors = [.. set.Factors.Select(factor => factor with { Process = VolatilityProcess.Constant })] };
        (List<ValuationRun> runs, MarginReport report) = Computed(set);
        Assert.DoesNotContain(runs, run => run.Source.Name == ModelSource.LongRunVariance.Name);
        Assert.All(report.Accounts.Select(account => account.Requirement).OfType<Requirement>(), requirement => Assert.Equal(0, requirement.Components["floor"]));
    }

    [Fact]
    public void Rows_of_a_run_have_identities_that_are_their_own()
    {
        foreach (ValuationRun run in Computed(PolicySet.Build(PolicySet.EveryComponent)).Runs)
        {
            RowKey[] keys = [.. Enumerable.Range(0, run.Positions.Rows).Select(run.Positions.Key)];
            Assert.Equal(keys.Length, keys.Distinct().Count());
            Assert.All(keys, key => Assert.NotEqual("", key.Owner));
            Assert.Equal(run.FingerprintRows, keys.Count(key => key.Kind == RowKind.Account));
        }
    }

    [Fact]
    public void Results_of_cut_runs_make_the_same_report()
    {
        ClearingSet set = PolicySet.Build(PolicySet.EveryComponent);
        MarginReport expected = Computed(set).Report;
        RunSchedule schedule = RunSchedule.Of(set);
        foreach (ValuationRun run in schedule.Runs)
        {
            IReadOnlyList<ValuationRun> parts = run.Cut(4);
            schedule.Take(run, CutRun.Merge(parts, [.. parts.Select(part => s_backend.Run(part))]));
        }

        MarginReport found = schedule.Report(s_backend.Name, s_backend.Device);
        Assert.Equal(expected.Accounts, found.Accounts);
        Assert.Equal(expected.ProfitAndLossSha256, found.ProfitAndLossSha256);
    }

    [Fact]
    public void Equal_requests_are_one_and_a_component_may_bring_a_source()
    {
        ClearingSet set = PolicySet.Build(new MarginPolicy());
        RunRequests requests = new();
        ModelSource calm = new("no moves", (of, _, _) => new GivenScenarios { Rows = new ShockRows(of.Factors.Count, 2), Shocks = new double[100 * of.Factors.Count] });
        MeasureHandle first = requests.Measure(ModelSource.Estimated, BookPart.Whole, RiskMeasure.ExpectedShortfall, 0.95m, "a");
        Assert.Equal(first, requests.Measure(ModelSource.Estimated, BookPart.Whole, RiskMeasure.ExpectedShortfall, 0.95m, "b"));
        MeasureHandle interval = requests.Interval(ModelSource.Estimated, BookPart.Whole, RiskMeasure.ExpectedShortfall, 0.95m, "c", 0.95m);
        MeasureHandle still = requests.Measure(calm, BookPart.Whole, RiskMeasure.ValueAtRisk, 0.9m, "d");

        ValuationRun accounts = AccountRun.Of(set);
        IReadOnlyList<NettingSet> nettingSets = NettingSet.Of(set);
        IReadOnlyList<Book> books = Books.Of(set, nettingSets, set.Instruments.Count);
        BookRuns runs = new(set, accounts.Instruments, accounts.Source, books, new BookInstruments(set, set.Instruments.Count, books), set.Instruments.Count, nettingSets, null, requests, CancellationToken.None);
        List<ValuationRun> valued = [];
        foreach (ValuationRun run in runs.Runs)
        {
            valued.Add(run);
            runs.Take(run, s_backend.Run(run));
        }

        Assert.Equal([("estimated", 300), ("no moves", 100)], valued.Select(run => (run.Source.Name, run.Scenarios)));
        for (int book = 0; book < books.Count; book++)
        {
            Assert.Equal(runs[book][first], runs[book][interval]);
            Assert.InRange(runs[book][first], runs[book].Interval(interval).Low, runs[book].Interval(interval).High);
            Assert.Equal(0, runs[book][still], 9);
        }
    }

    [Fact]
    public void A_confidence_without_a_scenario_in_its_tail_is_refused_with_its_key()
    {
        ClearingSet set = PolicySet.Build(new MarginPolicy().With(new DependenceAddOn { ExtremeConfidence = 0.999m }));
        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => RunSchedule.Of(set)).Faults);
        Assert.Equal(("policy.json", "dependence.extremeConfidence", "0.999"), (fault.File, fault.Column, fault.Found));
    }

    [Fact]
    public void A_policy_is_applied_to_given_scenarios_and_refuses_what_they_do_not_have()
    {
        ClearingSet set = PolicySet.Build(new MarginPolicy().With(new OffsetLimit(0.8)).With(new ProcyclicalityBuffer()));
        double[,] shocks = Visited.Scenarios(s_backend, AccountRun.Of(set));
        GivenScenarios given = new() { Name = "user", Rows = new ShockRows(set.Factors.Count, 2), Shocks = [.. shocks.Cast<double>()] };

        RunSchedule schedule = RunSchedule.Of(set, AccountRun.In(given, set));
        Valuation.Compute(schedule, s_backend);

        Assert.Equal(Computed(set).Report.Accounts, schedule.Report(s_backend.Name, s_backend.Device).Accounts);
        ClearingSet correlated = set with { Policy = new MarginPolicy().With(new DependenceAddOn()) };
        Assert.Equal("user", Assert.Single(Assert.Throws<RefusedInputException>(() => RunSchedule.Of(correlated, AccountRun.In(given, correlated))).Faults).Found);
    }

    [Fact]
    public void Given_scenarios_are_read_at_the_days_that_they_have()
    {
        ClearingSet set = PolicySet.Build(new MarginPolicy { Base = new BaseMargin { MarginPeriodOfRisk = new Dictionary<string, int> { ["slow"] = 1 } } });
        double[][,] path = Visited.Paths(s_backend, set, 2);
        GivenScenarios given = new()
        {
            Name = "user",
            Rows = new ShockRows(set.Factors.Count, 1, 2),
            Shocks = [.. Enumerable.Range(0, set.Settings.Scenarios).SelectMany(s => path.SelectMany(day => Enumerable.Range(0, set.Factors.Count).Select(factor => day[s, factor])))],
        };
        RunSchedule schedule = RunSchedule.Of(set, AccountRun.In(given, set));
        Valuation.Compute(schedule, s_backend);
        Assert.Equal(Computed(set).Report.Accounts, schedule.Report(s_backend.Name, s_backend.Device).Accounts);

        ClearingSet longer = set with { Policy = new MarginPolicy { Base = new BaseMargin { MarginPeriodOfRisk = new Dictionary<string, int> { ["slow"] = 3 } } } };
        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => RunSchedule.Of(longer, AccountRun.In(given, longer))).Faults);
        Assert.Equal(("base.marginPeriodOfRisk", "3", "at most the 2 days of the given scenarios"), (fault.Column, fault.Found, fault.Expected));
    }

    // A price move of the stress model's size leaves single precision, one of the estimated model's does not.
    [Fact]
    public void A_row_that_overflows_under_another_source_is_refused_with_its_identity_and_the_source()
    {
        ClearingSet set = PolicySet.Build(new MarginPolicy().With(new StressedObservations()), new VariedSet { Factors = 10, Instruments = 1, Accounts = 7 });
        double level = set.Factors[0].Level;
        set = set with
        {
            Settings = set.Settings with { Precision = Precision.Mixed },
            Instruments = [new Instrument { Name = "S", Type = InstrumentType.Spot, Underlying = 0, Currency = "USD", ProductClass = "default" }],
            Positions = new PositionTable([0, 1, 2, 3, 4, 5, 6], new int[7], [1, 1e37 / level, 1, 1, 1, 1, 1]),
            Collateral = [],
            Liquidity = LiquidityTable.Empty,
            AccountTerms = [],
            Stress = new StressSet
            {
                Model = new StressModel(
                    [.. set.Factors.Select(factor => factor with { Process = VolatilityProcess.Constant, Variance = 25 })], set.Correlation, set.Settings.Copula),
            },
        };
        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => MarginCalculator.Calculate(set, s_backend)).Faults);
        Assert.Equal(("positions.csv", "A1"), (fault.File, fault.Found));
        Assert.Contains("under stress model is beyond it", fault.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RowKind.Account, "", "", "account 'A'")]
    [InlineData(RowKind.Book, "", "", "the book of 'A'")]
    [InlineData(RowKind.Book, "", "as if it netted", "the book of 'A', as if it netted")]
    [InlineData(RowKind.ProductClass, "equity", "as if it netted", "product class 'equity' of 'A', as if it netted")]
    [InlineData(RowKind.SubBook, "BTC", "", "the positions on 'BTC' of 'A'")]
    [InlineData(RowKind.Remainder, "", "", "the rest of 'A'")]
    [InlineData(RowKind.Instrument, "F1", "", "instrument 'F1' of 'A'")]
    public void An_identity_reads_as_what_it_is(RowKind kind, string part, string book, string expected) =>
        Assert.Equal(expected, new RowKey(kind, "A", part, book).ToString());

    static (List<ValuationRun> Runs, MarginReport Report) Computed(ClearingSet set)
    {
        RunSchedule schedule = RunSchedule.Of(set);
        List<ValuationRun> runs = [];
        foreach (ValuationRun run in schedule.Runs)
        {
            runs.Add(run);
            schedule.Take(run, s_backend.Run(run));
        }

        return (runs, schedule.Report(s_backend.Name, s_backend.Device));
    }
}
