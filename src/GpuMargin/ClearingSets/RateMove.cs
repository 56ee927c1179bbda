namespace GpuMargin.ClearingSets;

/// <summary>Change of a zero rate under shocks of rate factors: weight × shock of at most two.</summary>
/// <param name="First">Index of a rate factor; −1: the rate stays.</param>
/// <param name="Second">Index of another; −1: none.</param>
readonly record struct RateMove(int First, double Weight, int Second, double SecondWeight)
{
    public static RateMove Of(int factor) => new(factor, factor < 0 ? 0 : 1, -1, 0);
}
