using GpuMargin.Numerics.Estimation;
using static GpuMargin.Calibration.Volatility.VolatilityParameters;

namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>The search for the highest of the likelihood's maxima, in unconstrained coordinates.</summary>
sealed class StartSearch(VolatilityLikelihood likelihood, ParameterSpace space)
{
    /// <summary>Tolerance of the mean log-likelihood from each of several starts: enough to tell local maxima apart.</summary>
    const double CoarseTolerance = 1e-6;

    /// <summary>Tolerance of the mean log-likelihood from the best of them: near enough for Newton's method, and a log-likelihood exact to 1e-7 on a bound.</summary>
    const double FineTolerance = 1e-11;

    const int IterationsAtMost = 200;
    const int StartsRefined = 3;

    /// <summary>Least eigenvalue of the correlation form of the information matrix at a start, which may be far from the maximum.</summary>
    const double EigenvalueFloor = 1e-3;

    static readonly double[] s_persistences = [0.8, 0.95, 0.985, 0.998];
    static readonly double[] s_archShares = [0.03, 0.1, 0.25];

    readonly int width = space.Width;
    readonly double[] theta = new double[Count];
    readonly double[] score = new double[Count];
    readonly double[] products = new double[Count * Count];
    readonly double[] jacobian = new double[Count * space.Width];

    /// <summary>θ of the best of the maxima reached from the best start of each persistence.</summary>
    /// <param name="mean">Of the returns.</param>
    public double[] Best(double mean)
    {
        IEnumerable<double[][]> groups = space.HasDynamics
            ? s_persistences.Select(p => s_archShares.Select(s => space.Start(mean, p, s)).ToArray())
            : [[space.Start(mean, 0, 0)]];
        double[] gradient = new double[width];
        double[][] starts =
        [
            .. groups.Select(group => group.Select(x => (Start: x, Loss: Loss(x, gradient))).MinBy(s => s.Loss))
                .OrderBy(s => s.Loss).Take(StartsRefined).Select(s => s.Start),
        ];
        (double[] X, double[,] Metric) best = starts
            .Select(x => (X: x, Metric: Metric(x)))
            .MinBy(s => QuasiNewton.Minimise(Loss, s.X, s.Metric, CoarseTolerance, IterationsAtMost));
        QuasiNewton.Minimise(Loss, best.X, best.Metric, FineTolerance, IterationsAtMost);
        space.Map(best.X, theta, jacobian);
        return theta;
    }

    /// <summary>Minus the mean log-likelihood.</summary>
    double Loss(ReadOnlySpan<double> x, Span<double> gradient)
    {
        space.Map(x, theta, jacobian);
        double value = likelihood.Evaluate(theta, score);
        for (int i = 0; i < width; i++)
        {
            double sum = 0;
            for (int j = 0; j < Count; j++)
            {
                sum += jacobian[j * width + i] * score[j];
            }

            gradient[i] = -sum / likelihood.Observations;
        }

        return -value / likelihood.Observations;
    }

    /// <summary>Inverse of JᵀSJ/n.</summary>
    double[,] Metric(double[] x)
    {
        space.Map(x, theta, jacobian);
        likelihood.Evaluate(theta, score, products, [], out _);
        double[,] information = new double[width, width];
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < width; j++)
            {
                double sum = 0;
                for (int k = 0; k < Count; k++)
                {
                    for (int l = 0; l < Count; l++)
                    {
                        sum += jacobian[k * width + i] * products[k * Count + l] * jacobian[l * width + j];
                    }
                }

                information[i, j] = sum / likelihood.Observations;
            }
        }

        return SymmetricInverse.Regularised(information, EigenvalueFloor) ?? Identity();
    }

    double[,] Identity()
    {
        double[,] identity = new double[width, width];
        for (int i = 0; i < width; i++)
        {
            identity[i, i] = 1;
        }

        return identity;
    }
}
