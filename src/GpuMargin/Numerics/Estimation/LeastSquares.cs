using MathNet.Numerics.LinearAlgebra;

namespace GpuMargin.Numerics.Estimation;

/// <summary>Residuals at a point; the sum of their squares is minimised.</summary>
delegate void Residuals(ReadOnlySpan<double> x, Span<double> residuals);

/// <summary>Levenberg's and Marquardt's method with differences for derivatives and Nielsen's damping (1999).</summary>
/// <remarks>Not MathNet.Numerics' minimiser: it needs observations for every residual, and penalties have none.</remarks>
static class LeastSquares
{
    const double Step = 1e-7, FirstDamping = 1e-3, MostDamping = 1e15, Converged = 1e-13, LeastScale = 1e-30;

    /// <param name="x">The start; receives the minimum.</param>
    /// <param name="count">Number of residuals.</param>
    /// <returns>The sum of squares at x.</returns>
    public static double Minimise(Residuals function, double[] x, int count, int iterationsAtMost)
    {
        int n = x.Length;
        double[] residuals = new double[count], moved = new double[count], trial = new double[n];
        double[][] slopes = [.. Enumerable.Range(0, n).Select(_ => new double[count])];
        function(x, residuals);
        double sum = Dot(residuals, residuals), damping = FirstDamping, growth = 2;
        for (int iteration = 0; iteration < iterationsAtMost && damping < MostDamping; iteration++)
        {
            Slopes(function, x, residuals, moved, slopes);
            Matrix<double> information = Matrix<double>.Build.Dense(n, n, (i, j) => Dot(slopes[i], slopes[j]));
            Vector<double> gradient = Vector<double>.Build.Dense(n, i => Dot(slopes[i], residuals));
            double before = sum;
            while (damping < MostDamping)
            {
                Matrix<double> damped = information.Clone();
                for (int i = 0; i < n; i++)
                {
                    damped[i, i] += damping * Math.Max(information[i, i], LeastScale);
                }

                Vector<double> step = damped.Solve(-gradient);
                for (int i = 0; i < n; i++)
                {
                    trial[i] = x[i] + step[i];
                }

                function(trial, moved);
                double next = Dot(moved, moved);
                if (next < sum)
                {
                    double expected = -(2 * step * gradient + step * information * step), gain = 2 * (sum - next) / expected - 1;
                    damping *= Math.Max(1.0 / 3, 1 - gain * gain * gain);
                    growth = 2;
                    sum = next;
                    trial.CopyTo(x, 0);
                    moved.CopyTo(residuals, 0);
                    break;
                }

                damping *= growth;
                growth *= 2;
            }

            if (before - sum <= Converged * before)
            {
                break;
            }
        }

        return sum;
    }

    static void Slopes(Residuals function, double[] x, double[] residuals, double[] moved, double[][] slopes)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double kept = x[i];
            x[i] = kept + Step * Math.Max(1, Math.Abs(kept));
            double step = x[i] - kept;
            function(x, moved);
            x[i] = kept;
            for (int k = 0; k < residuals.Length; k++)
            {
                slopes[i][k] = (moved[k] - residuals[k]) / step;
            }
        }
    }

    // In one order on every machine.
    static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
