namespace GpuMargin.Revaluation.American;

/// <summary>A moment before which a call of strike one can be exercised with gain.</summary>
/// <param name="Years">To it, above zero.</param>
/// <param name="ToCome">Value there of its dividend and the later ones.</param>
/// <param name="Cash">Value today of the strike less those, paid there.</param>
/// <param name="Limit">Value today of the gain over waiting where the price is high.</param>
readonly record struct ExDate(double Years, double ToCome, double Cash, double Limit);
