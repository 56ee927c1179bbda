using System.Globalization;
using System.Text;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation.American;
using GpuMargin.Volatility;

namespace GpuMargin.Tests.Quotes;

/// <summary>A market with a known surface, whose options are quoted in the columns of Cboe DataShop.</summary>
sealed record QuotedMarket
{
    public const string Header = "underlying_symbol,quote_date,expiration,strike,option_type,bid_1545,ask_1545,underlying_bid_1545,underlying_ask_1545";

    public string Underlying { get; init; } = "XYZ";

    public DateOnly Day { get; init; } = new(2024, 4, 2);

    public double Spot { get; init; } = 100;

    public double Rate { get; init; } = 0.04;

    public double Yield { get; init; } = 0.015;

    public ExerciseStyle Exercise { get; init; } = ExerciseStyle.European;

    public int[] Days { get; init; } = [30, 91, 182];

    public int Strikes { get; init; } = 41;

    /// <summary>Half of bid to ask, a share of the value, at least a hundredth of it in currency.</summary>
    public double HalfSpread { get; init; } = 0.01;

    /// <summary>Noise of the mid, a share of the half spread; with a seed for its draws.</summary>
    public double Noise { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Total variance by years.</summary>
    public Func<double, SviSlice> Surface { get; init; } = SkewedSurface(0.2);

    /// <summary>SSVI with the same volatility at the forward for all expiries.</summary>
    public static Func<double, SviSlice> SkewedSurface(double volatility, double rho = -0.6) => years =>
    {
        double theta = volatility * volatility * years;
        return Volatility.RandomSlices.Ssvi(theta, 0.8 / Math.Sqrt(theta), rho);
    };

    /// <summary>Years from 15:45 on the day to 16:00 on the day of expiry, both in New York in summer time.</summary>
    public static double Years(int days) => (days + 15.0 / (24 * 60)) / 365;

    public double Forward(int days) => Spot * Math.Exp((Rate - Yield) * Years(days));

    public string Rows()
    {
        Random random = new(Seed);
        StringBuilder rows = new();
        foreach (int days in Days)
        {
            double years = Years(days), forward = Forward(days);
            SviSlice slice = Surface(years);
            double deviation = Math.Sqrt(slice.TotalVariance(0));
            for (int i = 0; i < Strikes; i++)
            {
                double strike = Math.Round(forward * Math.Exp(deviation * (-2.5 + 4.5 * i / (Strikes - 1))), 2);
                double volatility = slice.Volatility(Math.Log(strike / forward), years);
                foreach (OptionRight right in (OptionRight[])[OptionRight.Call, OptionRight.Put])
                {
                    double value = new VanillaOption(right, Exercise, Spot, strike, Rate, Yield, volatility, years).Price();
                    double half = Math.Max(0.01, HalfSpread * value), mid = value + Noise * half * (2 * random.NextDouble() - 1);
                    rows.Append(CultureInfo.InvariantCulture, $"{Underlying},{Day:yyyy-MM-dd},{Day.AddDays(days):yyyy-MM-dd},{strike},{(right == OptionRight.Call ? 'C' : 'P')},{Math.Max(0, mid - half):R},{mid + half:R},{Spot:R},{Spot:R}\n");
                }
            }
        }

        return rows.ToString();
    }

    public string WriteTo(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"{Header}\n{Rows()}");
        return path;
    }

    /// <summary>A mapping with the market's exercise, and where wanted its rate and yield.</summary>
    public string WriteMapping(string path, bool hasRate, bool hasYield)
    {
        string rate = hasRate ? string.Create(CultureInfo.InvariantCulture, $", \"rate\": {{ \"constant\": {Rate} }}") : "";
        string yield = hasYield ? string.Create(CultureInfo.InvariantCulture, $", \"yield\": {{ \"constant\": {Yield} }}") : "";
        File.WriteAllText(path, $$"""{ "preset": "cboe-datashop", "fields": { "exercise": { "constant": "{{(Exercise == ExerciseStyle.American ? "american" : "european")}}" }{{rate}}{{yield}} } }""");
        return path;
    }
}
