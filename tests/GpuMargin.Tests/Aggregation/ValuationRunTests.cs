using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Aggregation;

public sealed class ValuationRunTests
{
    static ValuationRun Run() => MarginCalculator.Plan(new VariedSet { Scenarios = 443, Sampling = Sampling.Sobol, Importance = Importance.On }.Build(Precision.Mixed));

    [Fact]
    public void Runs_made_of_the_same_content_have_the_same_identity() => Assert.Equal(Run().Identity(), Run().Identity());

    [Fact]
    public void Every_change_of_content_is_another_identity()
    {
        ValuationRun run = Run();
        var model = (ScenarioPlan)run.Source;
        double[] quantity = [.. run.Positions.Quantity], mean = [.. model.Mean];
        quantity[^1] = Math.BitIncrement(quantity[^1]);
        mean[0] = Math.BitIncrement(mean[0]);
        RowKey[] keys = [.. run.Positions.Keys];
        keys[2] = RowKey.Account("another");
        ValuationRun[] runs =
        [
            run,
            run with { Precision = Precision.Double },
            run with { Scenarios = 442 },
            run with { FirstScenario = 64 },
            run with { TailLength = run.TailLength + 1 },
            run with { Fingerprint = Fingerprint.Sha256Leaves },
            run with { FingerprintRows = 0 },
            run with { KeepsDigests = true },
            run with { Instruments = run.Instruments with { Shocks = new ShockRows(5, 1, 2) } },
            run with { Positions = run.Positions with { Quantity = quantity } },
            run with { Positions = run.Positions with { Keys = keys } },
            run with { Positions = run.Positions with { Remainders = new RemainderRows([0], [0, 1], [1]) } },
            run with { Source = model with { Seed = 2 } },
            run with { Source = model with { Name = "another" } },
            run with { Source = model with { Mean = mean } },
            run with { Source = model with { Importance = null } },
            run with { Source = model with { Jumps = [new FactorJump(0, 1, -0.5, [3])] } },
            run with { Source = new GivenScenarios { Rows = new ShockRows(5, 2), Shocks = new double[5] } },
            run with { Source = new GivenScenarios { Rows = new ShockRows(1, 2), Shocks = new double[5] } },
        ];
        Assert.Equal(runs.Length, runs.Select(changed => changed.Identity()).Distinct().Count());
    }

    [Theory]
    [InlineData(443, 4)]
    [InlineData(443, 7)]
    [InlineData(443, 100)]
    [InlineData(64, 3)]
    [InlineData(1, 1)]
    public void Parts_follow_one_another_and_begin_at_multiples_of_64(int scenarios, int parts)
    {
        ValuationRun run = Run() with { FirstScenario = 128, Scenarios = scenarios };
        IReadOnlyList<ValuationRun> cut = run.Cut(parts);
        Assert.Equal(Math.Min(parts, (scenarios + 63) / 64), cut.Count);
        Assert.All(cut, part => Assert.Equal(0, part.FirstScenario % ValuationRun.ScenarioBlock));
        Assert.All(cut, part => Assert.True(part.Scenarios > 0 && part.KeepsDigests));
        Assert.Equal([128, .. cut.SkipLast(1).Select(part => part.EndScenario)], cut.Select(part => part.FirstScenario));
        Assert.Equal(run.EndScenario, cut[^1].EndScenario);
    }

    [Fact]
    public void A_range_or_a_day_that_the_source_does_not_have_is_refused()
    {
        ValuationRun run = Run();
        GivenScenarios given = new() { Name = "three days", Rows = new ShockRows(5, 2), Shocks = new double[15] };
        (run with { Source = given, Scenarios = 3 }).Check();
        Assert.Contains("'three days'", Assert.Throws<ArgumentException>((run with { Source = given, Scenarios = 4 }).Check).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>((run with { FirstScenario = 63 }).Check);
        ValuationRun twoDays = run with { Instruments = run.Instruments with { Shocks = new ShockRows(5, 1, 2) } };
        twoDays.Check();
        Assert.Contains("day 1", Assert.Throws<ArgumentException>((twoDays with { Source = given, Scenarios = 3 }).Check).Message, StringComparison.Ordinal);
        (twoDays with { Source = new GivenScenarios { Rows = new ShockRows(5, 1, 2), Shocks = new double[20] }, Scenarios = 2 }).Check();
        Assert.Throws<ArgumentException>((run with { Source = new GivenScenarios { Rows = new ShockRows(5, 3), Shocks = new double[20] }, Scenarios = 2 }).Check);
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Range(32, 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Range(64, 400));
    }

    [Fact]
    public void Shocks_and_weights_that_are_no_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new GivenScenarios { Rows = new ShockRows(1, 1), Shocks = [0, double.NaN] });
        Assert.Throws<ArgumentException>(() => new GivenScenarios { Rows = new ShockRows(1, 1), Shocks = [0, double.NegativeInfinity] });
        Assert.Throws<ArgumentException>(() => new GivenScenarios { Rows = new ShockRows(1, 1), Shocks = [0, 1], Weight = [2, -0.1] });
        Assert.Throws<ArgumentException>(() => new GivenScenarios { Rows = new ShockRows(1, 1), Shocks = [0, 1], Weight = [2, 0.5] });
    }
}
