using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Premiums of a put with cash dividends at Chebyshev's points of distance and deviation, and at points between them that a surface is checked at.</summary>
sealed class DividendPutGrid
{
    const double Reach = 8, FarFromMoney = 30;

    // ξ at which u is one half, and its best place by the root of the first moment of exercise, a share of the time to expiry.
    static readonly double[] s_bends = [3, 2.4, 1.9, 1.4, 0.9, 0.5];

    const double BendByRoot = 8;

    // Share of the tolerance that exercise at the first moment may be uncertain by where it is taken as certain; the larger leaves less for a polynomial to follow.
    static readonly double[] s_uncertain = [0.5, 0.95];

    static readonly double[] s_places = [-1, -0.94, -0.83, -0.45, 0.07, 0.52, 0.81, 0.95, 1];
    static readonly double[] s_distances = [-0.01, -0.001, 0.001, 0.01, 0.05, 0.15, 0.3, 0.5, 0.75, 1, 1.3, 1.7, 2.1, 2.7, 3.4, 4.2, 5.1, 6.5, 9, 14, 22, 40];

    readonly ExDateTerms terms;
    readonly LogRange range;
    readonly PremiumSize size;
    readonly double[] checks;
    readonly DividendPuts puts;
    readonly double discount, floor, certain, bend, slope, offset;
    readonly bool byDistance;
    readonly PremiumBlock boundary, ratios;

    DividendPutGrid(ExDateTerms terms, LogRange range, PremiumSize size, DividendPuts puts, double certain, double bend)
    {
        (this.terms, this.range, this.puts, this.certain, this.bend) = (terms, range, puts, certain, bend);
        this.size = size;
        checks = Checks(range);
        double[] v = [.. Polynomial.Points(size.Deviations).Select(range.At)];
        double drift = terms.Rate * terms.Years;
        (discount, floor) = (HostMath.Exp(-drift), terms.MostOfPut());
        int nodes = size.Deviations;
        double[] lowest = [.. Enumerable.Range(0, nodes).Select(j => puts.LogFirstPrice(j, certain))];
        double money = Enumerable.Range(0, nodes).Max(j => -lowest[j] / v[j] - Shift(v[j])), middle = range.At(0);
        byDistance = money > FarFromMoney || drift / middle - middle / 2 > 1;
        double farthest = Math.Max(1, Reach + (byDistance ? 0 : money));
        slope = 2 / (1 - 1 / (1 + farthest / bend));
        offset = 1 - slope;
        double[] xi = [.. Polynomial.Points(size.Distances).Select(w => bend * (slope / (w - offset) - 1))];
        double[][] premiums = puts.Premiums([.. xi.Select(distance => Enumerable.Range(0, nodes).Select(j => lowest[j] + distance * v[j]).ToArray())]);
        double[] shares = new double[xi.Length * nodes];
        for (int i = 0; i < xi.Length; i++)
        {
            for (int j = 0; j < nodes; j++)
            {
                double tail = StandardNormal.Instance.UpperTail(byDistance ? xi[i] : (lowest[j] + xi[i] * v[j]) / v[j] + Shift(v[j]));
                shares[i * nodes + j] = premiums[i][j] / (discount * tail);
            }
        }

        boundary = PremiumBlock.Of([lowest], 1, nodes).Mapped(Polynomial.Chebyshev);
        ratios = PremiumBlock.Of([shares], xi.Length, nodes).Mapped(Polynomial.Chebyshev);

        double Shift(double deviation) => drift / deviation - deviation / 2;
    }

    /// <summary>The smallest surface within a tolerance; <see langword="null"/>: there is none.</summary>
    /// <typeparam name="T">The arithmetic that values are computed in.</typeparam>
    public static PremiumSurface? Fit<T>(ExDateTerms terms, LogRange range, IReadOnlyList<PremiumSize> sizes, DividendPutAccuracy accuracy, double tolerance)
        where T : unmanaged, IHostLane<T>
    {
        sizes = range.HalfWidth == 0 ? [.. sizes.Select(size => size with { Deviations = 1 })] : sizes;
        double root = Math.Sqrt(terms.Years);
        DividendPuts puts = new(terms, [.. Polynomial.Points(sizes[0].Deviations).Concat(Checks(range)).Select(place => range.At(place) / root)], accuracy);

        // A series that is cut short errs less than one through as many points as it has terms.
        PremiumSize points = sizes[0] with { Distances = puts.First == 0 ? sizes.Max(size => size.Distances) : 2 * sizes[0].Distances };
        double likely = puts.First == 0 ? PremiumSurface.Scale : BendByRoot * Math.Sqrt(puts.First / terms.Years);
        IEnumerable<DividendPutGrid> shapes =
            from uncertain in puts.First == 0 ? [1] : s_uncertain
            from bend in s_bends.OrderBy(bend => Math.Max(bend / likely, likely / bend)).Take(puts.First == 0 ? 1 : s_bends.Length)
            select new DividendPutGrid(terms, range, points, puts, Certain(terms, puts, uncertain * tolerance), bend);
        return shapes.Select(grid => grid.Smallest<T>(sizes, tolerance)).FirstOrDefault(surface => surface is not null);
    }

    // Deviations below the critical price of the first moment of exercise from which on exercise there is as good as certain.
    static double Certain(ExDateTerms terms, DividendPuts puts, double tolerance)
    {
        const double Nearest = 2.5, Farthest = 6, Step = 0.1;
        double floor = terms.MostOfPut(), certain = Nearest;
        while (puts.First > 0 && certain < Farthest && Above() > tolerance)
        {
            certain += Step;
        }

        return certain;

        double Above()
        {
            double[] logPrices = [.. Enumerable.Range(0, puts.Count).Select(j => puts.LogFirstPrice(j, certain))], premiums = puts.Premiums([logPrices])[0];
            return Enumerable.Range(0, puts.Count).Max(j => puts.European(j, logPrices[j]) + premiums[j] - floor + HostMath.Exp(logPrices[j]));
        }
    }

    static double[] Checks(LogRange range) => range.HalfWidth == 0 ? [0] : s_places;

    PremiumSurface? Smallest<T>(IReadOnlyList<PremiumSize> sizes, double tolerance)
        where T : unmanaged, IHostLane<T>
    {
        Line[] lines = Lines();
        PremiumSize best = sizes.FirstOrDefault(candidate => Within(candidate) is not null);
        PremiumSurface? found = best.Terms == 0 ? null : Within(best);
        for (PremiumSurface? smaller = found; smaller is not null;)
        {
            found = smaller;
            smaller = null;
            foreach (PremiumSize less in best.OneLess())
            {
                smaller = Within(less);
                if (smaller is not null)
                {
                    best = less;
                    break;
                }
            }
        }

        return found;

        PremiumSurface? Within(PremiumSize candidate)
        {
            PremiumSurface surface = Cut(candidate);
            double worst = 0;
            foreach (Line line in lines)
            {
                worst = Math.Max(worst, line.WorstError<T>(surface, floor, tolerance));
                if (!(worst <= tolerance))
                {
                    return null;
                }
            }

            return surface with { WorstError = worst };
        }
    }

    PremiumSurface Cut(PremiumSize cut) => new(
        new PremiumKey(terms.Rate, 0, terms.Years, default), range, boundary.Mapped(Polynomial.Powers).ByRate(),
        ratios.First(1, cut.Distances, cut.Deviations).Mapped(Polynomial.Powers).ByRate(), cut.Deviations, slope, offset, byDistance, double.NaN)
    { Bend = bend };

    Line[] Lines()
    {
        int nodes = size.Deviations, count = nodes + checks.Length;
        double[] v = new double[count], lowest = new double[count];
        for (int j = 0; j < checks.Length; j++)
        {
            v[nodes + j] = range.At(checks[j]);
            lowest[nodes + j] = puts.LogFirstPrice(nodes + j, certain);
        }

        IEnumerable<double> distances = puts.First == 0 ? s_distances : s_distances.Concat(s_distances.Select(distance => distance * bend / PremiumSurface.Scale));
        double[][] logPrices = [.. distances.Select(distance => Enumerable.Range(0, count).Select(j => lowest[j] + distance * v[j]).ToArray())];
        double[][] premiums = puts.Premiums(logPrices);
        return [.. Enumerable.Range(nodes, checks.Length).Select(j => Line.Of(
            checks[j - nodes], floor, [.. logPrices.Select(row => row[j])], [.. logPrices.Select(row => puts.European(j, row[j]))], [.. premiums.Select(row => row[j])]))];
    }

    // Values at one deviation.
    sealed record Line(double Place, double[] LogPrices, double[] Europeans, double[] Values)
    {
        public static Line Of(double place, double floor, double[] logPrices, double[] europeans, double[] premiums) =>
            new(place, logPrices, europeans, [.. logPrices.Select((logPrice, i) => Math.Max(floor - HostMath.Exp(logPrice), europeans[i] + Math.Max(0, premiums[i])))]);

        public double WorstError<T>(PremiumSurface surface, double floor, double enough)
            where T : unmanaged, IHostLane<T>
        {
            PremiumLine<T> premiums = new(surface, Place, 0);
            double worst = 0;
            for (int i = 0; i < Values.Length && worst <= enough; i++)
            {
                double value = Math.Max(floor - HostMath.Exp(LogPrices[i]), Europeans[i] + premiums.At(LogPrices[i]));
                worst = Math.Max(worst, Math.Abs(value - Values[i]));
            }

            return worst;
        }
    }
}
