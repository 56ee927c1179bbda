namespace GpuMargin.Calibration.Dependence;

/// <summary>Robust standard errors of two parameters, H⁻¹·J·H⁻¹ with the Hessian H of the log-likelihood and the days' scores J, by central differences (White 1982).</summary>
static class SandwichErrors
{
    /// <summary>Step as a share of the distance to the nearest bound: large against rounding, small against the likelihood's own scale.</summary>
    const double RelativeStep = 0.02;

    /// <returns>NaN when the Hessian is not negative definite.</returns>
    public static (double A, double B) Of(Func<double, double, double[]> logs, double[] atMaximum, double a, double b)
    {
        double h = RelativeStep * Math.Min(Math.Min(a, b), 1 - a - b);
        (double[] up, double[] down) = (logs(a + h, b), logs(a - h, b));
        (double[] right, double[] left) = (logs(a, b + h), logs(a, b - h));
        (double[] both, double[] neither) = (logs(a + h, b + h), logs(a - h, b - h));
        (double haa, double hab, double hbb) = (0, 0, 0);
        (double jaa, double jab, double jbb) = (0, 0, 0);
        for (int day = 0; day < atMaximum.Length; day++)
        {
            double twice = 2 * atMaximum[day];
            haa += up[day] + down[day] - twice;
            hbb += right[day] + left[day] - twice;
            hab += (both[day] + neither[day] + twice - up[day] - down[day] - right[day] - left[day]) / 2;
            double scoreA = (up[day] - down[day]) / 2;
            double scoreB = (right[day] - left[day]) / 2;
            jaa += scoreA * scoreA;
            jab += scoreA * scoreB;
            jbb += scoreB * scoreB;
        }

        double determinant = haa * hbb - hab * hab;
        if (!(haa < 0) || !(determinant > 0))
        {
            return (double.NaN, double.NaN);
        }

        // The differences carry h² in H and h in the scores, so H⁻¹·J·H⁻¹ is to be multiplied by h².
        double varianceA = (hbb * hbb * jaa - 2 * hbb * hab * jab + hab * hab * jbb) / (determinant * determinant);
        double varianceB = (hab * hab * jaa - 2 * haa * hab * jab + haa * haa * jbb) / (determinant * determinant);
        return (h * Math.Sqrt(varianceA), h * Math.Sqrt(varianceB));
    }
}
