using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.RiskMeasures;
using Xunit;

namespace GpuMargin.Tests.Backends;

public sealed class RunMemoryTests
{
    const double GiB = 1L << 30;

    static readonly ValuationRun s_run = MarginCalculator.Plan(new VariedSet { Factors = 3, Instruments = 5, Accounts = 7, Scenarios = 200 }.Build(Precision.Mixed));

    [Theory]
    [InlineData(5_000, 10_000, "0.99")]
    [InlineData(5_000, 100_000, "0.99")]
    [InlineData(1, 100_000_000, "0.9999")]
    public void What_fits_is_not_refused(int accounts, int scenarios, string confidence)
    {
        MemoryNeed need = new CpuBackend().Memory(s_run, Size(accounts, scenarios, confidence));
        Assert.InRange(need.LongestArray, 1, Array.MaxLength);
        Assert.InRange(need.Bytes, 1, 3 * GiB);
    }

    [Theory]
    [InlineData(5_000, 100_000_000, "0.5", false)] // tails of more losses than an array holds
    [InlineData(5_000, 100_000_000, "0.9999", true)] // digests of more bytes than an array holds
    public void What_no_array_holds_does_not_fit(int accounts, int scenarios, string confidence, bool keepsDigests) =>
        Assert.False((new CpuBackend().Memory(s_run with { KeepsDigests = keepsDigests, Fingerprint = Fingerprint.Sha256Leaves }, Size(accounts, scenarios, confidence)) with { Available = double.PositiveInfinity }).Fits);

    [Fact]
    public void A_run_without_room_is_refused_before_it_starts_with_what_fits()
    {
        Limited backend = new(size => new MemoryNeed(size.Rows * (2.0 * size.TailLength + size.Scenarios), 1000, 0));
        ValuationRun run = s_run with { TailLength = 10 };
        Assert.Equal(7, run.Positions.Rows);
        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => Valuation.Compute(new OneRun(run), backend)).Faults);
        Assert.Equal(("run.json", "scenarios", "200"), (fault.File, fault.Column, fault.Found));
        Assert.Equal(
            "fewer: on limited device the 10 worst losses of 7 accounts need 0.0 of 0.0 GiB; 128 scenarios of all of them fit, or 4 of them with all scenarios",
            fault.Expected);
        Assert.True(backend.Memory(run, RunSize.Of(run).WithScenarios(128)).Fits && !backend.Memory(run, RunSize.Of(run).WithScenarios(129)).Fits);
    }

    [Fact]
    public void A_margin_run_asks_its_backend()
    {
        Limited none = new(_ => new MemoryNeed(1, 0, 0));
        ClearingSet set = new VariedSet { Scenarios = 200 }.Build(Precision.Mixed);
        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => MarginCalculator.Calculate(set, none)).Faults);
        Assert.EndsWith("; no smaller run fits either", fault.Expected, StringComparison.Ordinal);
    }

    static RunSize Size(int accounts, int scenarios, string confidence) => new(
        accounts, accounts, scenarios, TailLength.Required(scenarios, decimal.Parse(confidence, System.Globalization.CultureInfo.InvariantCulture)));

    sealed class OneRun(ValuationRun run) : IValuationSchedule
    {
        public IEnumerable<ValuationRun> Runs => [run];

        public void Take(ValuationRun run, EngineResult result) => Assert.Fail("The run was started.");
    }

    sealed class Limited(Func<RunSize, MemoryNeed> need) : IBackend
    {
        public string Name => "limited";

        public string Device => "limited device";

        public bool RunsSideBySide => true;

        public MemoryNeed Memory(ValuationRun plan, RunSize size) => need(size);

        public EngineResult Run(ValuationRun plan, IProgress<long>? scenariosDone = null, CancellationToken cancellation = default) => throw new NotSupportedException();

        public void VisitScenarios(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default) => throw new NotSupportedException();

        public void VisitProfitAndLoss(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
