using GpuMargin.Calibration.Dependence;
using GpuMargin.Numerics.Estimation;
using GpuMargin.Tests.Reference;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GpuMargin.Tests.Calibration.Dependence;

public sealed class CopulaDensityTests
{
    /// <summary>The quantile table's 1e-8 relative, times a few squares per day.</summary>
    const double Accuracy = 1e-6;

    [Theory]
    [InlineData(2, 2.5)]
    [InlineData(5, 4)]
    [InlineData(17, 30)]
    [InlineData(5, double.PositiveInfinity)]
    public void The_log_density_is_the_joint_t_density_over_the_margins(int factors, double nu)
    {
        double[,] uniforms = CopulaSamples.Uniforms(CopulaSamples.StudentT(131, factors, 3, 0.5, seed: 2), 3);
        double[,] correlation = CopulaSamples.Constant(factors, 0.4);
        correlation[1, 0] = correlation[0, 1] = -0.2;

        double[] logs = new CopulaDensity(StudentTScores.NormalScores(uniforms), CorrelationFactor.TryOf(correlation)!).Log(nu);

        for (int day = 0; day < logs.Length; day++)
        {
            Assert.Equal(Naive(uniforms, day, [.. Enumerable.Range(0, factors)], correlation, nu), logs[day], Accuracy);
        }
    }

    [Theory]
    [InlineData(9, 3.5)]
    [InlineData(9, double.PositiveInfinity)]
    [InlineData(61, 6)]
    public void The_composite_one_is_the_sum_over_the_pairs(int factors, double nu)
    {
        double[,] uniforms = CopulaSamples.Uniforms(CopulaSamples.StudentT(5, factors, 3, 0.5, seed: 3), 3);
        double[,] correlation = CopulaSamples.Constant(factors, 0.3);
        PairSet pairs = new(correlation);

        double[] logs = new PairCopulaDensity(StudentTScores.NormalScores(uniforms), pairs).Log(nu);

        for (int day = 0; day < logs.Length; day++)
        {
            double expected = 0;
            int count = 0;
            for (int i = 0; i < factors; i++)
            {
                for (int j = i + 1; j < factors && j <= i + pairs.Distances; j++, count++)
                {
                    expected += Naive(uniforms, day, [i, j], correlation, nu);
                }
            }

            Assert.Equal(count, pairs.Count);
            Assert.Equal(expected, logs[day], Accuracy * count);
        }
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(6, false)]
    [InlineData(55, true)]
    public void Slopes_are_the_derivatives_by_the_normal_scores(int factors, bool ofPairs)
    {
        const double Nu = 4;
        const double Step = 1e-4; // error of the difference: 1e-8 by truncation, the table's 1e-8 over it by interpolation
        double[][] scores = StudentTScores.NormalScores(CopulaSamples.Uniforms(CopulaSamples.StudentT(3, factors, 3, 0.5, seed: 5), 3));
        double[,] correlation = CopulaSamples.Constant(factors, 0.4);
        ICopulaDensity Density() => ofPairs
            ? new PairCopulaDensity(scores, new PairSet(correlation))
            : new CopulaDensity(scores, CorrelationFactor.TryOf(correlation)!);

        double[][] slopes = Density().Slopes(Nu);

        for (int day = 0; day < scores.Length; day++)
        {
            for (int factor = 0; factor < factors; factor++)
            {
                double z = scores[day][factor];
                scores[day][factor] = z + Step;
                double above = Density().Log(Nu)[day];
                scores[day][factor] = z - Step;
                double below = Density().Log(Nu)[day];
                scores[day][factor] = z;
                Assert.Equal((above - below) / (2 * Step), slopes[day][factor], 1e-4);
            }
        }
    }

    static double Naive(double[,] uniforms, int day, int[] factors, double[,] correlation, double nu)
    {
        int d = factors.Length;
        Matrix<double> r = Matrix<double>.Build.Dense(d, d, (i, j) => correlation[factors[i], factors[j]]);
        Vector<double> x = Vector<double>.Build.Dense(d, i => ReferenceStudentT.Quantile(uniforms[day, factors[i]], nu));
        double form = x * r.Inverse() * x;
        double joint = -0.5 * Math.Log(r.Determinant()) + (double.IsPositiveInfinity(nu)
            ? -form / 2 - d / 2.0 * Math.Log(2 * Math.PI)
            : SpecialFunctions.GammaLn((nu + d) / 2) - SpecialFunctions.GammaLn(nu / 2) - d / 2.0 * Math.Log(nu * Math.PI) - (nu + d) / 2 * Math.Log(1 + form / nu));
        return joint - x.Sum(value => Math.Log(ReferenceStudentT.Density(value, nu)));
    }
}
