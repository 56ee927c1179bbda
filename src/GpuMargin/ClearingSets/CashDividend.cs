namespace GpuMargin.ClearingSets;

/// <summary>One dividend of known amount.</summary>
/// <param name="Years">To the ex-date, above zero: in a clearing set from <see cref="RunSettings.AsOf"/>, days of 365. Exercise at this moment still gets the dividend.</param>
/// <param name="Amount">Not below zero, in the unit of the underlying's price.</param>
public readonly record struct CashDividend(double Years, double Amount);
