using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>American call on an underlying with cash dividends, S* = S − PV(D) lognormal, at a rate not below zero.</summary>
/// <remarks>
/// It is exercised just before an ex-date or not at all. Its value is the European one and, of every ex-date, the discounted mean of what exercise is
/// worth there above waiting, max(0, S* + PV of dividends to come − K − value after the ex-date); the last ex-date is solved first (Roll 1977).
/// </remarks>
sealed class DividendCall
{
    const double Deviations = 10;

    // Of a panel's polynomial, a share of the strike.
    const double Tolerance = 1e-13;

    readonly EscrowedEuropean european;
    readonly double years;
    readonly List<ExerciseGain> gains = []; // of the last ex-date first

    /// <param name="dividends">By ex-date, none after expiry.</param>
    /// <param name="price">S* today.</param>
    public DividendCall(EscrowedEuropean european, double years, IReadOnlyList<CashDividend> dividends, double price)
    {
        (this.european, this.years) = (european, years);
        double width = 1 + Deviations * european.Volatility * Math.Sqrt(years);
        double least = HostMath.Log(Math.Min(price, european.Strike)) - width, most = HostMath.Log(Math.Max(price, european.Strike)) + width;
        double toCome = 0, after = years;
        for (int i = dividends.Count - 1; i >= 0; i--)
        {
            double exDate = dividends[i].Years;
            toCome = dividends[i].Amount + toCome * HostMath.Exp(-european.Rate * (after - exDate));
            after = exDate;
            double exercised = toCome - european.Strike;
            double Gain(double logPrice) => HostMath.Exp(logPrice) + exercised - At(logPrice, exDate);
            if (Gain(most) > Tolerance * european.Strike)
            {
                double first = Gain(least) >= 0 ? least : Root(Gain, least, most);
                gains.Add(new ExerciseGain(exDate, first, most, Gain, Tolerance * european.Strike));
                CriticalPrice = HostMath.Exp(first) + toCome;
            }
        }
    }

    /// <summary>Spot just before the first ex-date at which exercise can pay, at and above which it does; <see langword="null"/>: at none.</summary>
    public double? CriticalPrice { get; }

    /// <summary>Value of the right to exercise early and its first two derivatives by S*.</summary>
    public (double Value, double Delta, double Gamma) Premium(double price)
    {
        (double value, double slope, double curvature) = Mean(HostMath.Log(price), 0);
        return (value, slope / price, (curvature - slope) / (price * price));
    }

    // Value after an ex-date, when the gains of all later ones are known.
    double At(double logPrice, double time) => european.At(HostMath.Exp(logPrice), years - time).Value + Mean(logPrice, time).Value;

    (double Value, double Slope, double Curvature) Mean(double logPrice, double time)
    {
        double value = 0, slope = 0, curvature = 0;
        foreach (ExerciseGain gain in gains)
        {
            double passed = gain.Years - time, discount = HostMath.Exp(-european.Rate * passed);
            double deviation = european.Volatility * Math.Sqrt(passed);
            (double v, double s, double c) = gain.Mean(logPrice, european.Rate * passed - 0.5 * deviation * deviation, deviation);
            value += discount * v;
            slope += discount * s;
            curvature += discount * c;
        }

        return (value, slope, curvature);
    }

    // Of a function that grows from below zero to above it: halved down to rounding.
    static double Root(Func<double, double> function, double below, double above)
    {
        for (int step = 0; step < 60; step++)
        {
            double middle = below + (above - below) / 2;
            (below, above) = function(middle) < 0 ? (middle, above) : (below, middle);
        }

        return above;
    }
}
