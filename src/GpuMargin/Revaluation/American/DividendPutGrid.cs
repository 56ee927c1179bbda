using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Premiums of a put with cash dividends at Chebyshev's points of distance and deviation, and at points between them that a surface is checked at.</summary>
sealed class DividendPutGrid
{
    const double Reach = 8, FarFromMoney = 30;

    // ξ at which u is one half, the less the nearer the first moment of exercise is.
    static readonly double[] s_bends = [3, 1.5, 0.8];

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
        double[] lowest = [.. Enumerable.Range(0, nodes).Select(j => Lowest(j, v[j]))];
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
    /// <param name="certain">Deviations until the first moment of exercise below its critical price, from which on exercise there is taken as certain.</param>
    /// <typeparam name="T">The arithmetic that values are computed in.</typeparam>
    public static PremiumSurface? Fit<T>(ExDateTerms terms, LogRange range, PremiumSize size, DividendPutAccuracy accuracy, double certain, double tolerance)
        where T : unmanaged, IHostLane<T>
    {
        size = range.HalfWidth == 0 ? size with { Deviations = 1 } : size;
        double root = Math.Sqrt(terms.Years);
        DividendPuts puts = new(terms, [.. Polynomial.Points(size.Deviations).Concat(Checks(range)).Select(place => range.At(place) / root)], accuracy);
        double nearest = Math.Sqrt(puts.First / terms.Years);
        int likely = puts.First == 0 || nearest > 0.28 ? 0 : nearest > 0.07 ? 1 : 2;
        return s_bends.OrderBy(bend => Math.Abs(Array.IndexOf(s_bends, bend) - likely)).Take(puts.First == 0 ? 1 : s_bends.Length)
            .Select(bend => new DividendPutGrid(terms, range, size, puts, certain, bend).Smallest<T>(tolerance)).FirstOrDefault(surface => surface is not null);
    }

    static double[] Checks(LogRange range) => range.HalfWidth == 0 ? [0] : s_places;

    PremiumSurface? Smallest<T>(double tolerance)
        where T : unmanaged, IHostLane<T>
    {
        Line[] lines = Lines();
        PremiumSize best = size;
        PremiumSurface? found = Within(size);
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
        new PremiumKey(terms.Rate, 0, terms.Years, 0, 0), range, boundary.Mapped(Polynomial.Powers).ByRate(),
        ratios.First(1, cut.Distances, cut.Deviations).Mapped(Polynomial.Powers).ByRate(), cut.Deviations, slope, offset, byDistance, double.NaN) { Bend = bend };

    Line[] Lines()
    {
        int nodes = size.Deviations, count = nodes + checks.Length;
        double[] v = new double[count], lowest = new double[count];
        for (int j = 0; j < checks.Length; j++)
        {
            v[nodes + j] = range.At(checks[j]);
            lowest[nodes + j] = Lowest(nodes + j, v[nodes + j]);
        }

        double[][] logPrices = [.. s_distances.Select(distance => Enumerable.Range(0, count).Select(j => lowest[j] + distance * v[j]).ToArray())];
        double[][] premiums = puts.Premiums(logPrices);
        return [.. Enumerable.Range(nodes, checks.Length).Select(j => Line.Of(
            checks[j - nodes], new EscrowedEuropean(-1, 1, terms.Rate, v[j] / Math.Sqrt(terms.Years)), terms.Years, floor,
            [.. logPrices.Select(row => row[j])], [.. premiums.Select(row => row[j])]))];
    }

    // ln S* below which the put is exercised today, or at the first moment for certain.
    double Lowest(int j, double v)
    {
        double deviation = v * Math.Sqrt(puts.First / terms.Years);
        return puts.LogCriticalPrice(j) - terms.Rate * puts.First + deviation * deviation / 2 - certain * deviation;
    }

    // Values at one deviation.
    sealed record Line(double Place, double[] LogPrices, double[] Europeans, double[] Values)
    {
        public static Line Of(double place, EscrowedEuropean european, double years, double floor, double[] logPrices, double[] premiums)
        {
            double[] prices = Array.ConvertAll(logPrices, HostMath.Exp), europeans = Array.ConvertAll(prices, price => european.At(price, years).Value);
            return new Line(place, logPrices, europeans, [.. prices.Select((price, i) => Math.Max(floor - price, europeans[i] + Math.Max(0, premiums[i])))]);
        }

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
