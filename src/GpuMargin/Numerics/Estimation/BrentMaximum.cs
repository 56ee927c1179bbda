namespace GpuMargin.Numerics.Estimation;

/// <summary>Maximum of a function of one variable on an interval: golden sections and parabolas (Brent 1973, chapter 5). MathNet.Numerics' golden section leaves the interval when the maximum lies on its edge.</summary>
static class BrentMaximum
{
    const int StepsAtMost = 200;

    static readonly double s_goldenSection = (3 - Math.Sqrt(5)) / 2;

    /// <returns>Where the maximum lies, to within <paramref name="tolerance"/>; inside the interval even when its edge is higher.</returns>
    public static double Of(Func<double, double> function, double low, double high, double tolerance)
    {
        double best = low + s_goldenSection * (high - low);
        (double second, double third) = (best, best);
        double atBest = function(best);
        (double atSecond, double atThird) = (atBest, atBest);
        double step = 0;
        double stepBefore = 0;
        for (int i = 0; i < StepsAtMost; i++)
        {
            double middle = (low + high) / 2;
            if (Math.Abs(best - middle) <= 2 * tolerance - (high - low) / 2)
            {
                break;
            }

            double a = (best - second) * (atBest - atThird);
            double b = (best - third) * (atBest - atSecond);
            double parabola = ((best - third) * b - (best - second) * a) / (2 * (a - b));
            bool usable = Math.Abs(parabola) < Math.Abs(stepBefore) / 2 && best + parabola > low && best + parabola < high;
            stepBefore = usable ? step : best < middle ? high - best : low - best;
            step = usable ? parabola : s_goldenSection * stepBefore;
            double trial = best + (Math.Abs(step) >= tolerance ? step : Math.CopySign(tolerance, step));
            double atTrial = function(trial);
            if (atTrial >= atBest)
            {
                (low, high) = trial < best ? (low, best) : (best, high);
                (third, atThird, second, atSecond, best, atBest) = (second, atSecond, best, atBest, trial, atTrial);
                continue;
            }

            (low, high) = trial < best ? (trial, high) : (low, trial);
            if (atTrial >= atSecond || second == best)
            {
                (third, atThird, second, atSecond) = (second, atSecond, trial, atTrial);
            }
            else if (atTrial >= atThird || third == best || third == second)
            {
                (third, atThird) = (trial, atTrial);
            }
        }

        return best;
    }
}
