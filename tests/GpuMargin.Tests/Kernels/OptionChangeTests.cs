using GpuMargin.ClearingSets;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Revaluation;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Kernels;

public sealed class OptionChangeTests(ITestOutputHelper output)
{
    const double PrintedTo4Digits = 0.5e-4; // half a unit in the last place that Haug prints
    const double Error = 1e-13; // double precision, relative to the larger leg
    const double ErrorSingle = 5e-7; // single precision, relative to the larger leg

    [Theory]
    [InlineData(OptionRight.Call, 60, 65, 0, .08, .25, .30, 2.1334)]
    [InlineData(OptionRight.Put, 100, 95, .05, .10, .5, .20, 2.4648)]
    [InlineData(OptionRight.Put, 19, 19, .10, .10, .75, .28, 1.7011)]
    [InlineData(OptionRight.Call, 42, 40, .08, .04, .75, .35, 5.0975)]
    [InlineData(OptionRight.Call, 100, 100, .1, .1, .5, .25, 6.6997)] // Black (1976): a yield of r makes the spot a forward
    public void European_values_are_those_of_Haug(
        OptionRight right, double spot, double strike, double dividendYield, double rate, double years, double volatility, double value)
    {
        InstrumentPlan plan = Plan(InstrumentType.Option, right, spot, strike, rate, dividendYield, years, volatility);
        Assert.Equal(value, plan.OptionValue[0], PrintedTo4Digits);
        Assert.Equal(0, Change<Float64>(plan), Error * plan.Asset[0]);
    }

    [Theory]
    [InlineData(OptionRight.Call, .0443933610)]
    [InlineData(OptionRight.Put, .1049994216)]
    public void A_coin_margined_option_has_its_published_value(OptionRight right, double value)
    {
        const double Printed = 0.5e-10; // half a unit in the last place
        Assert.Equal(value, Plan(InstrumentType.InverseOption, right, 66_000, 70_000, 0, 0, 30.0 / 365, .6).OptionValue[0], Printed);
    }

    [Fact]
    public void Call_minus_put_is_one_leg_minus_the_other()
    {
        Parity<Float64>(false, Error);
        Parity<Float32>(true, ErrorSingle);
    }

    [Theory]
    [InlineData(OptionRight.Call, 120, 0, 1)] // σ = 0
    [InlineData(OptionRight.Put, 120, 0, 1)]
    [InlineData(OptionRight.Put, 80, 0, 1)]
    [InlineData(OptionRight.Call, 120, .3, 0)] // T = 0
    [InlineData(OptionRight.Put, 70, .3, 0)]
    [InlineData(OptionRight.Call, 100, 0, 0)] // at the money of nothing
    [InlineData(OptionRight.Call, 1e5, .3, 1)] // deep in the money
    [InlineData(OptionRight.Put, 1e5, .3, 1)] // deep out of it
    [InlineData(OptionRight.Call, 1e-3, .3, 1)]
    [InlineData(OptionRight.Put, 1e-3, .3, 1)]
    public void At_the_limits_the_value_is_the_oracles(OptionRight right, double spot, double volatility, double years)
    {
        foreach (InstrumentType type in (InstrumentType[])[InstrumentType.Option, InstrumentType.InverseOption])
        {
            InstrumentPlan plan = Plan(type, right, spot, 100, .05, .02, years, volatility);
            double coin = type == InstrumentType.Option ? 1 : ReferenceOption.Forward(spot, .05, .02, years);
            double expected = ReferenceOption.Value(right, spot, 100, .05, .02, years, volatility) / coin;
            Assert.Equal(expected, plan.OptionValue[0], Error * Scale(plan));
        }
    }

    [Fact]
    public void Random_options_in_random_scenarios_are_the_oracles()
    {
        const int Count = 20_000;
        Random random = new(3);
        double[][] inputs = [.. Enumerable.Range(0, 6).Select(_ => new double[Count])];
        double[] expected = new double[Count];
        double[] scale = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            (double spot, double strike) = (100, 100 * Math.Exp(.8 * ((2 * random.NextDouble()) - 1)));
            InstrumentType type = i % 2 == 0 ? InstrumentType.Option : InstrumentType.InverseOption;
            OptionRight right = random.Next(2) == 0 ? OptionRight.Call : OptionRight.Put;
            ClearingSet set = Set(type, right, spot, strike, .1 * random.NextDouble(), .05 * random.NextDouble(), Math.Exp(-6 + (7 * random.NextDouble())), .05 + random.NextDouble());
            InstrumentPlan plan = InstrumentPlanner.Plan(set.Settings, set.Factors, set.Instruments);
            double price = .5 * ((2 * random.NextDouble()) - 1);
            double volatility = (2 * random.NextDouble()) - 1;
            bool inverse = type == InstrumentType.InverseOption;
            double w = plan.Right[0];
            double[] row =
            [
                plan.LogMoneyness[0] + price, w * plan.Asset[0] * (inverse ? 1 : Math.Exp(price)), w * plan.Strike[0] * (inverse ? Math.Exp(-price) : 1),
                w * plan.Deviation[0] * Math.Exp(volatility) / 2, w * Math.Exp(-volatility) / plan.Deviation[0], plan.OptionValue[0],
            ];
            for (int k = 0; k < row.Length; k++)
            {
                inputs[k][i] = row[k];
            }

            expected[i] = new ReferenceValuation(set).LocalProfitAndLoss(0, [price, volatility]);
            scale[i] = Math.Max(Math.Abs(row[1]), Math.Abs(row[2]));
        }
        double wide = Worst(expected, LaneEvaluation.Values<Float64, OptionChangeFunction>(inputs), scale);
        double single = Worst(expected, LaneEvaluation.Values<Float32, OptionChangeFunction>(inputs), scale);
        output.WriteLine($"largest error of an option, relative to its larger leg: {wide:E2} {single:E2}");
        Assert.True(wide <= Error, $"{wide:E2}");
        Assert.True(single <= ErrorSingle, $"{single:E2}");
    }

    static void Parity<T>(bool single, double allowed)
        where T : unmanaged, IHostLane<T>
    {
        double[][] inputs = OptionInputs.Random(single, 16_384, 11);
        double[] none = new double[inputs[0].Length];
        double[][] calls = [inputs[0], .. inputs[1..5].Select(column => Array.ConvertAll(column, Math.Abs)), none];
        double[][] puts = [inputs[0], .. calls[1..5].Select(column => Array.ConvertAll(column, x => -x)), none];
        double[] call = LaneEvaluation.Values<T, OptionChangeFunction>(calls);
        double[] put = LaneEvaluation.Values<T, OptionChangeFunction>(puts);
        for (int i = 0; i < call.Length; i++)
        {
            Assert.Equal(calls[1][i] - calls[2][i], call[i] - put[i], allowed * Math.Max(calls[1][i], calls[2][i]));
        }
    }

    static double Worst(double[] expected, double[] actual, double[] scale)
    {
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(actual[i] - expected[i]) / scale[i]);
        }

        return worst;
    }

    static double Scale(InstrumentPlan plan) => Math.Max(plan.Asset[0], plan.Strike[0]);

    static double Change<T>(InstrumentPlan plan)
        where T : unmanaged, IHostLane<T>
    {
        double w = plan.Right[0];
        return LaneEvaluation.Values<T, OptionChangeFunction>([.. new[]
        {
            plan.LogMoneyness[0], w * plan.Asset[0], w * plan.Strike[0], w * plan.Deviation[0] / 2, w / plan.Deviation[0], plan.OptionValue[0],
        }.Select(x => Enumerable.Repeat(x, 16).ToArray())])[0];
    }

    static InstrumentPlan Plan(
        InstrumentType type, OptionRight right, double spot, double strike, double rate, double dividendYield, double years, double volatility)
    {
        ClearingSet set = Set(type, right, spot, strike, rate, dividendYield, years, volatility);
        return InstrumentPlanner.Plan(set.Settings, set.Factors, set.Instruments);
    }

    static ClearingSet Set(
        InstrumentType type, OptionRight right, double spot, double strike, double rate, double dividendYield, double years, double volatility) => new()
        {
            Settings = new() { AsOf = default, Currency = "USD", Copula = new(CopulaFamily.Gaussian, double.PositiveInfinity) },
            Factors =
            [
                new() { Name = "X", Kind = RiskFactorKind.Price, Level = spot, Variance = 1e-4 },
                new() { Name = "VOL", Kind = RiskFactorKind.Volatility, Level = 1, Variance = 1e-4 },
            ],
            Correlation = new double[,] { { 1, 0 }, { 0, 1 } },
            Instruments =
            [
                new()
                {
                    Name = "O", Type = type, Underlying = 0, Currency = "USD", Strike = strike, YearsToExpiry = years, Right = right,
                    Volatility = volatility, VolatilityFactor = 1, Rate = rate, DividendYield = dividendYield,
                },
            ],
            Accounts = ["A"],
            Positions = new([0], [0], [1]),
        };
}
