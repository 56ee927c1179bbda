using GpuMargin.Numerics;

namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>Instruments whose value is that of a forward, m·F, or of its reciprocal, −m/F; F = S without an expiry.</summary>
abstract class DeltaOneType(string word, params InstrumentColumn[] columns) : InstrumentType(word, columns)
{
    internal override bool AllowsAdditive => !IsInverse;

    /// <summary>Change in value is scale·(e^±y − 1) + carry, y the log-return of the forward; of an additive price scale·x + carry, x its move.</summary>
    /// <param name="years">To expiry at the revaluation date.</param>
    internal (double Scale, double Carry) Change(Instrument instrument, RiskFactor underlying, double years)
    {
        double m = instrument.Multiplier;
        double today = Forward(instrument, EscrowedSpot.Of(instrument, underlying.Level, instrument.YearsToExpiry), instrument.YearsToExpiry);
        double later = Forward(instrument, EscrowedSpot.Of(instrument, underlying.Level, years), years);
        return underlying.Kind == RiskFactorKind.Additive ? (m * Forward(instrument, 1, years), m * (later - today))
            : IsInverse
            ? (-m / later, m * ((later - today) / (later * today)))
            : (m * Forward(instrument, Moving(instrument, underlying, years), years), m * (later - today));
    }

    internal override double HeldValue(Instrument instrument, RiskFactor underlying) => 0;

    internal override double Delta(Instrument instrument, RiskFactor underlying, double years, double leastDeviation)
    {
        double scale = Change(instrument, underlying, years).Scale;
        return IsInverse ? -scale : underlying.Kind == RiskFactorKind.Additive ? scale : scale / Moving(instrument, underlying, years);
    }

    // What grows: S, or S* where a rate moves what S* is carried at. Without one the dividends cancel in the move of the forward (S − E)·e^((r − q)·T).
    static double Moving(Instrument instrument, RiskFactor underlying, double years) =>
        instrument.RateMove(years).First < 0 ? underlying.Level : EscrowedSpot.Of(instrument, underlying.Level, years);

    double Forward(Instrument instrument, double spot, double years) => Has(InstrumentColumn.Expiry)
        ? spot * HostMath.Exp((instrument.RateTo(years) - instrument.DividendYield) * years)
        : spot;
}
