using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation.American;

/// <summary>Search for the smallest surfaces within a tolerance.</summary>
/// <typeparam name="T">A lane of the arithmetic that values are computed in.</typeparam>
sealed class PremiumSearch<T>(PremiumKey key, double tolerance, BoundaryAccuracy accuracy, IReadOnlyList<(int Distances, int Deviations)> points, int mostRates)
    where T : unmanaged, IHostLane<T>
{
    const int MostPieces = 8, MostMovingPieces = 16;

    // More are found faster, and with fewer terms, for less of the volatilities.
    const int MostSpans = 8;

    // Beyond what the lowest deviation takes.
    const int MoreRates = 4;

    readonly SolvedPuts puts = new(key, accuracy);

    /// <param name="whole">Of ln v.</param>
    /// <returns>In rising order of volatility, then of the rate's coordinate; <see langword="null"/>: none is within the tolerance.</returns>
    public IReadOnlyList<PremiumSurface>? Find(LogRange whole)
    {
        List<PremiumSurface> found = [];
        Queue<LogRange> open = new([whole]);
        while (open.TryDequeue(out LogRange range))
        {
            if (Of(range) is { } surfaces)
            {
                found.AddRange(surfaces);
            }
            else if (found.Count + open.Count + 2 > (key.Span.Moves ? MostMovingPieces : MostPieces) || range.HalfWidth == 0)
            {
                return null;
            }
            else
            {
                (LogRange lower, LogRange upper) = range.Halves();
                open.Enqueue(lower);
                open.Enqueue(upper);
            }
        }

        return [.. found.OrderBy(surface => surface.Range.Middle).ThenBy(surface => surface.Key.Span.Low)];
    }

    // For the whole span of rates, or for parts of it.
    List<PremiumSurface>? Of(LogRange range)
    {
        List<PremiumSurface> found = [];
        Stack<RateSpan> open = new([key.Span]);
        while (open.TryPop(out RateSpan span))
        {
            PremiumKey part = key with { Span = span };
            int? rates = span.Moves ? PremiumRates.Find(part, range.At(-1), mostRates, tolerance, puts) : 1;
            if (rates is { } count && One(part, range, count) is { } surface)
            {
                found.Add(surface);
            }
            else if (!span.Moves || found.Count + open.Count + 2 > MostSpans)
            {
                return null;
            }
            else
            {
                (RateSpan lower, RateSpan upper) = span.Parts(key.Kink);
                open.Push(upper);
                open.Push(lower);
            }
        }

        return found;
    }

    // As many points as it takes; of these the fewest terms. More that hardly come closer are the wrong ones.
    PremiumSurface? One(PremiumKey part, LogRange range, int rates)
    {
        PremiumCheck<T> check = new(part, range, puts);
        int most = part.Span.Moves ? Math.Min(rates + MoreRates, mostRates) : rates;
        for (int count = rates; count <= most; count += 2)
        {
            double before = double.PositiveInfinity;
            foreach ((int distances, int deviations) in points)
            {
                PremiumGrid grid = new(part, range, new PremiumSize(distances, range.HalfWidth == 0 ? 1 : deviations, count), puts);
                PremiumSurface surface = grid.Cut(grid.Size);
                double worst = check.WorstError(surface, part.Span.Moves ? double.PositiveInfinity : tolerance);
                if (worst <= tolerance)
                {
                    return Smallest(grid, surface with { WorstError = worst }, check);
                }

                if (part.Span.Moves && worst > 0.5 * before)
                {
                    break;
                }

                before = worst;
            }
        }

        return null;
    }

    // Terms are left out one by one, first where that saves most.
    PremiumSurface Smallest(PremiumGrid grid, PremiumSurface surface, PremiumCheck<T> check)
    {
        PremiumSize size = grid.Size;
        while (true)
        {
            PremiumSurface? smaller = null;
            foreach (PremiumSize less in size.OneLess())
            {
                smaller = Within(grid, less, check);
                if (smaller is not null)
                {
                    (size, surface) = (less, smaller);
                    break;
                }
            }

            if (smaller is null)
            {
                return surface;
            }
        }
    }

    PremiumSurface? Within(PremiumGrid grid, PremiumSize size, PremiumCheck<T> check)
    {
        PremiumSurface surface = grid.Cut(size);
        double worst = check.WorstError(surface, tolerance);
        return worst <= tolerance ? surface with { WorstError = worst } : null;
    }
}
