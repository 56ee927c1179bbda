using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Documentation;

/// <summary>The model page's table of what V/F is less than the cash value over today's index.</summary>
public sealed class CoinMarginedOptionTests
{
    /// <summary>The table has two decimals of a percentage.</summary>
    const double TwoDecimals = 0.5e-4 + 1e-9;

    const double Spot = 66_000, Strike = 70_000, Volatility = 0.6;

    [Fact]
    public void The_table_has_the_differences_between_the_programs_values_and_cash_at_todays_index()
    {
        string[][] rows =
        [
            .. Page.Of("docs/model.md").Text.Split('\n')
                .SkipWhile(line => !line.StartsWith("| r − q per year", StringComparison.Ordinal))
                .TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];
        int[] days = [.. rows[0].Skip(1).Select(cell => int.Parse(cell.Split(' ')[0], CultureInfo.InvariantCulture))];
        Assert.Equal(2, rows.Length - 2);
        foreach (string[] row in rows.Skip(2))
        {
            double rate = Share(row[0]);
            foreach ((int term, string cell) in days.Zip(row.Skip(1)))
            {
                double years = term / 365.0;
                double cash = ReferenceOption.Value(OptionRight.Call, Spot, Strike, rate, 0, years, Volatility) / Spot;
                Assert.Equal(Share(cell), Coins(rate, years) / cash - 1, TwoDecimals);
            }
        }
    }

    static double Share(string cell) => double.Parse(cell.Replace(" %", "", StringComparison.Ordinal).Replace('−', '-'), CultureInfo.InvariantCulture) / 100;

    static double Coins(double rate, double years)
    {
        RiskFactor factor = new() { Name = "BTCUSD", Kind = RiskFactorKind.Price, Level = Spot, Variance = 1e-4 };
        RunSettings settings = new()
        {
            AsOf = new DateTimeOffset(2026, 1, 2, 16, 0, 0, TimeSpan.Zero),
            Currency = "USD",
            Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity),
            Fx = new Dictionary<string, FxRate> { ["BTC"] = new("BTCUSD", false) },
        };
        Instrument option = new()
        {
            Name = "C",
            Type = InstrumentType.InverseOption,
            Underlying = 0,
            Currency = "BTC",
            Strike = Strike,
            YearsToExpiry = years,
            Volatility = Volatility,
            Rate = rate,
        };
        return InstrumentPlanner.Plan(settings, [factor], [option]).OptionValue[0];
    }
}
