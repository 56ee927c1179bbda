namespace GpuMargin.ClearingSets.Policy;

/// <summary>One row of collateral.csv.</summary>
/// <param name="Account">Index into <see cref="ClearingSet.Accounts"/>.</param>
/// <param name="Factor">Index of the price factor held; −1 for cash.</param>
/// <param name="Currency">Of the cash, or that in which the factor is quoted: the run's or one of its fx.</param>
/// <param name="Quantity">Amount of cash, or units of the factor; 0 or more.</param>
/// <param name="Haircut">Share of the value that does not count, 0 to 1: the row's, else the policy's, else 0 for cash in run currency and for what is valued in the simulation.</param>
public readonly record struct CollateralHolding(int Account, int Factor, string Currency, double Quantity, double Haircut);
