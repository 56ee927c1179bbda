using GpuMargin.Tests.Reference;

namespace GpuMargin.Tests.Calibration.Dependence;

/// <summary>Samples from known dependence, generated plainly.</summary>
static class CopulaSamples
{
    /// <summary>Normal variates (Box and Muller) times √(ν/χ²): [day, factor], every pair with the same correlation ≥ 0; ν a whole number, or 0 for normal.</summary>
    public static double[,] StudentT(int days, int factors, int nu, double correlation, int seed)
    {
        Random random = new(seed);
        double[,] sample = new double[days, factors];
        for (int day = 0; day < days; day++)
        {
            double mixing = nu == 0 ? 1 : Math.Sqrt(nu / Enumerable.Range(0, nu).Sum(_ => Square(Normal(random))));
            double common = Normal(random);
            for (int factor = 0; factor < factors; factor++)
            {
                sample[day, factor] = mixing * (Math.Sqrt(correlation) * common + Math.Sqrt(1 - correlation) * Normal(random));
            }
        }

        return sample;
    }

    /// <summary>The margins' own distribution function: what a perfectly fitted margin would give.</summary>
    public static double[,] Uniforms(double[,] sample, int nu) =>
        Map(sample, x => nu == 0 ? ReferenceNormal.UpperTail(-x) : ReferenceStudentT.Cdf(x, nu));

    /// <summary>Residuals with dynamic conditional correlation around a constant one, after a start-up of 200 days.</summary>
    public static double[,] Dynamic(int days, int factors, double a, double b, double correlation, int seed)
    {
        const int StartUp = 200;
        Random random = new(seed);
        double[,] sample = new double[days, factors];
        double[,] q = Constant(factors, correlation);
        for (int day = -StartUp; day < days; day++)
        {
            double[] z = Correlated(q, random);
            for (int i = 0; i < factors; i++)
            {
                for (int j = 0; j < factors; j++)
                {
                    q[i, j] = (1 - a - b) * (i == j ? 1 : correlation) + a * z[i] * z[j] + b * q[i, j];
                }

                if (day >= 0)
                {
                    sample[day, i] = z[i];
                }
            }
        }

        return sample;
    }

    public static double[,] Constant(int factors, double correlation)
    {
        double[,] matrix = new double[factors, factors];
        for (int i = 0; i < factors; i++)
        {
            for (int j = 0; j < factors; j++)
            {
                matrix[i, j] = i == j ? 1 : correlation;
            }
        }

        return matrix;
    }

    public static double[] Column(double[,] sample, int factor) =>
        [.. Enumerable.Range(0, sample.GetLength(0)).Select(day => sample[day, factor])];

    public static double[,] Map(double[,] sample, Func<double, double> function)
    {
        double[,] mapped = new double[sample.GetLength(0), sample.GetLength(1)];
        for (int day = 0; day < sample.GetLength(0); day++)
        {
            for (int factor = 0; factor < sample.GetLength(1); factor++)
            {
                mapped[day, factor] = function(sample[day, factor]);
            }
        }

        return mapped;
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    static double Square(double x) => x * x;

    // Cholesky's factor of q scaled to unit diagonal, times independent normals.
    static double[] Correlated(double[,] q, Random random)
    {
        int n = q.GetLength(0);
        double[,] l = new double[n, n];
        double[] e = [.. Enumerable.Range(0, n).Select(_ => Normal(random))];
        double[] z = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = q[i, j] / Math.Sqrt(q[i, i] * q[j, j]);
                for (int k = 0; k < j; k++)
                {
                    sum -= l[i, k] * l[j, k];
                }

                l[i, j] = i == j ? Math.Sqrt(sum) : sum / l[j, j];
                z[i] += l[i, j] * e[j];
            }
        }

        return z;
    }
}
