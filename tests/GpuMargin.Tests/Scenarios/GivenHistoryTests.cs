using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Backtesting;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Scenarios;

/// <summary>A source that is none of the product's: the returns of a history's days. All that it takes is <see cref="Dates"/>.</summary>
public sealed class GivenHistoryTests
{
    // Of the notional, as for simulated scenarios.
    const double Tolerance = 1e-12;

    const int Days = 150;

    static readonly CpuBackend s_backend = new();

    /// <summary>Plain historical simulation: every day's returns are a scenario, the later the heavier (Boudoukh, Richardson and Whitelaw 1998).</summary>
    static GivenScenarios Dates(ReturnHistory history, double decay)
    {
        int days = history.Dates.Count;
        double[] weights = [.. Enumerable.Range(0, days).Select(day => Math.Pow(decay, days - 1 - day))];
        double mean = weights.Average();
        return new GivenScenarios
        {
            Name = "historical dates",
            Rows = new ShockRows(history.Factors.Count, 1),
            Shocks = [.. history.Returns.Cast<double>()],
            Weight = [.. weights.Select(weight => weight / mean)],
        };
    }

    static (ClearingSet Set, ReturnHistory History) Prices()
    {
        ClearingSet set = new VariedSet { Factors = 4, Instruments = 60, Accounts = 5, Horizon = 1 }.Build(Precision.Double);
        Random random = new(8);
        double[,] returns = new double[Days, 4];
        for (int day = 0; day < Days; day++)
        {
            for (int factor = 0; factor < 4; factor++)
            {
                returns[day, factor] = (random.NextDouble() - 0.5) / 20;
            }
        }

        return (set, SyntheticHistory.History(returns));
    }

    [Fact]
    public void Dates_of_a_history_are_revalued_as_the_formulas_do()
    {
        (ClearingSet set, ReturnHistory history) = Prices();
        ValuationRun run = AccountRun.In(Dates(history, 1), set);
        double[,] found = Visited.ProfitAndLoss(s_backend, run);
        ReferenceValuation reference = new(set);
        double[] gross = ReferencePortfolio.GrossNotionals(set);
        for (int day = 0; day < Days; day++)
        {
            double[] expected = new double[set.Accounts.Count];
            double[] shocks = [.. Enumerable.Range(0, 4).Select(factor => history.Returns[day, factor])];
            for (int row = 0; row < set.Positions.Count; row++)
            {
                expected[set.Positions.Account[row]] += set.Positions.Quantity[row] * reference.ProfitAndLoss(set.Positions.Instrument[row], shocks);
            }

            for (int account = 0; account < expected.Length; account++)
            {
                Assert.InRange(found[day, account] - expected[account], -Tolerance * gross[account], Tolerance * gross[account]);
            }
        }
    }

    // 90 % of 150 days leaves 15 in the tail.
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.97)]
    public void Margins_of_a_history_are_the_weighted_measures_of_its_dates(double decay)
    {
        (ClearingSet set, ReturnHistory history) = Prices();
        set = set with { Settings = set.Settings with { Confidence = 0.9m } };
        GivenScenarios dates = Dates(history, decay);
        ValuationRun run = AccountRun.In(dates, set);
        double[,] profits = Visited.ProfitAndLoss(s_backend, run);
        RunSchedule schedule = RunSchedule.Of(set, run);
        Valuation.Compute(schedule, s_backend);
        IReadOnlyList<AccountMargin> margins = schedule.Report(s_backend.Name, s_backend.Device).Accounts;
        for (int account = 0; account < margins.Count; account++)
        {
            int[] order = [.. Enumerable.Range(0, Days).OrderBy(day => profits[day, account])];
            double left = 15, sum = 0, valueAtRisk = double.NaN;
            foreach (int day in order)
            {
                double taken = Math.Min(left, dates.Weight[day]);
                sum -= taken * profits[day, account];
                left -= taken;
                valueAtRisk = left <= 0 && double.IsNaN(valueAtRisk) ? -profits[day, account] : valueAtRisk;
            }

            Assert.InRange(margins[account].ExpectedShortfall.Value / (sum / 15), 1 - 1e-9, 1 + 1e-9);
            if (decay < 1)
            {
                Assert.Equal(valueAtRisk, margins[account].ValueAtRisk.Value);
            }
        }
    }
}
