using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation.American;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Revaluation.American;

/// <summary>Against 200 random options that QuantLib 1.29 priced (QdFpAmericanEngine, high precision): Data/american-quantlib.csv.</summary>
public sealed class QuantLibTests
{
    const double Tolerance = 1e-8;

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

    static (VanillaOption Option, double European, double American) Read(string[] cells)
    {
        double[] numbers = [.. cells.Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        OptionRight right = cells[0] == "call" ? OptionRight.Call : OptionRight.Put;
        return (new VanillaOption(right, ExerciseStyle.American, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5] / 365), numbers[6], numbers[7]);
    }
}
