using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Scenarios;
using Xunit;

namespace GpuMargin.Tests.Backends.Cpu;

/// <summary>Factors that are one normal each are copied, not multiplied: with the bits of the product, which one row of two normals brings back.</summary>
public sealed class SingleNormalsTests
{
    const int Factors = 11;

    public static TheoryData<string, Precision> Cases() => new()
    {
        { "perfect", Precision.Mixed }, { "perfect", Precision.Double },
        { "reversed", Precision.Mixed }, { "reversed", Precision.Double },
        { "zero", Precision.Mixed }, { "zero", Precision.Double },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_factor_has_the_bits_of_the_product(string correlation, Precision precision)
    {
        ValuationRun plan = MarginCalculator.Plan(new VariedSet { Factors = Factors, Horizon = 2, Scenarios = 200 }.Build(precision));
        double[] singles = Triangle(correlation);
        double[] product = [.. singles];
        int last = Factors * (Factors - 1) / 2;
        Array.Clear(product, last, Factors);
        (product[last], product[^1]) = (0.6, 0.8);
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>().Where(width => width <= CpuBackend.WidestSupported))
        {
            CpuBackend backend = new(1, width);
            double[,] expected = Visited.Scenarios(backend, With(plan, product));
            double[,] shocks = Visited.Scenarios(backend, With(plan, singles));
            for (int scenario = 0; scenario < plan.Scenarios; scenario++)
            {
                for (int factor = 0; factor < Factors - 1; factor++)
                {
                    Assert.Equal(BitConverter.DoubleToInt64Bits(expected[scenario, factor]), BitConverter.DoubleToInt64Bits(shocks[scenario, factor]));
                }

                Assert.NotEqual(expected[scenario, Factors - 1], shocks[scenario, Factors - 1]);
            }
        }
    }

    static ValuationRun With(ValuationRun plan, double[] triangle) =>
        plan with { Source = (ScenarioPlan)plan.Source with { CorrelationFactor = triangle } };

    static double[] Triangle(string correlation)
    {
        List<double> elements = [];
        for (int factor = 0; factor < Factors; factor++)
        {
            for (int normal = 0; normal <= factor; normal++)
            {
                elements.Add(normal != (correlation == "zero" ? factor : 0) ? 0 : correlation == "reversed" && factor % 2 == 1 ? -1 : 1);
            }
        }

        return [.. elements];
    }
}
