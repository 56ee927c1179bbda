using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;
using GpuMargin.Studies;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Margin;

public sealed class TargetedMarginsTests
{
    const int MostScenarios = 20_000;

    static VariedSet Shape { get; } = new() { Accounts = 9, Scenarios = 500, TargetError = 0.04m, MaxScenarios = MostScenarios };

    [Fact]
    public void A_policy_beside_a_target_is_refused()
    {
        ClearingSet set = Shape.Build(Precision.Mixed) with { Policy = new MarginPolicy() };
        Assert.Equal("policy.json", Assert.Single(Assert.Throws<RefusedInputException>(() => MarginCalculator.Calculate(set, new CpuBackend())).Faults).File);
    }

    public static TheoryData<Sampling, Importance> Methods => StagedRunTests.Methods;

    [Theory]
    [MemberData(nameof(Methods))]
    public void An_account_has_the_margins_of_a_run_of_its_scenarios_at_the_first_checkpoint_that_will_do(Sampling sampling, Importance importance)
    {
        ClearingSet set = (Shape with { Sampling = sampling, Importance = importance }).Build(Precision.Mixed);

        MarginReport report = MarginCalculator.Calculate(set, new CpuBackend());

        Assert.True(report.Accounts.Select(account => account.Scenarios).Distinct().Count() > 2, "accounts stop at different checkpoints");
        bool[] before = new bool[9];
        foreach (int count in Checkpoints.Between(500, MostScenarios))
        {
            IReadOnlyList<AccountMargin> plain = MarginCalculator.Calculate(
                set with { Settings = set.Settings with { TargetError = null, Scenarios = count } }, new CpuBackend()).Accounts;
            for (int i = 0; i < plain.Count; i++)
            {
                if (report.Accounts[i].Scenarios == count)
                {
                    Assert.Equal(plain[i], report.Accounts[i] with { Scenarios = null });
                    Assert.False(before[i]);
                    Assert.Equal(!Reaches(plain[i]), report.MissedTarget!.Contains(plain[i].Account));
                }

                before[i] |= Reaches(plain[i]);
            }
        }

        static bool Reaches(AccountMargin margin) => margin.ExpectedShortfallTrusted && margin.ExpectedShortfall.IsWithin(0.04);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Tiles_threads_and_lanes_change_no_bit(Sampling sampling, Importance importance)
    {
        ClearingSet set = (Shape with { Sampling = sampling, Importance = importance }).Build(Precision.Mixed);
        MarginReport expected = MarginCalculator.Calculate(set, new CpuBackend(1, LaneWidth.Scalar, 64));
        foreach (CpuBackend backend in (CpuBackend[])[new(3, tileScenarios: 192), new(2, tileScenarios: 1024), new(1)])
        {
            MarginReport report = MarginCalculator.Calculate(set, backend);
            Assert.Equal(expected.Accounts, report.Accounts);
            Assert.Equal(expected.ProfitAndLossSha256, report.ProfitAndLossSha256);
            Assert.Equal(expected.MissedTarget, report.MissedTarget);
        }
    }

    [Fact]
    public void Accounts_that_are_done_leave_later_stages()
    {
        Counting backend = new();
        List<Checkpoint> told = [];
        MarginReport report = MarginCalculator.Calculate(Shape.Build(Precision.Mixed), backend, checkpoints: new Collect(told));

        int[] counts = [.. Checkpoints.Between(500, MostScenarios)];
        Assert.Equal(counts[..backend.Plans.Count], backend.Plans.Select(plan => plan.EndScenario));
        Assert.Equal(backend.Plans.Select(plan => plan.FirstScenario), [0, .. counts[..(backend.Plans.Count - 1)]]);
        // Whoever stops at a checkpoint takes part up to it and no further.
        Assert.Equal(
            counts[..backend.Plans.Count].Select(count => report.Accounts.Count(account => account.Scenarios >= count)),
            backend.Plans.Select(plan => plan.Positions.Accounts));
        Assert.True(backend.Plans[^1].Positions.Accounts < 9);
        Assert.Equal(
            report.Accounts.Where(account => account.Scenarios == report.Scenarios).Sum(account => account.Positions),
            backend.Plans[^1].Positions.Instrument.Length);
        Assert.Equal(told.Select(point => point.Scenarios), counts[..backend.Plans.Count]);
        Assert.Equal(told[^1].Reached, 9 - report.MissedTarget!.Count);
    }

    [Fact]
    public void A_run_ends_when_all_have_reached_the_target()
    {
        MarginReport report = MarginCalculator.Calculate((Shape with { TargetError = 0.9m }).Build(Precision.Mixed), new CpuBackend());

        Assert.Equal([], report.MissedTarget!);
        Assert.Equal(512, report.Accounts.Min(account => account.Scenarios));
        Assert.True(report.Scenarios < MostScenarios);
        Assert.All(report.Accounts, account => Assert.True(account.ExpectedShortfallTrusted));
    }

    [Fact]
    public void Who_misses_the_target_is_named_and_keeps_the_estimate_of_the_most_scenarios()
    {
        MarginReport report = MarginCalculator.Calculate((Shape with { TargetError = 0.0001m, MaxScenarios = 700 }).Build(Precision.Mixed), new CpuBackend());

        // The sixth account holds nothing: no loss and no error are exact.
        Assert.Equal(["A0", "A1", "A2", "A3", "A4", "A6", "A7", "A8"], report.MissedTarget!);
        Assert.Equal([700, 700, 700, 700, 700, 512, 700, 700, 700], report.Accounts.Select(account => account.Scenarios!.Value));
    }

    [Theory]
    [InlineData(100, 99, 101, 0.01, true)]
    [InlineData(100, 98.9, 101, 0.01, false)]
    [InlineData(-100, -101, -99, 0.01, true)]
    [InlineData(0, 0, 0, 0.01, true)]
    [InlineData(0, -1e-9, 1e-9, 0.99, false)]
    public void Half_the_interval_is_related_to_the_size_of_the_value(double value, double low, double high, double target, bool within) =>
        Assert.Equal(within, new Estimate(value, low, high).IsWithin(target));

    sealed class Collect(List<Checkpoint> told) : IProgress<Checkpoint>
    {
        public void Report(Checkpoint value) => told.Add(value);
    }

    /// <summary>Keeps the plans that it was given.</summary>
    sealed class Counting : IBackend
    {
        readonly CpuBackend cpu = new();

        public List<ValuationRun> Plans { get; } = [];

        public string Name => cpu.Name;

        public string Device => cpu.Device;

        public bool RunsSideBySide => true;

        public MemoryNeed Memory(ValuationRun plan, RunSize size) => cpu.Memory(plan, size);

        public EngineResult Run(ValuationRun plan, IProgress<long>? scenariosDone = null, CancellationToken cancellation = default)
        {
            Plans.Add(plan);
            return cpu.Run(plan, scenariosDone, cancellation);
        }

        public void VisitScenarios(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default) => throw new NotSupportedException();

        public void VisitProfitAndLoss(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
