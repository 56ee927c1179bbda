using GpuMargin.ClearingSets;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Random;

namespace GpuMargin.Tests.Reference;

/// <summary>Scenarios of the model, drawn naively: Mersenne Twister, symmetric square root of the correlation, quantiles without tables.</summary>
public static class ReferenceScenarios
{
    /// <returns>Shocks [scenario, factor] at the horizon.</returns>
    public static double[,] Draw(ClearingSet set, int scenarios, int seed) =>
        set.Settings.HorizonDays == 0 ? new double[scenarios, set.Factors.Count] : DrawPaths(set, scenarios, seed, set.Settings.HorizonDays)[^1];

    /// <returns>Shocks [scenario, factor] up to the end of each day.</returns>
    public static double[][,] DrawPaths(ClearingSet set, int scenarios, int seed, int days)
    {
        int factors = set.Factors.Count;
        Copula copula = set.Settings.Copula;
        MersenneTwister random = new(seed);
        Matrix<double> root = SquareRoot(set.Correlation, factors);
        ReferenceMarginal[] marginals = [.. set.Factors.Select(ReferenceMarginal.Of)];

        double[][,] shocks = [.. Enumerable.Range(0, days).Select(_ => new double[scenarios, factors])];
        double[,] innovations = new double[factors, days];
        for (int s = 0; s < scenarios; s++)
        {
            for (int day = 0; day < days; day++)
            {
                Vector<double> variates = DrawVariates(copula, root, random);
                for (int f = 0; f < factors; f++)
                {
                    innovations[f, day] = marginals[f].Innovation(copula, variates[f]);
                }
            }
            for (int f = 0; f < factors; f++)
            {
                double[] path = innovations.Row(f);
                for (int day = 0; day < days; day++)
                {
                    shocks[day][s, f] = ReferenceVolatility.Shock(set.Factors[f], path.AsSpan(0, day + 1));
                }
            }
        }
        return shocks;
    }

    /// <summary>Sample of the copula before its distribution function: correlated normals or plain t variates.</summary>
    /// <returns>[sample, factor].</returns>
    public static double[,] DrawVariates(Copula copula, double[,] correlation, int samples, int seed)
    {
        MersenneTwister random = new(seed);
        Matrix<double> root = SquareRoot(correlation, correlation.GetLength(0));
        double[,] rows = new double[samples, root.RowCount];
        for (int s = 0; s < samples; s++)
        {
            Vector<double> variates = DrawVariates(copula, root, random);
            for (int f = 0; f < root.RowCount; f++)
            {
                rows[s, f] = variates[f];
            }
        }
        return rows;
    }

    static Vector<double> DrawVariates(Copula copula, Matrix<double> root, Random random)
    {
        Vector<double> normals = root * Vector<double>.Build.Dense(root.RowCount, _ => Normal.Sample(random, 0, 1));
        if (copula.Family == CopulaFamily.Gaussian)
        {
            return normals;
        }

        double nu = copula.DegreesOfFreedom;
        return normals * Math.Sqrt(nu / ChiSquared.Sample(random, nu));
    }

    // V·√Λ of R = V·Λ·Vᵀ: exists where Cholesky's factor does not, at ρ = ±1.
    static Matrix<double> SquareRoot(double[,] correlation, int factors)
    {
        if (factors == 1)
        {
            return Matrix<double>.Build.DenseIdentity(1);
        }

        var eigen = Matrix<double>.Build.DenseOfArray(correlation).Evd(Symmetricity.Symmetric);
        return eigen.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(eigen.EigenValues.Map(l => Math.Sqrt(Math.Max(l.Real, 0))));
    }
}
