using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Reference;
using MathNet.Numerics.Distributions;
using Xunit;

namespace GpuMargin.Tests.Margin;

/// <summary>Margin periods of risk by product class: what they leave as it is, and what full revaluation makes of options.</summary>
public sealed class MarginPeriodTests
{
    [Theory]
    [InlineData(Sampling.Philox, Importance.Off, 5)]
    [InlineData(Sampling.Philox, Importance.Off, 1)]
    [InlineData(Sampling.Philox, Importance.On, 5)]
    [InlineData(Sampling.Sobol, Importance.Off, 5)]
    [InlineData(Sampling.Sobol, Importance.On, 1)]
    public void Accounts_do_not_depend_on_a_policy(Sampling sampling, Importance importance, int days)
    {
        MarginPolicy policy = PolicySet.EveryComponent with
        {
            Base = Period("slow", days),
            Collateral = new CollateralTerms { Valuation = CollateralValuation.Simulated },
        };
        ClearingSet set = PolicySet.Build(policy, new VariedSet { Factors = 10, Sampling = sampling, Importance = importance, Ageing = Ageing.Horizon });
        MarginReport with = MarginCalculator.Calculate(set, new CpuBackend()), without = MarginCalculator.Calculate(set with { Policy = null }, new CpuBackend());
        Assert.Equal(without.ProfitAndLossSha256, with.ProfitAndLossSha256);
        Assert.Equal(without.Accounts, with.Accounts.Select(account => account with { Requirement = null }));
    }

    // The days of the path are those of a run with that horizon, and so are the prices and the ageing; sums have another order.
    [Theory]
    [InlineData(Sampling.Philox, Importance.Off)]
    [InlineData(Sampling.Philox, Importance.On)]
    [InlineData(Sampling.Sobol, Importance.Off)]
    [InlineData(Sampling.Sobol, Importance.On)]
    public void One_period_for_all_is_a_horizon_of_its_days(Sampling sampling, Importance importance)
    {
        const double Rounding = 1e-9; // of the base, which is a thousandth of gross notional or more
        string[] columns = ["base", "stressed", "floor", "offset", "dependence"];
        MarginPolicy policy = PolicySet.EveryComponent with { Depegs = [new DepegJump(0, 0.02, 0.3)] };
        ClearingSet set = PolicySet.Build(policy, new VariedSet { Factors = 10, Sampling = sampling, Importance = importance, Ageing = Ageing.Horizon });
        set = set with { Stress = new StressSet { Model = new StressModel([.. set.Factors.Select(f => f with { Variance = 2 * f.Variance })], set.Correlation, set.Settings.Copula) } };
        ClearingSet five = set with { Settings = set.Settings with { HorizonDays = 5 } };
        Requirement[] expected = Requirements(five, new BaseMargin()), found = Requirements(set, Period(BaseMargin.DefaultClass, 5));
        for (int i = 0; i < expected.Length; i++)
        {
            double rounding = Rounding * (double)expected[i].Components.Base;
            Assert.All(columns, column => Assert.InRange(found[i].Components[column] - expected[i].Components[column], (decimal)-rounding, (decimal)rounding));
        }
    }

    // One day to ten. Before full revaluation a long call of 3 was margined at more than its price.
    [Theory]
    [InlineData("call", Sampling.Philox)]
    [InlineData("call", Sampling.Sobol)]
    [InlineData("strangle", Sampling.Sobol)]
    [InlineData("straddle", Sampling.Sobol)]
    public void Options_are_revalued_at_the_end_of_the_period(string book, Sampling sampling)
    {
        const double SamplingError = 0.02; // of 16,384 scenarios of which 164 are averaged
        const double Spot = 100, Variance = 0.0004, Volatility = 0.3;
        (OptionRight Right, double Strike, double Quantity)[] legs = book switch
        {
            "call" => [(OptionRight.Call, 105, 1)],
            "strangle" => [(OptionRight.Call, 115, -1), (OptionRight.Put, 85, -1)],
            _ => [(OptionRight.Call, 100, 1), (OptionRight.Put, 100, 1)],
        };
        ClearingSet set = new()
        {
            Settings = new RunSettings
            {
                AsOf = new DateTimeOffset(2001, 1, 2, 16, 0, 0, TimeSpan.Zero),
                Currency = "USD",
                Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity),
                Scenarios = 1 << 14,
                HorizonDays = 1,
                Sampling = sampling,
                Ageing = Ageing.Horizon,
                Precision = Precision.Double,
            },
            Factors = [new RiskFactor { Name = "X", Kind = RiskFactorKind.Price, Level = Spot, Variance = Variance }],
            Correlation = new double[,] { { 1 } },
            Instruments =
            [
                .. legs.Select((leg, i) => new Instrument
                {
                    Name = $"O{i}", Type = InstrumentType.Option, Underlying = 0, Currency = "USD", ProductClass = "options",
                    Right = leg.Right, Strike = leg.Strike, Volatility = Volatility, YearsToExpiry = 60 / 365.0,
                }),
            ],
            Accounts = ["book"],
            Positions = new PositionTable([.. legs.Select(_ => 0)], [.. legs.Select((_, i) => i)], [.. legs.Select(leg => leg.Quantity)]),
            Policy = new MarginPolicy { Base = Period("options", 10) },
        };

        double margin = (double)MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0].Requirement!.Components.Base;
        double today = Value(Spot, 60);
        double expected = ReferenceRiskMeasures.ExpectedShortfall(
            [.. Enumerable.Range(0, 100_000).Select(i => today - Value(Spot * Math.Exp(Math.Sqrt(10 * Variance) * Normal.InvCDF(0, 1, (i + 0.5) / 100_000)), 50))], 0.99m);
        Assert.InRange(margin / expected, 1 - SamplingError, 1 + SamplingError);
        Assert.True(book != "call" || margin <= today, $"A call worth {today} is margined at {margin}.");

        double Value(double spot, int days) =>
            legs.Sum(leg => leg.Quantity * ReferenceOption.Value(leg.Right, spot, leg.Strike, 0, 0, days / 365.0, Volatility));
    }

    static BaseMargin Period(string productClass, int days) => new() { MarginPeriodOfRisk = new Dictionary<string, int> { [productClass] = days } };

    static Requirement[] Requirements(ClearingSet set, BaseMargin terms) =>
        [.. MarginCalculator.Calculate(set with { Policy = set.Policy! with { Base = terms } }, new CpuBackend()).Accounts.Select(account => account.Requirement).OfType<Requirement>()];
}
