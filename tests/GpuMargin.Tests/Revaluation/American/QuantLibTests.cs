using System.Globalization;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation.American;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Revaluation.American;

/// <summary>Against 200 random options that QuantLib 1.29 priced (QdFpAmericanEngine, high precision): Data/american-quantlib.csv.</summary>
public sealed class QuantLibTests
{
    const double Tolerance = 1e-8;

    /// <summary>Share of the strike; of a call, whose surface is that of the put with spot and strike exchanged, of the larger of the two.</summary>
    const double MixedTolerance = 1e-6;

    [Fact]
    public void Values_agree()
    {
        string file = Path.Combine(Repository.Root, "tests", "GpuMargin.Tests", "Data", "american-quantlib.csv");
        string[] rows = [.. File.ReadLines(file).Skip(1)];

        Assert.Equal(200, rows.Length);
        Assert.All(rows, row =>
        {
            (VanillaOption option, double european, double american) = Read(row.Split(','));
            VanillaOptionValue value = option.Value();
            Assert.Equal(european, value.European, Tolerance * option.Strike);
            Assert.Equal(american, value.Value, Tolerance * option.Strike);
        });
    }

    /// <summary>Values are linear in (spot, strike), so that every option can be on the set's one price.</summary>
    [Fact]
    public void Values_of_a_run_in_mixed_precision_agree()
    {
        string file = Path.Combine(Repository.Root, "tests", "GpuMargin.Tests", "Data", "american-quantlib.csv");
        (VanillaOption Option, double European, double American)[] rows = [.. File.ReadLines(file).Skip(1).Select(row => Read(row.Split(',')))];
        Instrument[] instruments = [.. rows.Select((row, i) => OnTheSetsPrice(row.Option, i))];

        var report = MarginCalculator.Calculate(AmericanSet.Set(Precision.Mixed, Ageing.None, instruments), new CpuBackend());

        Assert.All(rows.Zip(report.Accounts), pair =>
        {
            (VanillaOption option, _, double american) = pair.First;
            double most = option.Right == OptionRight.Call ? Math.Max(option.Strike, option.Spot) : option.Strike;
            Assert.Equal(american, pair.Second.Value * option.Spot / AmericanSet.Spot, MixedTolerance * most);
        });
    }

    static Instrument OnTheSetsPrice(VanillaOption option, int number) => AmericanSet.Put with
    {
        Name = FormattableString.Invariant($"{number}"),
        Right = option.Right,
        Strike = option.Strike * AmericanSet.Spot / option.Spot,
        YearsToExpiry = option.Years,
        Rate = option.Rate,
        DividendYield = option.Yield,
        Volatility = option.Volatility,
    };

    static (VanillaOption Option, double European, double American) Read(string[] cells)
    {
        double[] numbers = [.. cells.Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        OptionRight right = cells[0] == "call" ? OptionRight.Call : OptionRight.Put;
        return (new VanillaOption(right, ExerciseStyle.American, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5] / 365), numbers[6], numbers[7]);
    }
}
