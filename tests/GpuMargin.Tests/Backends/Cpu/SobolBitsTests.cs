using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.RiskMeasures;
using Xunit;

namespace GpuMargin.Tests.Backends.Cpu;

/// <summary>Sobol points and importance sampling keep the numeric contract: the bits of the scalar thread whatever the lanes, threads and tiles.</summary>
public sealed class SobolBitsTests
{
    static readonly CpuBackend s_reference = new(threads: 1, LaneWidth.Scalar, ProfitAndLossHash.LeafScenarios);

    static readonly IBackend[] s_backends =
    [
        .. ((LaneWidth[])[LaneWidth.Scalar, LaneWidth.Bits256, LaneWidth.Bits512])
            .Where(width => width <= CpuBackend.WidestSupported)
            .SelectMany(width => new IBackend[] { new CpuBackend(1, width, 128), new CpuBackend(3, width) }),
    ];

    static readonly (string Name, VariedSet Set)[] s_sets =
    [
        ("one factor, one day", new() { Factors = 1, Horizon = 1, Scenarios = 65 }),
        ("five factors, two days", new() { Scenarios = 300 }),
        ("three factors, five days", new() { Factors = 3, Horizon = 5, Scenarios = 100 }),
        ("seventeen factors, Gaussian", new() { Factors = 17, Copula = VariedSet.Gaussian, Scenarios = 193 }),
        ("no horizon", new() { Horizon = 0, Scenarios = 40 }),
        ("beyond the tabulated dimensions", new() { Factors = 100, Horizon = 220, Instruments = 7, Positions = 3, Scenarios = 40 }),
    ];

    public static TheoryData<string, Sampling, Importance, Precision> Cases()
    {
        TheoryData<string, Sampling, Importance, Precision> data = [];
        foreach ((string name, VariedSet _) in s_sets)
        {
            foreach (Precision precision in Enum.GetValues<Precision>())
            {
                data.Add(name, Sampling.Philox, Importance.On, precision);
                data.Add(name, Sampling.Sobol, Importance.Off, precision);
                data.Add(name, Sampling.Sobol, Importance.On, precision);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Shocks_tails_and_margins_have_the_bits_of_the_scalar_thread(
        string name, Sampling sampling, Importance importance, Precision precision)
    {
        ClearingSet set = (s_sets.Single(s => s.Name == name).Set with { Sampling = sampling, Importance = importance }).Build(precision);
        ValuationRun plan = MarginCalculator.Plan(set);
        double[,] shocks = Visited.Scenarios(s_reference, plan);
        ExpectedResult expected = ExpectedResult.Of(Visited.ProfitAndLoss(s_reference, plan), set.Settings.Scenarios, plan.TailLength);
        foreach (IBackend backend in s_backends)
        {
            Assert.True(Same(shocks, Visited.Scenarios(backend, plan)), $"{backend.Device}: other shocks.");
            expected.AssertSame(backend.Run(plan), backend.Device);
        }

        Assert.Equal(MarginCalculator.Calculate(set, s_reference).Accounts, MarginCalculator.Calculate(set, s_backends[^1]).Accounts);
    }

    [Theory]
    [InlineData(Sampling.Philox)]
    [InlineData(Sampling.Sobol)]
    public void More_scenarios_change_no_earlier_one_and_no_weight(Sampling sampling)
    {
        ClearingSet set = new VariedSet { Scenarios = 443, Sampling = sampling, Importance = Importance.On }.Build(Precision.Mixed);
        ValuationRun all = MarginCalculator.Plan(set);
        double[,] shocks = Visited.Scenarios(s_backends[^1], all);
        foreach (int scenarios in (int[])[1, 15, 16, 17, 64, 257])
        {
            ValuationRun plan = MarginCalculator.Plan(set with { Settings = set.Settings with { Scenarios = Math.Max(scenarios, 20) } });
            double[,] fewer = Visited.Scenarios(s_backends[^1], plan with { Scenarios = scenarios });
            for (int s = 0; s < scenarios; s++)
            {
                for (int f = 0; f < plan.Source.Factors; f++)
                {
                    Assert.Equal(shocks[s, f], fewer[s, f]);
                }
            }
        }
    }

    [Fact]
    public void Without_importance_the_tail_of_a_philox_run_is_as_long_as_ever()
    {
        ClearingSet set = new VariedSet().Build(Precision.Double);
        Assert.Equal(TailLength.Required(set.Settings.Scenarios, set.Settings.Confidence), MarginCalculator.Plan(set).TailLength);
    }

    static bool Same(double[,] first, double[,] second) =>
        first.Cast<double>().Select(BitConverter.DoubleToInt64Bits).SequenceEqual(second.Cast<double>().Select(BitConverter.DoubleToInt64Bits));
}
