using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Margin;

/// <summary>Margins of whole runs against the definitions applied to every scenario's P&amp;L.</summary>
public sealed class MeasureTests(ITestOutputHelper output)
{
    // Promised for the sample; relative to the margin.
    const double PrecisionTolerance = 1e-5;

    // Of gross notional: what mixed precision promises of one scenario's P&L, and a value at risk is one scenario's P&L.
    const double ScenarioTolerance = 2e-6;

    // Values are sums of prices, each a few roundings from the formula's.
    const double ValueTolerance = 1e-12;

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void Margins_of_the_sample_are_the_measures_of_its_full_profit_and_loss(Precision precision) =>
        AssertMeasures(Dow30.Read(precision));

    [Theory]
    [InlineData(443, "0.95")]
    [InlineData(443, "0.5")]
    [InlineData(443, "0.9977")] // m = 1.0189: one whole loss and a sliver
    [InlineData(200, "0.995")] // m = 1
    [InlineData(1000, "0.9871")]
    public void Margins_of_a_varied_set_are_the_measures_of_its_full_profit_and_loss(int scenarios, string confidence)
    {
        ClearingSet set = new VariedSet { Scenarios = scenarios }.Build(Precision.Double);
        AssertMeasures(set with { Settings = set.Settings with { Confidence = decimal.Parse(confidence, System.Globalization.CultureInfo.InvariantCulture) } });
    }

    [Fact]
    public void Mixed_and_double_precision_give_the_sample_the_same_margins()
    {
        ClearingSet set = Dow30.Read(Precision.Double);
        double[] gross = ReferencePortfolio.GrossNotionals(set);
        IReadOnlyList<AccountMargin> full = MarginCalculator.Calculate(set, new CpuBackend()).Accounts;
        IReadOnlyList<AccountMargin> mixed = MarginCalculator.Calculate(Dow30.Read(Precision.Mixed), new CpuBackend()).Accounts;
        double largest = 0, largestOfValueAtRisk = 0;
        for (int i = 0; i < full.Count; i++)
        {
            Assert.Equal(full[i].Value, mixed[i].Value);
            largest = Math.Max(largest, Relative(full[i].Margin, mixed[i].Margin));
            largestOfValueAtRisk = Math.Max(largestOfValueAtRisk, Relative(full[i].ValueAtRisk.Value, mixed[i].ValueAtRisk.Value));
            double bound = ScenarioTolerance * gross[i];
            Assert.InRange(mixed[i].ValueAtRisk.Value - full[i].ValueAtRisk.Value, -bound, bound);
        }

        output.WriteLine($"largest relative difference of a margin {largest:E2}, of a value at risk {largestOfValueAtRisk:E2}");
        Assert.InRange(largest, double.Epsilon, PrecisionTolerance);
    }

    static double Relative(double expected, double found) => expected == found ? 0 : Math.Abs(found - expected) / Math.Abs(expected);

    void AssertMeasures(ClearingSet set)
    {
        CpuBackend backend = new();
        ValuationRun plan = MarginCalculator.Plan(set);
        double[,] profitAndLoss = Visited.ProfitAndLoss(backend, plan);
        double[] values = ReferencePortfolio.Values(set);
        double[] gross = ReferencePortfolio.GrossNotionals(set);
        IReadOnlyList<AccountMargin> margins = MarginCalculator.Calculate(set, backend).Accounts;
        Assert.Equal(set.Accounts, margins.Select(margin => margin.Account));
        for (int account = 0; account < margins.Count; account++)
        {
            double[] losses = [.. profitAndLoss.Column(account).Select(gain => 0.0 - gain)];
            double shortfall = ReferenceRiskMeasures.ExpectedShortfall(losses, set.Settings.Confidence);
            Assert.Equal(ReferenceRiskMeasures.ValueAtRisk(losses, set.Settings.Confidence), margins[account].ValueAtRisk.Value);
            Assert.Equal(shortfall, margins[account].ExpectedShortfall.Value);
            Assert.Equal(Math.Max(shortfall, 0), margins[account].Margin);
            Assert.InRange(margins[account].Value - values[account], -ValueTolerance * gross[account], ValueTolerance * gross[account]);
        }

        output.WriteLine($"{margins.Count} accounts, bit equal");
    }
}
