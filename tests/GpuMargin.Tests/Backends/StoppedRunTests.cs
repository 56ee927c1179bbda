using System.Diagnostics;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Backends;

/// <summary>Runs that end early: asked to stop, or at a P&amp;L that is no number.</summary>
public sealed class StoppedRunTests
{
    // A run of hours; a second is promised, but other tests use the processor too.
    static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void A_long_run_stops_promptly_and_reports_nothing_afterwards(int threads)
    {
        ValuationRun plan = Endless();
        using CancellationTokenSource stop = new();
        Progress progress = new();
        long asked = 0;
        progress.First = () =>
        {
            asked = Stopwatch.GetTimestamp();
            stop.Cancel();
        };
        Assert.ThrowsAny<OperationCanceledException>(() => new CpuBackend(threads).Run(plan, progress, stop.Token));
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, s_prompt);

        // All workers had ended before the exception was thrown.
        long reports = progress.Reports;
        Thread.Sleep(50);
        Assert.Equal(reports, progress.Reports);
        Assert.InRange(progress.Done, 1, plan.Scenarios / 2);
    }

    [Fact]
    public void A_run_that_was_cancelled_before_it_began_does_nothing()
    {
        Progress progress = new();
        CancellationToken cancelled = new(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => new CpuBackend().Run(Endless(), progress, cancelled));
        Assert.Equal(0, progress.Reports);
        Assert.ThrowsAny<OperationCanceledException>(() => new CpuBackend().VisitScenarios(Endless(), (_, _, _) => Assert.Fail("visited"), cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => new CpuBackend().VisitProfitAndLoss(Endless(), (_, _, _) => Assert.Fail("visited"), cancelled));
    }

    [Fact]
    public void Visits_stop_at_the_next_block()
    {
        CpuBackend backend = new();
        AssertStops((visit, token) => backend.VisitScenarios(Endless(), visit, token));
        AssertStops((visit, token) => backend.VisitProfitAndLoss(Endless(), visit, token));
    }

    [Fact]
    public void Progress_ends_at_the_number_of_scenarios()
    {
        ValuationRun plan = MarginCalculator.Plan(new VariedSet { Scenarios = 1000 }.Build(Precision.Mixed));
        Progress progress = new();
        new CpuBackend(threads: 3).Run(plan, progress);
        Assert.Equal(1000, progress.Done);
        Assert.Equal((1000 + 63) / 64, progress.Reports);
    }

    // Spots: the second account's P&L leaves the range of the working precision where the price moves by about 3 %.
    [Theory]
    [InlineData(Precision.Double, 1e308, double.MaxValue, 1)]
    [InlineData(Precision.Double, 1e308, double.MaxValue, 3)]
    [InlineData(Precision.Mixed, 2e38, float.MaxValue, 1)]
    [InlineData(Precision.Mixed, 2e38, float.MaxValue, 3)]
    public void A_profit_that_overflows_is_refused_with_its_account_and_scenario(Precision precision, double quantity, double largest, int threads)
    {
        ClearingSet set = new VariedSet { Factors = 1, Instruments = 1, Accounts = 3, Scenarios = 2000 }.Build(precision);
        ValuationRun plan = MarginCalculator.Plan(set with { Positions = new PositionTable([0, 1, 2], [0, 0, 0], [1, quantity, 1]) });
        double[,] shocks = Visited.Scenarios(new CpuBackend(), plan);
        double spot = set.Factors[0].Level;
        bool Overflows(int s) => Math.Abs(Math.Exp(shocks[s, 0]) - 1) > largest / quantity / spot;

        var thrown = Assert.Throws<NonFiniteProfitAndLossException>(() => new CpuBackend(threads).Run(plan));
        Assert.Equal(RowKey.Account("A1"), thrown.Row);
        Assert.True(Overflows(thrown.Scenario));
        if (threads == 1)
        {
            Assert.Equal(Enumerable.Range(0, 2000).First(Overflows), thrown.Scenario);
        }
    }

    [Fact]
    public void A_product_of_infinity_and_zero_is_refused()
    {
        ClearingSet set = new VariedSet { Factors = 1, Instruments = 1, Accounts = 1, Horizon = 0, Scenarios = 300 }.Build(Precision.Mixed);
        ValuationRun plan = MarginCalculator.Plan(set with { Positions = new PositionTable([0], [0], [1e39]) });
        var thrown = Assert.Throws<NonFiniteProfitAndLossException>(() => new CpuBackend(threads: 1).Run(plan));
        Assert.Equal((RowKey.Account("A0"), 0), (thrown.Row, thrown.Scenario));
    }

    static void AssertStops(Action<ScenarioVisitor, CancellationToken> visitAll)
    {
        using CancellationTokenSource stop = new();
        int blocks = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => visitAll(
            (_, _, _) =>
            {
                if (++blocks == 3)
                {
                    stop.Cancel();
                }
            },
            stop.Token));
        Assert.Equal(3, blocks);
    }

    // Minutes of work: 2e9 scenarios would not fit the fingerprint's leaves, 2e7 of 2,000 instruments do.
    static ValuationRun Endless() => MarginCalculator.Plan(new VariedSet { Instruments = 2000, Accounts = 2, Scenarios = 20_000_000 }.Build(Precision.Double)) with { TailLength = 200 };

    sealed class Progress : IProgress<long>
    {
        long reports;
        long done;

        public Action? First { get; set; }

        public long Reports => Interlocked.Read(ref reports);

        public long Done => Interlocked.Read(ref done);

        public void Report(long value)
        {
            if (Interlocked.Increment(ref reports) == 1)
            {
                First?.Invoke();
            }

            for (long seen = Done; value > seen; seen = Done)
            {
                Interlocked.CompareExchange(ref done, value, seen);
            }
        }
    }
}
