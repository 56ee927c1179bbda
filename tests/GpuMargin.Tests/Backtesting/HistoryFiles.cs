using System.Globalization;

namespace GpuMargin.Tests.Backtesting;

/// <summary>A small history set on disk: two factors over 120 days, an option, two accounts.</summary>
static class HistoryFiles
{
    internal const int Days = 120, ReferenceDay = 100;

    static readonly double[][] s_prices = Prices();

    internal static double Price(int day, int factor) => s_prices[day][factor];

    internal static string Date(int day) => new DateOnly(2000, 1, 2).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static void WriteTo(string folder)
    {
        Write("history.csv", ["date,AAA,BBB", .. s_prices.Select((row, day) => FormattableString.Invariant($"{Date(day)},{row[0]:R},{row[1]:R}"))]);
        Write("run.json", [$"{{\"asOf\":\"{Date(ReferenceDay)}T21:00:00Z\",\"currency\":\"USD\",\"copula\":{{\"family\":\"gaussian\"}},\"scenarios\":400}}"]);
        Write("instruments.csv",
        [
            "instrument,type,underlying,strike,expiry,right,volatility,volatility_factor",
            "AAA,spot,AAA,,,,,", "BBB,spot,BBB,,,,,", $"PUT,option,BBB,50,{Date(ReferenceDay + 60)},put,0.3,BBB.vol",
        ]);
        Write("positions.csv", ["account,instrument,quantity", "DESK,AAA,10", "DESK,PUT,-5", "OTHER,BBB,-3"]);

        void Write(string name, string[] lines) => File.WriteAllText(Path.Combine(folder, name), string.Join('\n', lines) + "\n");
    }

    static double[][] Prices()
    {
        var random = new Random(7);
        double[] price = [100, 50];
        return [.. Enumerable.Range(0, Days).Select(_ =>
        {
            double common = random.NextDouble() - 0.5;
            for (int factor = 0; factor < 2; factor++) { price[factor] = Math.Round(price[factor] * Math.Exp(0.04 * (common + random.NextDouble() - 0.5)), 4); } return price.ToArray();
        })];
    }
}
