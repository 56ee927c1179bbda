namespace GpuMargin.Tests.Reference;

/// <summary>The zero of an increasing function: Newton's method that falls back to bisection.</summary>
static class Root
{
    const int StepLimit = 300; // more than bisection needs between any two doubles it is used for

    /// <param name="valueAndSlope">Increasing; negative at <paramref name="low"/>, positive at <paramref name="high"/>.</param>
    public static double Newton(Func<double, (double Value, double Slope)> valueAndSlope, double low, double high)
    {
        double x = 0.5 * (low + high);
        for (int step = 0; step < StepLimit; step++)
        {
            (double value, double slope) = valueAndSlope(x);
            if (value == 0)
            {
                return x;
            }

            if (value < 0)
            {
                low = x;
            }
            else
            {
                high = x;
            }

            double next = x - (value / slope);
            if (!(next > low && next < high))
            {
                next = 0.5 * (low + high);
            }

            if (Math.Abs(next - x) <= 2e-16 * Math.Abs(next))
            {
                return next;
            }

            x = next;
        }
        return x;
    }
}
