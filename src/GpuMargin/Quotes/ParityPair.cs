namespace GpuMargin.Quotes;

/// <summary>Call and put of one strike.</summary>
/// <param name="Difference">Value of the call less that of the put, both European.</param>
/// <param name="Spread">Of both together.</param>
readonly record struct ParityPair(double Strike, double Difference, double Spread);
