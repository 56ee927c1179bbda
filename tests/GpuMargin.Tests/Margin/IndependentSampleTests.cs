using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Margin;

/// <summary>The whole chain against the whole oracle: its own random numbers, correlation root, quantiles, recursions and prices.</summary>
public sealed class IndependentSampleTests(ITestOutputHelper output)
{
    const int Scenarios = 8000;
    const double Rare = 1e-3; // p-value of one account; fixed seeds make a rejection a finding

    [Theory]
    [InlineData(CopulaFamily.Gaussian, double.PositiveInfinity, Precision.Double)]
    [InlineData(CopulaFamily.StudentT, 4, Precision.Double)]
    [InlineData(CopulaFamily.StudentT, 4, Precision.Mixed)]
    [Trait("Category", "Slow")]
    public void Every_account_has_the_distribution_that_the_oracle_draws(CopulaFamily family, double nu, Precision precision)
    {
        ClearingSet set = new VariedSet
        {
            Factors = 6,
            Instruments = 28,
            Accounts = 10,
            Positions = 12,
            Horizon = 2,
            Ageing = Ageing.Horizon,
            Scenarios = Scenarios,
            Copula = new Copula(family, nu),
        }.Build(precision);
        double[,] gains = Visited.ProfitAndLoss(new CpuBackend(), MarginCalculator.Plan(set));
        double[,] expected = ReferencePortfolio.ProfitAndLoss(set, ReferenceScenarios.DrawPaths(set, Scenarios, seed: 17, days: 2));
        for (int account = 0; account < set.Accounts.Count; account++)
        {
            double p = KolmogorovSmirnov.TwoSamples(gains.Column(account), expected.Row(account)).PValue;
            output.WriteLine($"{set.Accounts[account]}: p-value {p:G3}");
            Assert.InRange(p, Rare, 1);
        }
    }
}
