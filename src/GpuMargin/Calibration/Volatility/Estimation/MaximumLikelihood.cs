using GpuMargin.Numerics.Estimation;
using static GpuMargin.Calibration.Volatility.VolatilityParameters;

namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>A maximum of the likelihood of returns scaled to variance 1.</summary>
/// <param name="Theta">In the order of <see cref="VolatilityParameters"/>.</param>
/// <param name="Errors">Standard errors from the Hessian, NaN where not defined.</param>
/// <param name="RobustErrors">From H⁻¹SH⁻¹, S the sum of the scores' outer products (White 1982, Bollerslev and Wooldridge 1992).</param>
/// <param name="Findings">What keeps the maximum from being an interior one, in words.</param>
sealed record MaximumLikelihood(
    double[] Theta, double LogLikelihood, double[] Errors, double[] RobustErrors, FitStatus Status, IReadOnlyList<string> Findings)
{
    /// <summary>Tolerance of gᵀH⁻¹g, the squared distance to the maximum in standard errors: Newton's method goes on until it is within 1e-10 of them.</summary>
    const double NewtonTarget = 1e-20;

    /// <summary>Within 1e-6 standard errors it counts as converged.</summary>
    const double NewtonSuffices = 1e-12;

    const int NewtonStepsAtMost = 12;

    public static MaximumLikelihood Of(VolatilityLikelihood likelihood, ParameterSpace space, double mean)
    {
        double[] theta = new StartSearch(likelihood, space).Best(mean);
        return Finish(likelihood, space, theta);
    }

    static MaximumLikelihood Finish(VolatilityLikelihood likelihood, ParameterSpace space, double[] theta)
    {
        List<string> findings = [.. space.BoundsTouched(theta)];
        double[] score = new double[Count];
        if (findings.Count > 0)
        {
            return Without(FitStatus.OnBound);
        }

        int[] fixedMarginal = [.. space.MarginalBoundsTouched(theta)];
        findings.AddRange(fixedMarginal.Select(index => index == FreedomIndex
            ? FormattableString.Invariant($"degrees of freedom at their bound of {theta[index]:0.##}")
            : FormattableString.Invariant($"skew at its bound of {theta[index]:0.##}")));
        int[] free = [.. space.Free.Except(fixedMarginal)];
        if (NewtonSteps(likelihood, theta, free) is not { } maximum)
        {
            findings.Add("no maximum with a negative definite Hessian was reached");
            return Without(FitStatus.NotConverged);
        }

        if (space.BoundsTouched(maximum) is var touched && touched.Any())
        {
            findings.AddRange(touched);
            return Without(FitStatus.OnBound);
        }

        return WithErrors(likelihood, maximum, free, findings) ?? Without(FitStatus.NotConverged);

        MaximumLikelihood Without(FitStatus status) =>
            new(theta, likelihood.Evaluate(theta, score), NotDefined(), NotDefined(), status, findings);
    }

    /// <summary>Newton's method with one Hessian, whose error is far below the distance still to go; null unless it converges uphill.</summary>
    static double[]? NewtonSteps(VolatilityLikelihood likelihood, double[] start, int[] free)
    {
        double[] theta = [.. start];
        double[] score = new double[Count];
        if (Inverse(likelihood, theta, free, accurate: false) is not { } inverse)
        {
            return null;
        }

        double before = likelihood.Evaluate(theta, score);
        double decrement = double.PositiveInfinity;
        for (int step = 0; step < NewtonStepsAtMost && decrement > NewtonTarget; step++)
        {
            double last = decrement;
            decrement = 0;
            double[] moved = [.. theta];
            for (int i = 0; i < free.Length; i++)
            {
                double move = 0;
                for (int j = 0; j < free.Length; j++)
                {
                    move += inverse[i, j] * score[free[j]];
                }

                moved[free[i]] += move;
                decrement += move * score[free[i]];
            }

            if (!(decrement < last))
            {
                decrement = last; // rounding is reached, or the Hessian does not fit
                break;
            }

            moved.CopyTo(theta, 0);
            likelihood.Evaluate(theta, score);
        }

        // The maximum may round to slightly less than where it was sought from.
        return decrement < NewtonSuffices && likelihood.Evaluate(theta, score) > before - 1e-9 * Math.Abs(before) ? theta : null;
    }

    static MaximumLikelihood? WithErrors(VolatilityLikelihood likelihood, double[] theta, int[] free, List<string> findings)
    {
        double[] score = new double[Count];
        double[] products = new double[Count * Count];
        double value = likelihood.Evaluate(theta, score, products, [], out _);
        if (Inverse(likelihood, theta, free, accurate: true) is not { } inverse)
        {
            findings.Add("the Hessian at the maximum is not negative definite");
            return null;
        }

        double[] errors = NotDefined();
        double[] robust = NotDefined();
        for (int i = 0; i < free.Length; i++)
        {
            double sandwich = 0;
            for (int j = 0; j < free.Length; j++)
            {
                for (int k = 0; k < free.Length; k++)
                {
                    sandwich += inverse[i, j] * products[free[j] * Count + free[k]] * inverse[i, k];
                }
            }

            errors[free[i]] = Math.Sqrt(inverse[i, i]);
            robust[free[i]] = Math.Sqrt(sandwich);
        }

        return new(theta, value, errors, robust, FitStatus.Converged, findings);
    }

    /// <summary>(−H)⁻¹, or null where the likelihood is not concave.</summary>
    static double[,]? Inverse(VolatilityLikelihood likelihood, double[] theta, int[] free, bool accurate)
    {
        double[] score = new double[Count];
        double[] products = new double[Count * Count];
        likelihood.Evaluate(theta, score, products, [], out _);
        double[,] information = new double[free.Length, free.Length];
        for (int i = 0; i < free.Length; i++)
        {
            for (int j = 0; j < free.Length; j++)
            {
                information[i, j] = products[free[i] * Count + free[j]];
            }
        }

        if (SymmetricInverse.OfPositiveDefinite(information) is not { } rough)
        {
            return null;
        }

        double[] errors = [.. Enumerable.Range(0, free.Length).Select(i => Math.Sqrt(rough[i, i]))];
        double[,] hessian = ScoreHessian.Of(likelihood, theta, free, errors, accurate);
        for (int i = 0; i < free.Length; i++)
        {
            for (int j = 0; j < free.Length; j++)
            {
                hessian[i, j] = -hessian[i, j];
            }
        }

        return SymmetricInverse.OfPositiveDefinite(hessian);
    }

    static double[] NotDefined()
    {
        double[] values = new double[Count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
