using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Error of a <see cref="PremiumSurface"/> at points between those that it goes through, against the solver.</summary>
sealed class PremiumCheck(PremiumKey key, BoundaryAccuracy accuracy)
{
    static readonly double[] s_places = [-1, -0.83, -0.45, 0.07, 0.52, 0.81, 1];
    static readonly double[] s_rates = [-1, -0.55, 0, 0.55, 1];
    static readonly double[] s_distances = [-0.01, -0.001, 0.001, 0.01, 0.05, 0.15, 0.3, 0.5, 0.75, 1, 1.3, 1.7, 2.1, 2.7, 3.4, 4.2, 5.1, 6.5, 9, 14, 22, 40];

    readonly Dictionary<(double Deviation, double Z), AmericanPut> puts = [];

    /// <summary>Largest error of a value, a share of the strike.</summary>
    /// <param name="enough">An error above it ends the search.</param>
    public double WorstError(PremiumSurface surface, double enough)
    {
        double worst = 0;
        foreach (double place in surface.Range.HalfWidth == 0 ? [0] : s_places)
        {
            foreach (double z in surface.Key.Moves ? s_rates : [0])
            {
                double deviation = surface.Range.At(place);
                AmericanPut put = Put(deviation, z);
                double boundary = HostMath.Log(put.CriticalPrice);
                foreach (double distance in s_distances)
                {
                    double logPrice = boundary + distance * deviation;
                    (double european, double premium, _, _) = put.At(HostMath.Exp(logPrice));
                    worst = Math.Max(worst, Math.Abs(surface.At(logPrice, deviation, z) - european - premium));
                    if (!(worst <= enough))
                    {
                        return worst;
                    }
                }
            }
        }

        return worst;
    }

    AmericanPut Put(double deviation, double z)
    {
        if (!puts.TryGetValue((deviation, z), out AmericanPut? put))
        {
            (double rate, double yield) = key.At(z);
            put = new AmericanPut(EarlyExercise.OneBoundary, rate, yield, deviation / Math.Sqrt(key.Years), key.Years, accuracy);
            puts.Add((deviation, z), put);
        }

        return put;
    }
}
