using GpuMargin.Kernels;
using GpuMargin.Numerics;

namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>S*, the underlying less its cash dividends up to an instrument's expiry.</summary>
/// <remarks>
/// A moved S is a total return: it holds the dividends that went ex on the way, with interest, and the price without them is lower by just that. So all
/// dividends up to expiry are taken off, valued at the day on which the instrument is read, whether they went ex before it or not.
/// </remarks>
static class EscrowedSpot
{
    /// <param name="spot">S, with the dividends that went ex since the as-of time.</param>
    /// <param name="years">To expiry on the day on which the instrument is read.</param>
    public static double Of(Instrument instrument, double spot, double years)
    {
        if (instrument.Dividends.Count == 0 || !instrument.Type.Has(InstrumentColumn.Expiry))
        {
            return spot;
        }

        double cash = Cash(instrument, instrument.YearsToExpiry - years);
        return cash == 0 ? spot : Math.Max(spot - cash, EscrowedReturn.Floor * spot);
    }

    /// <summary>Value of the dividends up to expiry, at the instrument's rate.</summary>
    /// <param name="aged">Years since the as-of time.</param>
    public static double Cash(Instrument instrument, double aged)
    {
        double cash = 0;
        foreach (CashDividend dividend in instrument.Dividends)
        {
            if (dividend.Years <= instrument.YearsToExpiry)
            {
                cash += dividend.Amount * HostMath.Exp(instrument.RateTo(Math.Abs(aged - dividend.Years)) * (aged - dividend.Years));
            }
        }

        return cash;
    }
}
