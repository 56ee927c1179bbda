using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Errors of surfaces at points between those that they go through, against the solver.</summary>
/// <typeparam name="T">A lane of the arithmetic that values are computed in.</typeparam>
sealed unsafe class PremiumCheck<T>
    where T : unmanaged, IHostLane<T>
{
    static readonly double[] s_places = [-1, -0.94, -0.83, -0.45, 0.07, 0.52, 0.81, 0.95, 1];
    static readonly double[] s_rates = [0, -1, -0.55, 0.55, 1];
    static readonly double[] s_placesOfRates = [-1, -0.83, 0.07, 0.81, 1];
    static readonly double[] s_distances = [-0.01, -0.001, 0.001, 0.01, 0.05, 0.15, 0.3, 0.5, 0.75, 1, 1.3, 1.7, 2.1, 2.7, 3.4, 4.2, 5.1, 6.5, 9, 14, 22, 40];

    readonly Line[] lines;

    public PremiumCheck(PremiumKey key, LogRange range, SolvedPuts puts) =>
        lines =
        [
            .. from z in key.Span.Moves ? s_rates : [0]
               from place in range.HalfWidth == 0 ? [0] : z == 0 ? s_places : s_placesOfRates
               select new Line(key, range, place, z, puts.At(key.Span.At(z), range.At(place))),
        ];

    /// <summary>Largest error of a value in the arithmetic of the run, a share of the strike.</summary>
    /// <param name="enough">An error above it ends the search.</param>
    public double WorstError(PremiumSurface surface, double enough)
    {
        double worst = 0;
        foreach (Line line in lines)
        {
            worst = Math.Max(worst, line.WorstError(surface));
            if (!(worst <= enough))
            {
                return worst;
            }
        }

        return worst;
    }

    // Values at one deviation and rate.
    sealed class Line
    {
        readonly double place, z;
        readonly double[] exercised, europeans, values;
        readonly PremiumPoint<T>[] points; // prices side by side

        public Line(PremiumKey key, LogRange range, double place, double z, AmericanPut put)
        {
            (this.place, this.z) = (place, z);
            double boundary = put.LogCriticalPrice, deviation = range.At(place);
            double[] logPrices = Array.ConvertAll(s_distances, distance => boundary + distance * deviation), prices = Array.ConvertAll(logPrices, HostMath.Exp);
            exercised = Array.ConvertAll(prices, price => 1 - price);
            europeans = Array.ConvertAll(prices, put.EuropeanAt);
            values = put.PremiumsAbove(logPrices);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = s_distances[i] <= 0 ? exercised[i] : Math.Max(exercised[i], europeans[i] + Math.Max(0, values[i]));
            }

            points = PremiumLine<T>.Points(key, z, deviation, logPrices);
        }

        public double WorstError(PremiumSurface surface)
        {
            PremiumLine<T> line = new(surface, place, z);
            Span<double> premiums = stackalloc double[points.Length * T.Width];
            fixed (double* to = premiums)
            {
                for (int i = 0; i < points.Length; i++)
                {
                    T.WidenTo(line.At(points[i]), to + i * T.Width);
                }
            }

            double worst = 0;
            for (int i = 0; i < values.Length; i++)
            {
                worst = Math.Max(worst, Math.Abs(Math.Max(exercised[i], europeans[i] + premiums[i]) - values[i]));
            }

            return worst;
        }
    }
}
