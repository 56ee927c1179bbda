using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Backends;

/// <summary>A constant process shows each day's innovation; with the same seed every other process must be the recursion over them.</summary>
public sealed class VolatilityRecursionTests(ITestOutputHelper output)
{
    const int Days = 5;
    const int Scenarios = 500;

    static readonly CpuBackend s_backend = new();

    // Of the largest shock: an innovation is the difference of two sums of up to five days, each rounded to 2⁻⁵³ or 2⁻²⁴.
    [Theory]
    [InlineData(Precision.Double, 1e-14)]
    [InlineData(Precision.Mixed, 3e-6)]
    public void Shocks_are_the_recursion_over_the_innovations(Precision precision, double tolerance)
    {
        ClearingSet set = new VariedSet { Factors = 17, Scenarios = Scenarios }.Build(precision);
        set = set with { Factors = [.. set.Factors.Select(Reacting)] };
        double[][,] constant = [.. Enumerable.Range(0, Days + 1).Select(days => Shocks(WithHorizon(set with { Factors = [.. set.Factors.Select(Constant)] }, days)))];
        double[,] found = Shocks(WithHorizon(set, Days));
        double largest = found.Cast<double>().Max(Math.Abs), worst = 0;
        for (int f = 0; f < set.Factors.Count; f++)
        {
            for (int s = 0; s < Scenarios; s++)
            {
                double[] innovations = [.. Enumerable.Range(1, Days).Select(day => constant[day][s, f] - constant[day - 1][s, f])];
                worst = Math.Max(worst, Math.Abs(found[s, f] - ReferenceVolatility.Shock(set.Factors[f], innovations)));
            }
        }

        output.WriteLine($"{precision}: largest difference {worst / largest:E2} of the largest shock");
        Assert.InRange(worst / largest, 0, tolerance);
    }

    static RiskFactor Constant(RiskFactor factor) => factor with { Process = VolatilityProcess.Constant, Variance = 1, Mean = 0 };

    // Strong reactions, so that the sign of the leverage and the day's order show.
    static RiskFactor Reacting(RiskFactor factor) => factor.Process switch
    {
        VolatilityProcess.Garch => factor with { Alpha = 0.3, Beta = 0.5 },
        VolatilityProcess.Gjr => factor with { Alpha = 0.1, Gamma = 0.5, Beta = 0.4 },
        _ => factor,
    };

    static ClearingSet WithHorizon(ClearingSet set, int days) => set with { Settings = set.Settings with { HorizonDays = days } };

    static double[,] Shocks(ClearingSet set) => Visited.Scenarios(s_backend, MarginCalculator.Plan(set));
}
