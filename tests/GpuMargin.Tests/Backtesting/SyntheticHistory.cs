using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.Studies;

namespace GpuMargin.Tests.Backtesting;

/// <summary>History sets in memory: prices of 100 before the first return, one day after the other from 2000-01-02 on.</summary>
static class SyntheticHistory
{
    internal const double StrikeOfCall = 110, YearsOfCall = 0.25, Rate = 0.03;

    internal static DateTimeOffset Date(int day) => new DateTimeOffset(2000, 1, 1, 16, 0, 0, TimeSpan.Zero).AddDays(day + 1);

    /// <param name="returns">[day, factor]: log-returns.</param>
    internal static ReturnHistory History(double[,] returns)
    {
        int days = returns.GetLength(0), factors = returns.GetLength(1);
        double[,] levels = new double[days, factors];
        for (int factor = 0; factor < factors; factor++)
        {
            double log = Math.Log(100);
            for (int day = 0; day < days; day++)
            {
                levels[day, factor] = Math.Exp(log += returns[day, factor]);
            }
        }

        return new ReturnHistory
        {
            Dates = [.. Enumerable.Range(0, days).Select(Date)],
            Factors = [.. Enumerable.Range(0, factors).Select(factor => $"F{factor}")],
            Returns = returns,
            Levels = levels,
            Input = new InputFile("history.csv", 0, ""),
        };
    }

    /// <summary>Two accounts: one unit of every factor, and one call on the first factor sold, whose strike is 110 where the price is 100.</summary>
    internal static HistorySet Set(ReturnHistory history, int scenarios = 400, bool withCall = true)
    {
        int factors = history.Factors.Count;
        Instrument[] spots = [.. history.Factors.Select((name, factor) => new Instrument
        {
            Name = name,
            Type = InstrumentType.Spot,
            Underlying = factor,
            Currency = "USD",
        })];
        Instrument call = new()
        {
            Name = "CALL",
            Type = InstrumentType.Option,
            Underlying = 0,
            Currency = "USD",
            Strike = StrikeOfCall,
            YearsToExpiry = YearsOfCall,
            Right = OptionRight.Call,
            Volatility = 0.5,
            VolatilityFactor = factors,
            Rate = Rate,
        };
        int[] ofLong = [.. Enumerable.Range(0, factors)];
        return new HistorySet
        {
            Settings = new RunSettings
            {
                AsOf = history.Dates[^1],
                Currency = "USD",
                Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity),
                Scenarios = scenarios,
                Seed = 5,
            },
            History = history,
            Instruments = withCall ? [.. spots, call] : spots,
            ReferenceLevels = [.. Enumerable.Repeat(100.0, factors)],
            Book = new DatedBook(
                withCall ? ["LONG", "SHORT-CALL"] : ["LONG"],
                withCall
                    ? new PositionTable([.. ofLong.Select(_ => 0), 1], [.. ofLong, factors], [.. ofLong.Select(_ => 1.0), -1])
                    : new PositionTable([.. ofLong.Select(_ => 0)], ofLong, [.. ofLong.Select(_ => 1.0)]),
                null),
        };
    }

    internal static RollOptions Days(int first, int last) => new() { From = Date(first), To = Date(last) };

    /// <summary>+s, −s, +s, …: realised volatility is s on every day.</summary>
    internal static double[,] Alternating(int days, double size)
    {
        double[,] returns = new double[days, 1];
        for (int day = 0; day < days; day++)
        {
            returns[day, 0] = day % 2 == 0 ? size : -size;
        }

        return returns;
    }
}
