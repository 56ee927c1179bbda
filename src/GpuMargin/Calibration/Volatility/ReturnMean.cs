namespace GpuMargin.Calibration.Volatility;

/// <summary>The mean of a factor's returns that scenarios carry. Fits and residuals keep the estimated mean whatever is chosen.</summary>
public enum ReturnMean
{
    /// <summary>No drift: a mean of returns is not known well enough to be part of a margin.</summary>
    Zero,

    /// <summary>The mean of the history's returns.</summary>
    Sample,

    /// <summary>The fit's μ.</summary>
    Model,
}
