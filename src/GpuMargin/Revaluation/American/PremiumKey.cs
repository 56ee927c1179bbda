namespace GpuMargin.Revaluation.American;

/// <summary>Terms of the put of strike one whose premium a surface gives; a call is the put with rate and yield exchanged.</summary>
/// <param name="Rate">r, continuous.</param>
/// <param name="Yield">q, continuous.</param>
/// <param name="Years">To expiry, above zero.</param>
/// <param name="RateHalfRange">R: the surface holds for rates r ± R; zero where the rate does not move.</param>
/// <param name="YieldHalfRange">The same of the yield, which moves with the rate: of a call, where the yield is the rate.</param>
readonly record struct PremiumKey(double Rate, double Yield, double Years, double RateHalfRange, double YieldHalfRange)
{
    /// <summary>Whether rate or yield moves.</summary>
    public bool Moves => RateHalfRange != 0 || YieldHalfRange != 0;

    /// <param name="z">Place in the ranges, −1 … 1.</param>
    public (double Rate, double Yield) At(double z) => (Rate + z * RateHalfRange, Yield + z * YieldHalfRange);
}
