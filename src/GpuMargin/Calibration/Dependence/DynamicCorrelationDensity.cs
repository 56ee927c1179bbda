using GpuMargin.Numerics;
using GpuMargin.Numerics.Estimation;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Gaussian log density of every day's residuals under dynamic conditional correlation, of all factors together, less the margins'.</summary>
/// <param name="residuals">By day.</param>
/// <param name="target">[factor][factor], positive definite.</param>
sealed class DynamicCorrelationDensity(double[][] residuals, double[][] target)
{
    /// <returns>By day: −½·(ln|R_t| + zᵀR_t⁻¹z − zᵀz); −∞ where R_t is singular.</returns>
    public double[] Log(double a, double b)
    {
        int factors = target.Length;
        double[] logs = new double[residuals.Length];
        double[][] q = [.. target.Select(row => (double[])row.Clone())];
        double[] l = new double[Cholesky.Start(factors)];
        double[] y = new double[factors];
        double constant = 1 - a - b;
        for (int day = 0; day < residuals.Length; day++)
        {
            double[] z = residuals[day];
            logs[day] = Day(q, l, y, z);
            for (int i = 0; i < factors; i++)
            {
                double az = a * z[i];
                double[] row = q[i];
                double[] s = target[i];
                for (int j = 0; j <= i; j++)
                {
                    row[j] = constant * s[j] + az * z[j] + b * row[j];
                }
            }
        }

        return logs;
    }

    // Q = L·Lᵀ gives R = D·Q·D with D = diag(Q)^(−½): ln|R| = ln|Q| − Σ ln Q_ii, and xᵀR⁻¹x = |L⁻¹·D⁻¹x|².
    static double Day(double[][] q, double[] l, double[] y, double[] z)
    {
        double sum = 0;
        double determinant = 1;
        for (int i = 0; i < q.Length; i++)
        {
            Span<double> row = l.AsSpan(Cholesky.Start(i), i + 1);
            q[i].AsSpan(0, i + 1).CopyTo(row);
            DotProducts.Eliminate(l.AsSpan(0, Cholesky.Start(i)), row);
            double pivot = row[i];
            if (!(pivot > Cholesky.LeastPivot * q[i][i]))
            {
                return double.NegativeInfinity;
            }

            row[i] = Math.Sqrt(pivot);
            y[i] = (z[i] * Math.Sqrt(q[i][i]) - DotProducts.Of(row[..i], y.AsSpan(0, i))) / row[i];
            determinant *= pivot / q[i][i];
            sum += y[i] * y[i] - z[i] * z[i];
            if (determinant < 1e-200)
            {
                sum += Math.Log(determinant);
                determinant = 1;
            }
        }

        return -(sum + Math.Log(determinant)) / 2;
    }
}
