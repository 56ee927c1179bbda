using GpuMargin.ClearingSets;
using GpuMargin.Scenarios;
using Xunit;

namespace GpuMargin.Tests.Scenarios;

public sealed class ScenarioPlannerTests
{
    static readonly double[,] s_twoByTwo = { { 1, .5 }, { .5, 1 } };

    [Fact]
    public void Factors_of_one_distribution_share_a_table()
    {
        ScenarioPlan plan = Plan(new(CopulaFamily.Gaussian, double.PositiveInfinity), Factor("A", 5, 0), Factor("B", 5, 0));
        Assert.Single(plan.Marginals);
        Assert.Equal([0, 0], plan.Marginal);
        plan = Plan(new(CopulaFamily.Gaussian, double.PositiveInfinity), Factor("A", 5, .1), Factor("B", 5, -.1));
        Assert.Equal([0, 1], plan.Marginal);
    }

    [Theory]
    [InlineData(CopulaFamily.Gaussian, double.PositiveInfinity, false)]
    [InlineData(CopulaFamily.StudentT, 6.5, true)]
    [InlineData(CopulaFamily.StudentT, 1e7, true)]
    [InlineData(CopulaFamily.StudentT, 1.1e7, false)] // normal to single precision
    public void Only_a_t_copula_mixes(CopulaFamily family, double nu, bool mixes) =>
        Assert.Equal(mixes, Plan(new(family, nu), Factor("A", 5, 0), Factor("B", 4, 0)).Mixing is not null);

    [Fact]
    public void A_constant_process_keeps_its_variance_and_a_Gjr_process_adds_its_leverage_below()
    {
        ScenarioPlan plan = Plan(
            new(CopulaFamily.Gaussian, double.PositiveInfinity),
            Factor("A", 5, 0) with { Alpha = .3, Beta = .4, Omega = 9 },
            Factor("B", 5, 0) with { Process = VolatilityProcess.Gjr, Omega = 1e-6, Alpha = .05, Gamma = .1, Beta = .85, Mean = .001 });
        Assert.Equal([1e-4, 1e-6], plan.Omega);
        Assert.Equal([0, .05], plan.Alpha);
        Assert.Equal([0, .05 + .1], plan.NegativeAlpha);
        Assert.Equal([0, .85], plan.Beta);
        Assert.Equal([0, .001], plan.Mean);
        Assert.Equal([1e-4, 1e-4], plan.Variance);
    }

    [Fact]
    public void A_plan_has_the_same_bits_every_time()
    {
        Copula copula = new(CopulaFamily.StudentT, 6.5);
        ScenarioPlan first = Plan(copula, Factor("A", 5, .2), Factor("B", 8, 0));
        ScenarioPlan second = Plan(copula, Factor("A", 5, .2), Factor("B", 8, 0));
        Assert.Equal(first.Mixing!.Values, second.Mixing!.Values);
        for (int i = 0; i < first.Marginals.Count; i++)
        {
            Assert.Equal(first.Marginals[i].Values, second.Marginals[i].Values);
        }

        Assert.Equal(first.CorrelationFactor, second.CorrelationFactor);
    }

    static ScenarioPlan Plan(Copula copula, params RiskFactor[] factors) => ScenarioPlanner.Plan(
        new RunSettings { AsOf = default, Currency = "USD", Copula = copula }, factors, s_twoByTwo);

    static RiskFactor Factor(string name, double nu, double skew) => new()
    {
        Name = name,
        Kind = RiskFactorKind.Price,
        Level = 1,
        Variance = 1e-4,
        Marginal = skew == 0 ? MarginalFamily.StudentT : MarginalFamily.SkewedT,
        DegreesOfFreedom = nu,
        Skew = skew,
    };
}
