namespace GpuMargin.Numerics;

/// <summary>A unimodal distribution symmetric about zero.</summary>
interface ISymmetricDistribution
{
    /// <summary>P(X &gt; x) for x ≥ 0, with small relative error in the tail.</summary>
    double UpperTail(double x);

    double Density(double x);

    /// <summary>Derivative of the logarithm of the density.</summary>
    double LogDensitySlope(double x);
}
