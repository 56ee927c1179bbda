using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Error of an <see cref="ExDateSurface"/> as kernels read it, at points between those that it goes through, against the solver.</summary>
sealed class ExDateCheck(ExDateTerms terms, IReadOnlyList<ExDate> exDates)
{
    static readonly double[] s_places = [-1, -0.83, -0.45, 0.07, 0.52, 0.81, 1];
    static readonly double[] s_distances = [-7, -5.2, -4.3, -3.7, -3.1, -2.4, -1.8, -1.1, -0.6, -0.1, 0.3, 0.9, 1.4, 2, 2.7, 3.3, 3.9, 4.4, 5.1, 6.8];

    // Deviations above the first critical price up to which the solver is made.
    const double Farthest = 8;

    readonly Dictionary<double, ExDateCall> calls = [];

    /// <summary>Largest error of a value, a share of the strike, or of the price where it is higher.</summary>
    /// <param name="enough">An error above it ends the search.</param>
    public double WorstError(ExDateSurface surface, double enough)
    {
        double worst = 0, root = Math.Sqrt(terms.Years);
        double[] coefficients = [.. surface.Coefficients.SelectMany(numbers => numbers)];
        foreach (double place in surface.Range.HalfWidth == 0 ? [0] : s_places)
        {
            double v = surface.Range.At(place);
            if (!calls.TryGetValue(v, out ExDateCall? call))
            {
                calls.Add(v, call = new ExDateCall(terms, exDates, v / root));
            }

            HostPremiums premiums = new(coefficients, [], [.. surface.Pieces<Float64>(0, HostMath.Log(v), 1)]);
            double end = call.Gains[^1].Centre(terms.Rate, v / root) + Farthest * v * Math.Sqrt(exDates[^1].Years / terms.Years);
            for (int d = 0; d < exDates.Count; d++)
            {
                foreach (double distance in s_distances)
                {
                    double x = call.Gains[d].Centre(terms.Rate, v / root) + distance * v * Math.Sqrt(exDates[d].Years / terms.Years), price = HostMath.Exp(x);
                    if (x < end)
                    {
                        double error = Value(premiums, x, price, v) - call.At(x);
                        worst = Math.Max(worst, Math.Abs(error) / Math.Max(1, price));
                        if (!(worst <= enough))
                        {
                            return worst;
                        }
                    }
                }
            }
        }

        return worst;
    }

    double Value(HostPremiums premiums, double logPrice, double price, double deviation)
    {
        Float64 zero = Float64.Of(0);
        OptionLegs<Float64> legs = OptionLegs<Float64>.Of(1, logPrice + terms.Rate * terms.Years, price, HostMath.Exp(-terms.Rate * terms.Years), deviation);
        AmericanTerms<Float64> option = new(1, logPrice, 0, 0, 0, 1, exDates.Count);
        return option.ValueLess(premiums, legs, zero, zero, zero, zero, zero).Value;
    }
}
