namespace GpuMargin.Numerics.Estimation;

/// <summary>A smooth function to be minimised.</summary>
/// <param name="gradient">Receives the gradient.</param>
/// <returns>+∞ where the function does not exist.</returns>
delegate double SmoothFunction(ReadOnlySpan<double> x, Span<double> gradient);

/// <summary>BFGS with a weak Wolfe line search by bisection (Lewis and Overton 2013), which needs no derivative at a rejected point.</summary>
/// <remarks>Not MathNet.Numerics' BfgsMinimizer: it starts from the identity, where the information matrix saves most iterations, refuses infinite values and allocates per step.</remarks>
static class QuasiNewton
{
    const double SufficientDecrease = 1e-4;
    const double CurvatureLeft = 0.9;
    const int TrialsPerSearch = 40;

    /// <summary>A coordinate that wants to move further at once is at the end of an exponential or sigmoid map.</summary>
    const double LongestStep = 5;

    /// <param name="x">The start; receives the minimum.</param>
    /// <param name="inverseHessian">Symmetric and positive definite; is updated.</param>
    /// <param name="tolerance">Stops when half gᵀH⁻¹g, the decrease still to be had, is below.</param>
    /// <returns>The value at x.</returns>
    public static double Minimise(SmoothFunction function, double[] x, double[,] inverseHessian, double tolerance, int iterationsAtMost)
    {
        int n = x.Length;
        double[] gradient = new double[n];
        double[] trialGradient = new double[n];
        double[] trial = new double[n];
        double[] direction = new double[n];
        double value = function(x, gradient);
        for (int iteration = 0; iteration < iterationsAtMost; iteration++)
        {
            double slope = Direction(inverseHessian, gradient, direction);
            if (!(slope < -2 * tolerance))
            {
                break;
            }

            double step = 1 / Math.Max(1, direction.Max(Math.Abs) / LongestStep);
            if (!Search(function, x, value, slope, direction, step, trial, trialGradient, out double next))
            {
                break;
            }

            Update(inverseHessian, x, trial, gradient, trialGradient);
            trial.CopyTo(x, 0);
            trialGradient.CopyTo(gradient, 0);
            value = next;
        }

        return value;
    }

    static bool Search(
        SmoothFunction function, double[] x, double value, double slope, double[] direction, double step,
        double[] trial, double[] trialGradient, out double next)
    {
        double low = 0;
        double high = double.PositiveInfinity;
        next = value;
        for (int i = 0; i < TrialsPerSearch; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                trial[j] = x[j] + step * direction[j];
            }

            next = function(trial, trialGradient);
            if (!(next <= value + SufficientDecrease * step * slope))
            {
                high = step;
            }
            else if (Dot(trialGradient, direction) < CurvatureLeft * slope && step * direction.Max(Math.Abs) < LongestStep)
            {
                low = step;
            }
            else
            {
                return true;
            }

            step = double.IsInfinity(high) ? 2 * step : 0.5 * (low + high);
        }

        return false;
    }

    /// <returns>The slope along the direction.</returns>
    static double Direction(double[,] inverseHessian, double[] gradient, double[] direction)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < gradient.Length; j++)
            {
                sum -= inverseHessian[i, j] * gradient[j];
            }

            direction[i] = sum;
        }

        return Dot(direction, gradient);
    }

    static void Update(double[,] inverseHessian, double[] x, double[] next, double[] gradient, double[] nextGradient)
    {
        int n = x.Length;
        double[] s = new double[n];
        double[] y = new double[n];
        double[] hy = new double[n];
        for (int i = 0; i < n; i++)
        {
            s[i] = next[i] - x[i];
            y[i] = nextGradient[i] - gradient[i];
        }

        double curvature = Dot(s, y);
        if (!(curvature > 0))
        {
            return; // keeps the matrix positive definite
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                hy[i] += inverseHessian[i, j] * y[j];
            }
        }

        double scale = (1 + Dot(y, hy) / curvature) / curvature;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                inverseHessian[i, j] += scale * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / curvature;
            }
        }
    }

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
