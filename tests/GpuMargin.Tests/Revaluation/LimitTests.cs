using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Revaluation;

/// <summary>The model at the edges of its parameters.</summary>
public sealed class LimitTests
{
    static readonly CpuBackend s_backend = new();

    [Fact]
    public void Zero_horizon_loses_exactly_nothing_in_double_precision()
    {
        ClearingSet set = new VariedSet { Factors = 17, Instruments = 300, Horizon = 0, Ageing = Ageing.Horizon }.Build(Precision.Double);
        Assert.All(Visited.ProfitAndLoss(s_backend, MarginCalculator.Plan(set)).Cast<double>(), gain => Assert.Equal(0, gain));
        Assert.All(MarginCalculator.Calculate(set, s_backend).Accounts, margin => Assert.Equal(0, margin.Margin));
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void Zero_variance_moves_factors_by_their_means_alone(Precision precision)
    {
        const int Days = 4;
        ClearingSet set = new VariedSet { Factors = 5, Horizon = Days }.Build(precision);
        const double Mean = 1.0 / 1024; // exact in both precisions, and so are its multiples
        set = set with
        {
            Factors = [.. set.Factors.Select(factor => factor with { Process = VolatilityProcess.Constant, Variance = 0, Mean = Mean })],
        };
        Assert.All(Visited.Scenarios(s_backend, MarginCalculator.Plan(set)).Cast<double>(), shock => Assert.Equal(Days * Mean, shock));
    }

    [Theory]
    [InlineData(Precision.Double, 1e-12)] // as for any other option; the smallest σ√T priced is 1e-14
    [InlineData(Precision.Mixed, 2e-6)] // the smallest σ√T priced is 1e-7
    public void Zero_volatility_is_the_discounted_payoff_of_the_forward(Precision precision, double tolerance)
    {
        ClearingSet set = new VariedSet { Factors = 1, Instruments = 1, Accounts = 1, Scenarios = 500 }.Build(precision);
        double spot = set.Factors[0].Level;
        const double Rate = 0.05, Years = 0.5, Strike = 1.01;
        Instrument put = new()
        {
            Name = "P",
            Type = InstrumentType.Option,
            Underlying = 0,
            Currency = "USD",
            Strike = Strike * spot,
            Right = OptionRight.Put,
            Rate = Rate,
            YearsToExpiry = Years,
            Volatility = 0,
        };
        ValuationRun plan = MarginCalculator.Plan(set with { Instruments = [put], Positions = new PositionTable([0], [0], [1]) });
        double[,] shocks = Visited.Scenarios(s_backend, plan);
        double[,] gains = Visited.ProfitAndLoss(s_backend, plan);
        double Payoff(double shock) => Math.Max(Strike * spot * Math.Exp(-Rate * Years) - spot * Math.Exp(shock), 0);
        int paid = 0;
        for (int s = 0; s < gains.GetLength(0); s++)
        {
            double expected = Payoff(shocks[s, 0]) - Payoff(0);
            paid += expected > 0 ? 1 : 0;
            Assert.InRange(gains[s, 0] - expected, -tolerance * spot, tolerance * spot);
        }

        Assert.InRange(paid, 10, 490);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    [InlineData(-1, true)]
    public void Perfect_correlation_makes_factors_move_as_one_or_opposed(double correlation, bool student)
    {
        // An eigenvalue that should be zero is rounding, 2⁻⁵³ times the matrix, and the factor has its root: 1e-8, times a
        // variate of the t copula at ν = 3 below 100.
        const double Tolerance = 1e-6;
        const double Daily = 0.01;
        ClearingSet set = new VariedSet { Factors = 2, Instruments = 2, Horizon = 2, Scenarios = 5000, Copula = student ? new Copula(CopulaFamily.StudentT, 3) : VariedSet.Gaussian }.Build(Precision.Double);
        RiskFactor factor = new() { Name = "X", Kind = RiskFactorKind.Price, Level = 1, Variance = Daily * Daily, Marginal = MarginalFamily.StudentT, DegreesOfFreedom = 5 };
        set = set with
        {
            Factors = [factor, factor with { Name = "Y" }],
            Correlation = new[,] { { 1, correlation }, { correlation, 1 } },
            Settings = set.Settings with { Fx = new Dictionary<string, FxRate>() },
            Instruments = [new Instrument { Name = "I", Type = InstrumentType.Spot, Underlying = 0, Currency = "USD" }],
            Positions = new PositionTable([0], [0], [1]),
        };
        double[,] shocks = Visited.Scenarios(s_backend, MarginCalculator.Plan(set));
        for (int s = 0; s < shocks.GetLength(0); s++)
        {
            Assert.InRange(shocks[s, 1] - correlation * shocks[s, 0], -Tolerance * Daily, Tolerance * Daily);
        }

        Assert.InRange(SampleMoments.Of(shocks.Column(0)).Variance, Daily * Daily, 3 * Daily * Daily);
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void A_t_copula_of_very_many_degrees_of_freedom_is_the_Gaussian_one_bit_for_bit(Precision precision)
    {
        VariedSet shape = new() { Factors = 5, Scenarios = 500 };
        Assert.Equal(
            Fingerprint((shape with { Copula = VariedSet.Gaussian }).Build(precision)),
            Fingerprint((shape with { Copula = new Copula(CopulaFamily.StudentT, 1e9) }).Build(precision)));
        Assert.NotEqual(
            Fingerprint((shape with { Copula = VariedSet.Gaussian }).Build(precision)),
            Fingerprint((shape with { Copula = new Copula(CopulaFamily.StudentT, 1e6) }).Build(precision)));
    }

    [Fact]
    public void A_single_scenario_has_a_profit_but_no_shortfall()
    {
        ClearingSet set = new VariedSet { Scenarios = 1 }.Build(Precision.Mixed);
        ValuationRun plan = MarginCalculator.Plan(set);
        double[,] gains = Visited.ProfitAndLoss(s_backend, plan);
        Assert.Equal((1, set.Accounts.Count), (gains.GetLength(0), gains.GetLength(1)));
        Assert.Equal(gains[0, 0], -Assert.Single(s_backend.Run(plan).Tails[0].Losses));
        Assert.Throws<RefusedInputException>(() => MarginCalculator.Calculate(set, s_backend));
    }

    [Theory]
    [InlineData(100, "0.99")] // m = 1: the shortfall is the worst loss, VaR the second
    [InlineData(1000, "0.999")]
    public void At_the_edge_of_confidence_the_shortfall_is_the_worst_loss(int scenarios, string confidence)
    {
        ClearingSet set = new VariedSet { Scenarios = scenarios }.Build(Precision.Double);
        set = set with { Settings = set.Settings with { Confidence = decimal.Parse(confidence, System.Globalization.CultureInfo.InvariantCulture) } };
        double[,] gains = Visited.ProfitAndLoss(s_backend, MarginCalculator.Plan(set));
        IReadOnlyList<AccountMargin> margins = MarginCalculator.Calculate(set, s_backend).Accounts;
        for (int account = 0; account < margins.Count; account++)
        {
            double[] losses = [.. gains.Column(account).Select(gain => 0.0 - gain).OrderDescending()];
            Assert.Equal(losses[0], margins[account].ExpectedShortfall.Value);
            Assert.Equal(losses[1], margins[account].ValueAtRisk.Value);
        }
    }

    static string Fingerprint(ClearingSet set) => s_backend.Run(MarginCalculator.Plan(set)).ProfitAndLossSha256;
}
