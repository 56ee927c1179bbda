using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>Options, held: m·V, V the value of two legs A and B.</summary>
abstract class OptionType(string word) : InstrumentType(
    word,
    InstrumentColumn.Strike, InstrumentColumn.Expiry, InstrumentColumn.Right, InstrumentColumn.Exercise,
    InstrumentColumn.Volatility, InstrumentColumn.VolatilityFactor, InstrumentColumn.VolatilitySurface)
{
    /// <summary>+1 call, −1 put.</summary>
    internal static double Sign(Instrument instrument) => instrument.Right == OptionRight.Call ? 1 : -1;

    internal override bool IsHeld => true;

    /// <summary>q to a time, per year.</summary>
    internal virtual double Yield(Instrument instrument, double years) => instrument.DividendYield;

    internal OptionTerms Terms(Instrument instrument, double spot, double years)
    {
        double rate = instrument.RateTo(years);
        double discount = HostMath.Exp(-rate * years);
        double dividends = HostMath.Exp(-Yield(instrument, years) * years);
        double escrowed = EscrowedSpot.Of(instrument, spot, years);
        (double asset, double strike) = Legs(instrument, escrowed, discount, dividends);
        return new OptionTerms(
            HostMath.Log(escrowed / instrument.Strike) + (rate - Yield(instrument, years)) * years,
            asset, strike, instrument.Volatility * Math.Sqrt(years));
    }

    /// <param name="discount">e^(−rT).</param>
    /// <param name="dividends">e^(−qT).</param>
    private protected abstract (double Asset, double Strike) Legs(Instrument instrument, double spot, double discount, double dividends);

    /// <summary>Value per contract less a value, in double precision.</summary>
    /// <param name="right">+1 call, −1 put.</param>
    internal virtual double ValueLess(double right, OptionTerms terms, double value)
    {
        double deviation = Math.Max(terms.Deviation, OptionChange.LeastDeviation(single: false));
        return OptionLegs<Float64>.Of(right, terms.LogMoneyness, terms.Asset, terms.Strike, deviation).ValueLess(Float64.Of(value)).Value;
    }

    internal override double HeldValue(Instrument instrument, RiskFactor underlying) => underlying.Kind == RiskFactorKind.Additive
        ? NormalOptionTerms.Of(instrument, underlying.Level, instrument.YearsToExpiry).Value(Sign(instrument))
        : ValueLess(Sign(instrument), Terms(instrument, underlying.Level, instrument.YearsToExpiry), 0);

    internal override double Delta(Instrument instrument, RiskFactor underlying, double years, double leastDeviation)
    {
        double right = Sign(instrument);
        if (underlying.Kind == RiskFactorKind.Additive)
        {
            return NormalOptionTerms.Of(instrument, underlying.Level, years).Delta(right);
        }

        OptionTerms terms = Terms(instrument, underlying.Level, years);
        double deviation = Math.Max(terms.Deviation, leastDeviation);
        double d1 = right * (terms.LogMoneyness / deviation + 0.5 * deviation);
        double units = instrument.Multiplier * HostMath.Exp(-Yield(instrument, years) * years);
        return right * NormalDistribution.Cumulative(Float64.Of(d1)).Value * units;
    }
}
