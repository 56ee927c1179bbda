namespace GpuMargin.Revaluation.American;

/// <summary>Terms of the put of strike one whose premium a surface gives; a call is the put with rate and yield exchanged.</summary>
/// <param name="Rate">r, continuous.</param>
/// <param name="Yield">q, continuous.</param>
/// <param name="Years">To expiry, above zero.</param>
/// <param name="RateHalfRange">R: the surface holds for rates r ± R; zero where no rate moves.</param>
/// <param name="YieldMovesWithRate">Of a future's option, whose rate and yield are one number.</param>
readonly record struct PremiumKey(double Rate, double Yield, double Years, double RateHalfRange, bool YieldMovesWithRate)
{
    /// <param name="z">Place in the range of rates, −1 … 1.</param>
    public (double Rate, double Yield) At(double z) =>
        (Rate + z * RateHalfRange, YieldMovesWithRate ? Yield + z * RateHalfRange : Yield);
}
