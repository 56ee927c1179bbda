using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Terms of the put of strike one whose premium a surface gives; a call is the put with rate and yield exchanged.</summary>
/// <param name="Rate">r today, continuous.</param>
/// <param name="Yield">q today, continuous.</param>
/// <param name="Years">To expiry, above zero.</param>
/// <param name="Span">Of the rates that the surface holds for.</param>
readonly record struct PremiumKey(double Rate, double Yield, double Years, RateSpan Span)
{
    /// <summary>Rate and yield at a coordinate of the span.</summary>
    public (double Rate, double Yield) At(double coordinate) => Span.Motion switch
    {
        RateMotion.Yield => (Rate, Yield + coordinate),
        RateMotion.Rate => (HostMath.Exp(coordinate), Yield),
        RateMotion.Both => (HostMath.Exp(coordinate), HostMath.Exp(coordinate)),
        _ => (Rate, Yield),
    };

    /// <summary>Today's coordinate; a rate that is not above zero has none.</summary>
    public double Today => !Span.IsLogarithm ? 0 : Rate > 0 ? HostMath.Log(Rate) : double.NegativeInfinity;

    /// <summary>Coordinate of equal rate and yield, where the critical price before expiry leaves the strike; NaN: none.</summary>
    public double Kink => Span.Motion switch
    {
        RateMotion.Yield => Rate - Yield,
        RateMotion.Rate when Yield > 0 => HostMath.Log(Yield),
        _ => double.NaN,
    };

    /// <summary>Drift of ln S until expiry where it falls, at the middle of the span; else 0.</summary>
    public double FallingDrift => At(Span.Middle) is var (rate, yield) ? Math.Min(0, (rate - yield) * Years) : 0;

    /// <summary>Whether the premium goes to zero with the rate and stays zero below: with a negative yield it does not.</summary>
    public bool Vanishes => Span.Motion == RateMotion.Both || (Span.Motion == RateMotion.Rate && Yield >= 0);
}
