using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Errors of surfaces at points between those that they go through, against the solver.</summary>
sealed class PremiumCheck
{
    static readonly double[] s_places = [-1, -0.94, -0.83, -0.45, 0.07, 0.52, 0.81, 0.95, 1];
    static readonly double[] s_rates = [-1, -0.55, 0, 0.55, 1];
    static readonly double[] s_distances = [-0.01, -0.001, 0.001, 0.01, 0.05, 0.15, 0.3, 0.5, 0.75, 1, 1.3, 1.7, 2.1, 2.7, 3.4, 4.2, 5.1, 6.5, 9, 14, 22, 40];

    readonly Line[] lines;

    /// <param name="terms">Of the put at a place of the range of rates.</param>
    public PremiumCheck(PremiumKey key, LogRange range, Func<double, PutTerms> terms)
    {
        double root = Math.Sqrt(key.Years);
        lines =
        [
            .. from place in range.HalfWidth == 0 ? [0] : s_places
               from z in key.Moves ? s_rates : [0]
               select Line.Of(place, z, range.At(place), new AmericanPut(terms(z), range.At(place) / root)),
        ];
    }

    /// <summary>Largest error of a value in a lane's arithmetic, a share of the strike.</summary>
    /// <param name="enough">An error above it ends the search.</param>
    public double WorstError<T>(PremiumSurface surface, double enough)
        where T : unmanaged, IHostLane<T>
    {
        double worst = 0;
        foreach (Line line in lines)
        {
            PremiumLine<T> premiums = new(surface, line.Place, line.Z);
            for (int i = 0; i < line.Values.Length; i++)
            {
                double value = Math.Max(line.Exercised[i], line.Europeans[i] + premiums.At(line.LogPrices[i]));
                worst = Math.Max(worst, Math.Abs(value - line.Values[i]));
            }

            if (!(worst <= enough))
            {
                return worst;
            }
        }

        return worst;
    }

    // Values at one deviation and rate.
    sealed record Line(double Place, double Z, double[] LogPrices, double[] Exercised, double[] Europeans, double[] Values)
    {
        public static Line Of(double place, double z, double deviation, AmericanPut put)
        {
            double boundary = put.LogCriticalPrice;
            double[] logPrices = Array.ConvertAll(s_distances, distance => boundary + distance * deviation), prices = Array.ConvertAll(logPrices, HostMath.Exp);
            double[] exercised = Array.ConvertAll(prices, price => 1 - price), europeans = Array.ConvertAll(prices, put.EuropeanAt);
            double[] values = put.PremiumsAbove(logPrices);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = s_distances[i] <= 0 ? exercised[i] : Math.Max(exercised[i], europeans[i] + Math.Max(0, values[i]));
            }

            return new Line(place, z, logPrices, exercised, europeans, values);
        }
    }
}
