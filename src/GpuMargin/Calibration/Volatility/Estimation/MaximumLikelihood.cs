using GpuMargin.Numerics.Estimation;
using static GpuMargin.Calibration.Volatility.VolatilityParameters;

namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>A maximum of the likelihood of returns scaled to variance 1.</summary>
/// <param name="Theta">In the order of <see cref="VolatilityParameters"/>.</param>
/// <param name="Errors">Standard errors from the Hessian, NaN where not defined.</param>
/// <param name="RobustErrors">From H⁻¹SH⁻¹, S the sum of the scores' outer products (White 1982, Bollerslev and Wooldridge 1992).</param>
/// <param name="FreeParameters">Estimated parameters; one on a bound is not.</param>
/// <param name="Bounds">Those of the variance recursion that the maximum sits on.</param>
/// <param name="Findings">What keeps the maximum from being an interior one, in words.</param>
sealed record MaximumLikelihood(
    double[] Theta, double LogLikelihood, double[] Errors, double[] RobustErrors, FitStatus Status, int FreeParameters, IReadOnlyList<VarianceBound> Bounds, IReadOnlyList<string> Findings)
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
        List<VarianceBound> bounds = [];
        int[] fixedMarginal = [.. space.MarginalBoundsTouched(theta)];
        double[] best = theta;
        while (true)
        {
            VarianceBound[] further = [.. space.BoundsTouched(best).Except(bounds)];
            if (bounds.Count > 0 && further.Length == 0)
            {
                return Result(FitStatus.OnBound);
            }

            bounds.AddRange(further);
            double[][] directions = space.Directions(bounds, fixedMarginal);
            if (NewtonSteps(likelihood, space.OnBounds(best, bounds), directions) is not { } maximum)
            {
                return Without(bounds.Count > 0 ? FitStatus.OnBound : FitStatus.NotConverged);
            }

            best = maximum;
            if (bounds.Count == 0 && !space.BoundsTouched(best).Any())
            {
                return Result(FitStatus.Converged);
            }
        }

        MaximumLikelihood Result(FitStatus status)
        {
            double[][] directions = space.Directions(bounds, fixedMarginal);
            return WithErrors(likelihood, best, directions, status, bounds, Findings())
                ?? Without(status == FitStatus.OnBound ? status : FitStatus.NotConverged);
        }

        // The optimiser's point where no better one is proven.
        MaximumLikelihood Without(FitStatus status)
        {
            double[] score = new double[Count];
            double[] held = space.OnBounds(best, bounds);
            double value = likelihood.Evaluate(held, score);
            double sought = likelihood.Evaluate(theta, score);
            (held, value) = value >= sought ? (held, value) : (theta, sought);
            return new(
                held, value, NotDefined(), NotDefined(), status, space.Directions(bounds, fixedMarginal).Length, bounds,
                [.. Findings(), "no maximum with a negative definite Hessian was reached"]);
        }

        // A ν at its lower bound is named where it is judged.
        IEnumerable<string> Findings() => bounds.Select(bound => bound.Finding).Concat(fixedMarginal
            .Where(index => index != FreedomIndex || theta[index] > ModelPlausibility.SmallestFreedom)
            .Select(index => index == FreedomIndex
                ? FormattableString.Invariant($"degrees of freedom at their bound of {theta[index]:0.##}")
                : FormattableString.Invariant($"skew at its bound of {theta[index]:0.##}")));
    }

    /// <summary>Newton's method with one Hessian, whose error is far below the distance still to go; null unless it converges uphill.</summary>
    static double[]? NewtonSteps(VolatilityLikelihood likelihood, double[] start, double[][] directions)
    {
        double[] theta = [.. start];
        double[] score = new double[Count];
        if (Inverse(likelihood, theta, directions, accurate: false) is not { } inverse)
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
            double[] slopes = [.. directions.Select(direction => ScoreHessian.Along(direction, score))];
            for (int i = 0; i < directions.Length; i++)
            {
                double move = 0;
                for (int j = 0; j < directions.Length; j++)
                {
                    move += inverse[i, j] * slopes[j];
                }

                for (int k = 0; k < Count; k++)
                {
                    moved[k] += directions[i][k] == 0 ? 0 : move * directions[i][k];
                }

                decrement += move * slopes[i];
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

    static MaximumLikelihood? WithErrors(
        VolatilityLikelihood likelihood, double[] theta, double[][] directions, FitStatus status, List<VarianceBound> bounds, IEnumerable<string> findings)
    {
        double[] score = new double[Count];
        double[] products = new double[Count * Count];
        double value = likelihood.Evaluate(theta, score, products, [], out _);
        if (Inverse(likelihood, theta, directions, accurate: true) is not { } inverse)
        {
            return null;
        }

        double[,] scores = Projected(products, directions);
        double[] errors = NotDefined();
        double[] robust = NotDefined();
        int n = directions.Length;
        for (int k = 0; k < Count; k++)
        {
            double variance = 0;
            double sandwich = 0;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double weight = directions[i][k] * directions[j][k];
                    if (weight == 0)
                    {
                        continue;
                    }

                    variance += weight * inverse[i, j];
                    for (int a = 0; a < n; a++)
                    {
                        for (int b = 0; b < n; b++)
                        {
                            sandwich += weight * inverse[i, a] * scores[a, b] * inverse[j, b];
                        }
                    }
                }
            }

            (errors[k], robust[k]) = variance > 0 ? (Math.Sqrt(variance), Math.Sqrt(sandwich)) : (double.NaN, double.NaN);
        }

        return new(theta, value, errors, robust, status, n, bounds, [.. findings]);
    }

    /// <summary>(−H)⁻¹ along the directions, or null where the likelihood is not concave.</summary>
    static double[,]? Inverse(VolatilityLikelihood likelihood, double[] theta, double[][] directions, bool accurate)
    {
        double[] score = new double[Count];
        double[] products = new double[Count * Count];
        likelihood.Evaluate(theta, score, products, [], out _);
        if (SymmetricInverse.OfPositiveDefinite(Projected(products, directions)) is not { } rough)
        {
            return null;
        }

        double[] errors = [.. Enumerable.Range(0, directions.Length).Select(i => Math.Sqrt(rough[i, i]))];
        double[,] hessian = ScoreHessian.Of(likelihood, theta, directions, errors, accurate);
        for (int i = 0; i < directions.Length; i++)
        {
            for (int j = 0; j < directions.Length; j++)
            {
                hessian[i, j] = -hessian[i, j];
            }
        }

        return SymmetricInverse.OfPositiveDefinite(hessian);
    }

    static double[,] Projected(double[] products, double[][] directions)
    {
        double[,] projected = new double[directions.Length, directions.Length];
        double[] row = new double[Count];
        for (int i = 0; i < directions.Length; i++)
        {
            for (int k = 0; k < Count; k++)
            {
                row[k] = ScoreHessian.Along(directions[i], [.. Enumerable.Range(0, Count).Select(l => products[l * Count + k])]);
            }

            for (int j = 0; j < directions.Length; j++)
            {
                projected[i, j] = ScoreHessian.Along(directions[j], row);
            }
        }

        return projected;
    }

    static double[] NotDefined()
    {
        double[] values = new double[Count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
