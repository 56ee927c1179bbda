using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>American put on an underlying with cash dividends, S* = S − PV(D) lognormal, by finite differences.</summary>
/// <remarks>
/// Exercise gives K − S* − PV of the dividends to come, so that waiting for an ex-date can be better than exercise: each interval between two of them has
/// its own exercise region. The grid is one of ln S* around today's and holds the premium over the European value, which has no kink at the
/// strike; a step is Crank and Nicolson's, and its inequality is solved directly (Brennan and Schwartz 1977), from the exercise region upwards.
/// </remarks>
sealed class DividendPut
{
    const double Deviations = 8;
    const int LeastSteps = 16;

    readonly EscrowedEuropean european;
    readonly double years;
    readonly CashDividend[] dividends;
    readonly double[] prices, logPrices, premium, obstacle, eliminated, right;
    readonly int middle;
    readonly double step;

    /// <param name="dividends">By ex-date, none after expiry.</param>
    /// <param name="price">S* today.</param>
    /// <param name="size">Nodes to a standard deviation at expiry; the intervals of time are four times as many.</param>
    public DividendPut(EscrowedEuropean european, double years, IReadOnlyList<CashDividend> dividends, double price, int size)
    {
        (this.european, this.years, this.dividends) = (european, years, [.. dividends]);
        middle = (int)Deviations * size;
        step = european.Volatility * Math.Sqrt(years) / size;
        logPrices = [.. Enumerable.Range(-middle, 2 * middle + 1).Select(i => HostMath.Log(price) + i * step)];
        prices = [.. logPrices.Select(HostMath.Exp)];
        (premium, obstacle, eliminated, right) = (new double[prices.Length], new double[prices.Length], new double[prices.Length], new double[prices.Length]);
        Solve(4 * size);
        (Premium, Exercised) = (premium[middle], premium[middle] == obstacle[middle]);
        CriticalPrice = Critical();
    }

    public double Premium { get; }

    /// <summary>Whether exercise today is best.</summary>
    public bool Exercised { get; }

    /// <summary>S* at and below which exercise today is best; <see langword="null"/>: at none, or at none that is near.</summary>
    public double? CriticalPrice { get; }

    /// <summary>First two derivatives of the premium by S*.</summary>
    public (double Delta, double Gamma) Slopes()
    {
        double price = prices[middle];
        double slope = (premium[middle + 1] - premium[middle - 1]) / (2 * step);
        double curvature = (premium[middle + 1] - 2 * premium[middle] + premium[middle - 1]) / (step * step);
        return (slope / price, (curvature - slope) / (price * price));
    }

    void Solve(int steps)
    {
        double interval = years;
        double best = 0; // of the later moments that S* = 0 can be exercised at, the value today
        for (int next = dividends.Length; next >= 0; next--)
        {
            double start = next > 0 ? dividends[next - 1].Years : 0, length = interval - start;
            int parts = Math.Max(LeastSteps, (int)Math.Ceiling(steps * length / years));
            double time = interval;
            for (int part = 1; part <= parts && length > 0; part++)
            {
                double share = (double)part / parts;
                double earlier = part == parts ? start : interval - length * (next == dividends.Length ? share * share : share);
                Step(time, earlier, next, ref best);
                time = earlier;
            }

            interval = start;
        }
    }

    // From a time to an earlier one, the dividends from `next` on still to come.
    void Step(double time, double earlier, int next, ref double best)
    {
        double toCome = 0;
        for (int i = next; i < dividends.Length; i++)
        {
            toCome += dividends[i].Amount * HostMath.Exp(-european.Rate * (dividends[i].Years - earlier));
        }

        double grown = HostMath.Exp(european.Rate * earlier);
        best = Math.Max(best, (european.Strike - toCome) / grown);
        for (int i = 0; i < prices.Length; i++)
        {
            double exercised = european.Strike - toCome - prices[i];
            obstacle[i] = exercised > 0 ? exercised - european.At(prices[i], years - earlier).Value : double.NegativeInfinity;
        }

        double half = 0.5 * (time - earlier), variance = european.Volatility * european.Volatility;
        double diffusion = half * 0.5 * variance / (step * step), drift = half * (european.Rate - 0.5 * variance) / (2 * step), decay = half * european.Rate;
        double down = diffusion - drift, up = diffusion + drift, own = 2 * diffusion + decay;
        int last = prices.Length - 1;
        double lowest = Math.Max(0, best * grown - prices[0] - european.At(prices[0], years - earlier).Value);
        (eliminated[last], right[last]) = (1, 0);
        for (int i = last - 1; i > 0; i--)
        {
            double share = i + 1 == last ? 0 : up / eliminated[i + 1];
            eliminated[i] = 1 + own - share * down;
            right[i] = down * premium[i - 1] + (1 - own) * premium[i] + up * premium[i + 1] + share * right[i + 1];
        }

        (premium[0], premium[last]) = (lowest, 0);
        for (int i = 1; i < last; i++)
        {
            premium[i] = Math.Max(obstacle[i], (right[i] + down * premium[i - 1]) / eliminated[i]);
        }
    }

    // Between the last node that is exercised and the next, where what waiting is worth above exercise is a parabola in ln S* from zero.
    double? Critical()
    {
        int last = premium.Length - 2;
        while (last > 0 && premium[last] != obstacle[last])
        {
            last--;
        }

        if (last == 0 || double.IsNegativeInfinity(obstacle[last + 2]))
        {
            return null;
        }

        double near = Math.Sqrt(Math.Max(0, premium[last + 1] - obstacle[last + 1])), far = Math.Sqrt(Math.Max(0, premium[last + 2] - obstacle[last + 2]));
        double share = far > near ? Math.Clamp(1 - near / (far - near), 0, 1) : 0;
        return HostMath.Exp(logPrices[last] + share * step);
    }
}
