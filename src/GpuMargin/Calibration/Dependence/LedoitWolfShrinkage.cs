using GpuMargin.Numerics;
using GpuMargin.Numerics.Estimation;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Shrinkage of a sample's correlation matrix towards constant correlation, with the intensity that minimises the expected squared error.</summary>
/// <remarks>Ledoit and Wolf (2004, "Honey, I shrunk the sample covariance matrix", J. Portfolio Management 30(4), 110–119, appendix B), on factors scaled to variance one, so that the target is one number: the mean correlation.</remarks>
public sealed record LedoitWolfShrinkage
{
    /// <summary>Weight of the target, in [0, 1].</summary>
    public required double Intensity { get; init; }

    /// <summary>r̄, the mean of the sample's correlations: every off-diagonal entry of the target.</summary>
    public required double MeanCorrelation { get; init; }

    /// <summary>The shrunk sample correlation, [factor, factor]; positive definite when the intensity is positive and r̄ &gt; −1/(factors − 1).</summary>
    public required double[,] Correlation { get; init; }

    /// <param name="sample">[day, factor]; means are taken off.</param>
    /// <exception cref="ArgumentException">Fewer than two days, no factor, a value that is not finite, or a constant factor.</exception>
    public static LedoitWolfShrinkage Of(double[,] sample)
    {
        SampleCheck.Require(sample, daysAtLeast: 2);
        return OfColumns([.. Enumerable.Range(0, sample.GetLength(1)).Select(factor => SampleCheck.Column(sample, factor))]);
    }

    /// <param name="rows">[day][factor], finite, no factor constant.</param>
    internal static LedoitWolfShrinkage OfRows(double[][] rows) =>
        OfColumns([.. Enumerable.Range(0, rows[0].Length).Select(factor => rows.Select(row => row[factor]).ToArray())]);

    static LedoitWolfShrinkage OfColumns(double[][] columns)
    {
        double[][] y = [.. columns.Select(Standardised)];
        double[][] squares = [.. y.Select(column => column.Select(value => value * value).ToArray())];
        double[][] cubes = [.. y.Select(column => column.Select(value => value * value * value).ToArray())];
        int factors = y.Length;
        double days = y[0].Length;
        double[,] correlation = new double[factors, factors];
        Row[] rows = new Row[factors];
        SideBySide.For(factors, i =>
        {
            (double pi, double theta, double sum, double sumOfSquares) = (0, 0, 0, 0);
            correlation[i, i] = 1;
            for (int j = 0; j < factors; j++)
            {
                if (i == j)
                {
                    pi += DotProducts.Of(squares[i], squares[i]) / days - 1;
                    continue;
                }

                double r = DotProducts.Of(y[i], y[j]) / days;
                correlation[i, j] = Math.Clamp(r, -1, 1);
                sum += r;
                sumOfSquares += r * r;
                pi += DotProducts.Of(squares[i], squares[j]) / days - r * r;
                theta += DotProducts.Of(cubes[i], y[j]) / days - r; // ϑ_ii,ij of variances one; the sum over i and j covers ϑ_jj,ij
            }

            rows[i] = new Row(pi, DotProducts.Of(squares[i], squares[i]) / days - 1, theta, sum, sumOfSquares);
        });

        double pairs = Math.Max(1.0, factors * (factors - 1.0));
        double mean = rows.Sum(row => row.Sum) / pairs;
        double misfit = rows.Sum(row => row.SumOfSquares) - pairs * mean * mean; // γ̂
        double noise = rows.Sum(row => row.Pi) - rows.Sum(row => row.PiOfVariance) - mean * rows.Sum(row => row.Theta); // π̂ − ρ̂
        double intensity = misfit > 0 ? Math.Clamp(noise / misfit / days, 0, 1) : factors == 1 ? 0 : 1;
        return new LedoitWolfShrinkage
        {
            Intensity = intensity,
            MeanCorrelation = factors == 1 ? 0 : mean,
            Correlation = Shrink(Symmetrised(correlation), mean, intensity),
        };
    }

    /// <summary>This intensity and target applied to another estimate of the same correlations, such as sin(πτ/2).</summary>
    /// <param name="correlation">[factor, factor], symmetric, unit diagonal.</param>
    public double[,] Apply(double[,] correlation)
    {
        ArgumentNullException.ThrowIfNull(correlation);
        return Shrink(correlation, MeanCorrelation, Intensity);
    }

    static double[,] Shrink(double[,] correlation, double mean, double intensity)
    {
        int count = correlation.GetLength(0);
        double[,] shrunk = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                shrunk[i, j] = i == j ? 1 : (1 - intensity) * correlation[i, j] + intensity * mean;
            }
        }

        return shrunk;
    }

    static double[] Standardised(double[] column)
    {
        double mean = column.Average();
        double deviation = Math.Sqrt(column.Sum(value => (value - mean) * (value - mean)) / column.Length);
        return [.. column.Select(value => (value - mean) / deviation)];
    }

    static double[,] Symmetrised(double[,] matrix)
    {
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < i; j++)
            {
                matrix[j, i] = matrix[i, j];
            }
        }

        return matrix;
    }

    readonly record struct Row(double Pi, double PiOfVariance, double Theta, double Sum, double SumOfSquares);
}
