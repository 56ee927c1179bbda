using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>What the surfaces of an option of strike one with cash dividends are built for.</summary>
/// <param name="Rate">Not below zero, of a put above.</param>
/// <param name="Years">To expiry.</param>
/// <param name="Dividends">By ex-date, all in the future and none after expiry; shares of the strike.</param>
/// <param name="Low">Lowest volatility that is wanted, a year, above zero.</param>
/// <param name="High">Highest.</param>
/// <param name="LeastLow">Lowest volatility that must be covered.</param>
/// <param name="LeastHigh">Highest.</param>
sealed record ExDateTerms(
    double Rate, double Years, IReadOnlyList<CashDividend> Dividends, double Low, double High, double LeastLow, double LeastHigh)
{
    /// <summary>Gain at an ex-date that the solver counts.</summary>
    public const double Least = 1e-10;

    /// <summary>Ex-dates at which exercise can pay, the last first; others are never better than waiting.</summary>
    /// <param name="least">Gain that counts, a share of the strike.</param>
    public IReadOnlyList<ExDate> ExDates(double least)
    {
        List<ExDate> found = [];
        double best = HostMath.Exp(-Rate * Years), toCome = 0, after = Years;
        for (int i = Dividends.Count - 1; i >= 0; i--)
        {
            (double years, double amount) = Dividends[i];
            toCome = amount + toCome * HostMath.Exp(-Rate * (after - years));
            after = years;
            double cash = HostMath.Exp(-Rate * years) * (1 - toCome);
            if (best - cash > least)
            {
                found.Add(new ExDate(years, toCome, cash, best - cash));
                best = cash;
            }
        }

        return found;
    }

    /// <summary>Certain value of a put where the price is zero: exercised today or after the best ex-date.</summary>
    public double MostOfPut()
    {
        double cash = 0, most = 0;
        for (int i = Dividends.Count - 1; i >= -1; i--)
        {
            double years = i < 0 ? 0 : Dividends[i].Years;
            most = Math.Max(most, HostMath.Exp(-Rate * years) - cash);
            cash += i < 0 ? 0 : Dividends[i].Amount * HostMath.Exp(-Rate * years);
        }

        return most;
    }

    public bool Equals(ExDateTerms? other) =>
        other is not null && (Rate, Years, Low, High, LeastLow, LeastHigh) == (other.Rate, other.Years, other.Low, other.High, other.LeastLow, other.LeastHigh)
        && Dividends.SequenceEqual(other.Dividends);

    public override int GetHashCode() => HashCode.Combine(Rate, Years, Low, High, Dividends.Count);
}
