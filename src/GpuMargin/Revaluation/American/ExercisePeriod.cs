using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>A time in which a put of strike one with cash dividends can be exercised with gain, years from today; between periods the next ex-date is worth waiting for.</summary>
readonly record struct ExercisePeriod(double Start, double End)
{
    public double Length => End - Start;

    /// <summary>The periods, the last first, which ends at expiry.</summary>
    /// <param name="terms">With a rate above zero.</param>
    public static IReadOnlyList<ExercisePeriod> Of(ExDateTerms terms)
    {
        List<ExercisePeriod> found = [];
        IReadOnlyList<CashDividend> dividends = terms.Dividends;
        for (int i = dividends.Count; i >= 0; i--)
        {
            double start = i > 0 ? dividends[i - 1].Years : 0, end = i == dividends.Count ? terms.Years : LastMoment(i);
            if (end > start)
            {
                found.Add(new ExercisePeriod(start, end));
            }
        }

        return found;

        // Where the strike with its interest until after an ex-date, as certain, is worth more than the dividends until then.
        double LastMoment(int next)
        {
            double cash = 0, least = double.PositiveInfinity;
            for (int i = next; i < dividends.Count; i++)
            {
                double discount = HostMath.Exp(-terms.Rate * dividends[i].Years);
                cash += dividends[i].Amount * discount;
                least = Math.Min(least, -HostMath.Log(cash + discount) / terms.Rate);
            }

            return least;
        }
    }
}
