using System.Diagnostics;
using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Revaluation.American;

namespace GpuMargin.Benchmarks.Accuracy;

/// <summary>Time, size and error of premium surfaces of random terms, for volatilities from a third to three times of today's.</summary>
static class PremiumSurfaceReport
{
    public const string Command = "premium-surfaces";

    /// <param name="arguments">[count], 200 when left out.</param>
    public static void Run(string[] arguments)
    {
        int count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 200;
        Console.WriteLine("| precision | rate | ms a surface | slowest, ms | refused | pieces, most | terms, mean | sizes (distance × deviation × rate: pieces) | worst reported | worst found |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: |");
        foreach (Precision precision in (Precision[])[Precision.Mixed, Precision.Double])
        {
            foreach (double move in (double[])[0, .009])
            {
                Write([.. Keys(count, move)], precision, move);
            }
        }
    }

    static void Write((PremiumKey Key, double Volatility)[] keys, Precision precision, double move)
    {
        foreach ((PremiumKey key, double volatility) in keys.Take(5))
        {
            PremiumFit.Find(key, volatility / 3, volatility * 3, precision); // compiled before it is timed
        }

        List<double> times = [];
        List<PremiumSurface> all = [];
        double found = 0;
        int refused = 0, most = 0;
        foreach ((PremiumKey key, double volatility) in keys)
        {
            long start = Stopwatch.GetTimestamp();
            IReadOnlyList<PremiumSurface>? surfaces = PremiumFit.Find(key, volatility / 3, volatility * 3, precision);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (surfaces is null)
            {
                refused++;
                continue;
            }

            all.AddRange(surfaces);
            most = Math.Max(most, surfaces.Count);
            found = Math.Max(found, precision == Precision.Mixed ? Error<Float32>(key, surfaces) : Error<Float64>(key, surfaces));
        }

        string sizes = string.Join(", ", all.GroupBy(surface => $"{surface.DistanceTerms} × {surface.DeviationTerms} × {surface.RateTerms}")
            .OrderByDescending(size => size.Count()).Take(6).Select(size => $"{size.Key}: {size.Count()}"));
        double terms = all.Count == 0 ? 0 : all.Average(surface => surface.DistanceTerms * surface.DeviationTerms * surface.RateTerms);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {precision} | {(move == 0 ? "fixed" : $"± {1e4 * move:0} bp")} | {times.Average():0.00} | {times.Max():0.0} | {refused} of {keys.Length} | {most} | {terms:0} | {sizes} | {all.Max(surface => surface.WorstError):0.0e0} | {found:0.0e0} |"));
    }

    // Against the finest solver, at points that the fit does not have.
    static double Error<T>(PremiumKey key, IReadOnlyList<PremiumSurface> surfaces)
        where T : unmanaged, IHostLane<T>
    {
        double worst = 0;
        for (int i = 0; i < surfaces.Count; i++)
        {
            PremiumSurface surface = surfaces[i];
            foreach ((double place, double z) in ((double, double)[])[(-.93, -.8), (.31, .3), (.97, .9)])
            {
                double deviation = surface.Range.At(place);
                (double rate, double yield) = surface.Key.At(surface.Key.Span.At(z));
                AmericanPut put = new(EarlyExercise.OneBoundary, rate, yield, deviation / Math.Sqrt(key.Years), key.Years, BoundaryAccuracy.Fine);
                PremiumLine<T> line = new(surface, place, z);
                for (int k = 0; k < 30; k++)
                {
                    double x = Math.Log(put.CriticalPrice) + deviation * (.002 + .006 * k * k);
                    (double european, double premium, _, _) = put.At(Math.Exp(x));
                    worst = Math.Max(worst, Math.Abs(Math.Max(european + line.At(x), 1 - Math.Exp(x)) - european - premium));
                }
            }
        }

        return worst;
    }

    // Half of them puts, half calls, whose yield is the rate.
    static IEnumerable<(PremiumKey Key, double Volatility)> Keys(int count, double move)
    {
        Random random = new(15);
        for (int k = 0; k < count; k++)
        {
            double rate = .005 + .095 * random.NextDouble(), yield = .08 * random.NextDouble();
            double years = .02 * Math.Pow(150, random.NextDouble()), volatility = .08 * Math.Pow(15, random.NextDouble());
            yield return (k % 2 == 0
                ? new PremiumKey(rate, yield, years, PremiumRange.SpanOf(RateMotion.Rate, rate, yield, move))
                : new PremiumKey(.0001 + yield, rate, years, PremiumRange.SpanOf(RateMotion.Yield, .0001 + yield, rate, move)), volatility);
        }
    }
}
