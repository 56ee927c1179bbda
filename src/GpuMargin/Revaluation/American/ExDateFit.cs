using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>The smallest <see cref="ExDateSurface"/> within a tolerance; several over parts of the range of volatilities where one is not enough.</summary>
static class ExDateFit
{
    const int MostPieces = 8;

    // What B is worth beyond the reach is below a tenth of the tolerance: φ(4.5) = 1.6e-5, φ(4.9) = 2.4e-6.
    static readonly ExDateSize[] s_mixed = [new(8, 6, 4.5), new(10, 8, 4.5), new(12, 10, 4.5), new(14, 12, 4.5), new(16, 16, 4.5)];

    static readonly ExDateSize[] s_double = [new(14, 14, 4.9), new(18, 18, 4.9), new(20, 20, 4.9)];

    // Solver errors of many ex-dates, divided by the density at the reach, are above those of a smaller reach.
    static readonly ExDateSize[] s_many = [new(16, 16, 4.5), new(18, 18, 4.5), new(20, 20, 4.5)];

    /// <summary>Largest error of a value, a share of the strike.</summary>
    public const double LargestError = 1e-6;

    // In the order of trial. What the sizes of single precision cannot give is valued in double.
    static IEnumerable<(double Tolerance, ExDateSize[] Sizes, bool InDouble)> Steps(Precision precision) => precision == Precision.Mixed
        ? [(LargestError, s_mixed, false), (LargestError, s_many, true)]
        : [(1e-8, s_double, false), (1e-7, s_double, false), (LargestError, s_many, false)];

    /// <summary>The best that is found for the volatilities that are wanted, or for those that must be covered.</summary>
    /// <returns>In rising order of volatility, none where exercise before an ex-date never pays; <see langword="null"/>: none is within <see cref="LargestError"/>.</returns>
    public static IReadOnlyList<ExDateSurface>? Find(ExDateTerms terms, Precision precision)
    {
        foreach ((double tolerance, ExDateSize[] sizes, bool inDouble) in Steps(precision))
        {
            IReadOnlyList<ExDateSurface>? found =
                (terms.Low < terms.LeastLow ? Find(terms, terms.Low, terms.High, sizes, tolerance) : null) ?? Find(terms, terms.LeastLow, terms.LeastHigh, sizes, tolerance);
            if (found is not null)
            {
                return [.. found.Select(surface => surface with { InDouble = inDouble })];
            }
        }

        return null;
    }

    static IReadOnlyList<ExDateSurface>? Find(ExDateTerms terms, double low, double high, ExDateSize[] sizes, double tolerance)
    {
        double root = Math.Sqrt(terms.Years);
        IReadOnlyList<ExDate> exDates = terms.ExDates(0.1 * tolerance);
        if (exDates.Count == 0)
        {
            return [];
        }

        ExDateCheck check = new(terms, exDates);
        return LogRange.Split(LogRange.Between(low * root, high * root), MostPieces, One) is { } found ? [.. found.OrderBy(surface => surface.Range.Middle)] : null;

        ExDateSurface? One(LogRange range)
        {
            foreach (ExDateSize size in sizes)
            {
                ExDateSurface surface = Interpolate(terms, exDates, range, range.HalfWidth == 0 ? size with { Deviation = 1 } : size);
                double worst = check.WorstError(surface, tolerance);
                if (worst <= tolerance)
                {
                    return surface with { WorstError = worst };
                }
            }

            return null;
        }
    }

    static ExDateSurface Interpolate(ExDateTerms terms, IReadOnlyList<ExDate> exDates, LogRange range, ExDateSize size)
    {
        double root = Math.Sqrt(terms.Years);
        double[] deviations = [.. Polynomial.Points(size.Deviation).Select(range.At)];
        double[] distances = [.. Polynomial.Points(size.Distance).Select(size.DistanceAt)];
        ExDateCall[] calls = [.. deviations.Select(v => new ExDateCall(terms, exDates, v / root))];
        double[][] coefficients = [.. exDates.Select((_, d) => Coefficients(d))];
        return new ExDateSurface(range, terms.Years, exDates, coefficients, size, double.NaN);

        double[] Coefficients(int d)
        {
            double share = Math.Sqrt(exDates[d].Years / terms.Years);
            double[] centres = [.. calls.Select((call, j) => call.Gains[d].Centre(terms.Rate, deviations[j] / root))];
            double[,] values = new double[distances.Length, deviations.Length];
            for (int j = 0; j < deviations.Length; j++)
            {
                for (int i = 0; i < distances.Length; i++)
                {
                    double s = share * deviations[j], x = centres[j] + distances[i] * s, waiting = calls[j].At(x, 0, d);
                    double gain = calls[j].Gains[d].At(x, 0, terms.Rate, deviations[j] / root);
                    double certain = HostMath.Exp(x) - exDates[d].Cash - waiting;
                    values[i, j] = (gain - StandardNormal.Instance.UpperTail(-distances[i]) * certain) / (s * StandardNormal.Instance.Density(distances[i]));
                }
            }

            return [.. Polynomial.Through(centres), .. Powers(values)];
        }
    }

    // [power of w × terms + power of t].
    static double[] Powers(double[,] values)
    {
        int rows = values.GetLength(0), columns = values.GetLength(1);
        double[] powers = new double[rows * columns], line = new double[columns], column = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                line[j] = values[i, j];
            }

            Polynomial.Through(line).CopyTo(powers, i * columns);
        }

        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < rows; i++)
            {
                column[i] = powers[i * columns + j];
            }

            double[] through = Polynomial.Through(column);
            for (int i = 0; i < rows; i++)
            {
                powers[i * columns + j] = through[i];
            }
        }

        return powers;
    }
}
