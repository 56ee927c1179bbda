using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation.American;

/// <summary>Search for the smallest surfaces within a tolerance.</summary>
/// <typeparam name="T">The arithmetic that values are computed in.</typeparam>
sealed class PremiumSearch<T>(PremiumKey key, double tolerance, BoundaryAccuracy accuracy, IReadOnlyList<(int Distances, int Deviations)> points)
    where T : unmanaged, IHostLane<T>
{
    const int MostPieces = 8;

    static readonly int[] s_ratePoints = [3, 5, 9, 13];

    readonly Dictionary<double, PutTerms> terms = [];

    /// <param name="whole">Of ln v.</param>
    /// <returns>In rising order of volatility; <see langword="null"/>: none is within the tolerance.</returns>
    public IReadOnlyList<PremiumSurface>? Find(LogRange whole)
    {
        List<PremiumSurface> found = [];
        Queue<LogRange> open = new([whole]);
        while (open.TryDequeue(out LogRange range))
        {
            if (One(range) is { } surface)
            {
                found.Add(surface);
            }
            else if (found.Count + open.Count + 2 > MostPieces || range.HalfWidth == 0)
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

        return [.. found.OrderBy(surface => surface.Range.Middle)];
    }

    // As many points as fit at the middle rate, then as many of the rate as it takes; of these the fewest terms.
    PremiumSurface? One(LogRange range)
    {
        PremiumKey still = key with { RateHalfRange = 0, YieldHalfRange = 0 };
        PremiumCheck middle = new(still, range, Terms);
        PremiumCheck? check = key.Moves ? null : middle;
        foreach ((int distances, int deviations) in points)
        {
            PremiumSize size = new(distances, range.HalfWidth == 0 ? 1 : deviations, 1);
            PremiumGrid grid = new(still, range, size, Terms);
            if (Within(grid, size, middle) is not { } fit)
            {
                continue;
            }

            if (!key.Moves)
            {
                return Smallest(grid, fit, middle);
            }

            check ??= new PremiumCheck(key, range, Terms);
            foreach (int rates in s_ratePoints)
            {
                PremiumGrid moving = new(key, range, size with { Rates = rates }, Terms);
                if (Within(moving, moving.Size, check) is { } surface)
                {
                    return Smallest(moving, surface, check);
                }
            }
        }

        return null;
    }

    // Terms are left out one by one, first where that saves most.
    PremiumSurface Smallest(PremiumGrid grid, PremiumSurface surface, PremiumCheck check)
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

    PremiumSurface? Within(PremiumGrid grid, PremiumSize size, PremiumCheck check)
    {
        PremiumSurface surface = grid.Cut(size);
        double worst = check.WorstError<T>(surface, tolerance);
        return worst <= tolerance ? surface with { WorstError = worst } : null;
    }

    PutTerms Terms(double z)
    {
        if (!terms.TryGetValue(z, out PutTerms? found))
        {
            (double rate, double yield) = key.At(z);
            found = new PutTerms(rate, yield, key.Years, accuracy);
            terms.Add(z, found);
        }

        return found;
    }
}
