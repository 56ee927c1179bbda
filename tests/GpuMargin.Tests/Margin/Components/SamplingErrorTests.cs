using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Margin.Components;

/// <summary>The sampling error by hand on the book of three positions, and against the intervals of margins.csv under every sampling.</summary>
public sealed class SamplingErrorTests
{
    [Fact]
    public void It_is_the_distance_to_the_upper_end_of_the_shortfalls_interval()
    {
        // Losses 35 20 −3 −24, m = 2, k = 3 over −24: a₀ = 124/3, a₁ = 43/3, ξ = (3·(2 − 124/38) + 20/4)/23 = 1/19; mean excess over −3
        // (2·30.5 + 5·42.5)/7 = 39.0714, second moment 36/17·39.0714², s = √((36/17 − ½)/2)·39.0714 = 35.139,
        // γ = 3·√(½·18·17)/16 = 2.3193, c = γ·(1 + 2z²)/(6√2) = 2.3733; s·(z + (z³ + z)/8 + c) = 35.139·5.5194.
        Requirement required = Required(new MarginPolicy { Components = [new SamplingError()] });
        Assert.Equal(27.5m, required.Components.Base);
        Assert.InRange(required.Components["sampling_error"], 193.94m, 193.96m);
        Assert.Equal(27.5m + required.Components["sampling_error"], required.Components.Model);
    }

    [Fact]
    public void Of_value_at_risk_it_ends_at_the_order_statistic()
    {
        // Of four losses the largest has the rank that the median's interval at 87.5 % reaches: P(N ≤ 0) = 1/16.
        BaseMargin median = new() { Measure = RiskMeasure.ValueAtRisk };
        Assert.Equal(35m, Required(new MarginPolicy { Base = median, Components = [new SamplingError { Confidence = 0.875m }] }).Components["sampling_error"]); // of a base of 0
        Assert.Equal(15m, Required(new MarginPolicy { Base = median with { Confidence = 0.75m }, Components = [new SamplingError { Confidence = 0.5m }] }).Components["sampling_error"]); // 35 − 20
    }

    [Theory]
    [InlineData(Sampling.Philox, Importance.Off, RiskMeasure.ExpectedShortfall)]
    [InlineData(Sampling.Philox, Importance.Off, RiskMeasure.ValueAtRisk)]
    [InlineData(Sampling.Philox, Importance.On, RiskMeasure.ExpectedShortfall)]
    [InlineData(Sampling.Sobol, Importance.Off, RiskMeasure.ExpectedShortfall)]
    [InlineData(Sampling.Sobol, Importance.On, RiskMeasure.ExpectedShortfall)]
    [InlineData(Sampling.Sobol, Importance.On, RiskMeasure.ValueAtRisk)]
    public void Base_and_sampling_error_are_the_upper_end_that_margins_csv_has(Sampling sampling, Importance importance, RiskMeasure measure)
    {
        MarginPolicy policy = new() { Base = new BaseMargin { Measure = measure }, Components = [new SamplingError()] };
        ClearingSet set = PolicySet.Build(policy, new VariedSet { Factors = 10, Sampling = sampling, Importance = importance });
        set = set with { AccountTerms = [] };
        MarginReport report = MarginCalculator.Calculate(set, new CpuBackend());
        int above = 0;
        foreach (AccountMargin account in report.Accounts)
        {
            double high = measure == RiskMeasure.ValueAtRisk ? account.ValueAtRisk.High : account.ExpectedShortfall.High;
            ComponentAmounts parts = account.Requirement!.Components;
            decimal expected = Amount.Of(Math.Max(0, high));
            const decimal Places = 2e-12m; // of the two amounts that are rounded up to twelve places
            decimal digits = 1e-14m * expected; // each has 15 digits
            Assert.InRange(parts.Base + parts["sampling_error"] - expected, -Places - digits, Places + digits);
            above += parts["sampling_error"] > 0 ? 1 : 0;
        }

        Assert.True(above > 3);
    }

    [Fact]
    public void Isolated_books_have_their_own_intervals_which_are_added()
    {
        MarginPolicy policy = new() { Components = [new SamplingError()] };
        Requirement isolated = Required(policy, set => set with { AccountTerms = [set.AccountTerms[0] with { Mode = MarginMode.Isolated }] });
        decimal alone = Enumerable.Range(0, 3).Sum(row => Required(policy, set => set with
        {
            Positions = new PositionTable([0], [set.Positions.Instrument[row]], [set.Positions.Quantity[row]]),
        }).Components["sampling_error"]);
        Assert.Equal(alone, isolated.Components["sampling_error"]);
    }

    [Theory]
    [InlineData(Sampling.Philox)]
    [InlineData(Sampling.Sobol)]
    public void A_higher_confidence_has_a_larger_error(Sampling sampling)
    {
        ClearingSet set = PolicySet.Build(new MarginPolicy(), new VariedSet { Factors = 10, Sampling = sampling }) with { AccountTerms = [] };
        decimal[] errors =
        [
            .. ((decimal[])[0.5m, 0.8m, 0.95m, 0.99m, 0.999m]).Select(confidence => MarginCalculator.Calculate(
                set with { Policy = new MarginPolicy { Components = [new SamplingError { Confidence = confidence }] } }, new CpuBackend()).Accounts[0].Requirement!.Components["sampling_error"]),
        ];
        Assert.Equal(errors.Order(), errors);
        Assert.Equal(errors.Length, errors.Distinct().Count());
    }

    static Requirement Required(MarginPolicy policy, Func<ClearingSet, ClearingSet>? change = null) =>
        MarginCalculator.Calculate((change ?? (set => set))(ThreePositionBook.Set(policy)), ThreePositionBook.Backend).Accounts[0].Requirement!;
}
