using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>A range of logarithms, mapped to [−1, 1].</summary>
readonly record struct LogRange(double Middle, double HalfWidth)
{
    public static LogRange Between(double low, double high)
    {
        double a = HostMath.Log(low), b = HostMath.Log(high);
        return new LogRange((a + b) / 2, (b - a) / 2);
    }

    /// <summary>Lowest logarithm.</summary>
    public double Start => Middle - HalfWidth;

    /// <summary>Highest logarithm.</summary>
    public double End => Middle + HalfWidth;

    /// <summary>Within [−1, 1]; outside the range its end.</summary>
    public double PlaceOf(double logarithm) => HalfWidth == 0 ? 0 : Math.Clamp((logarithm - Middle) / HalfWidth, -1, 1);

    public double At(double place) => HostMath.Exp(Middle + HalfWidth * place);

    public (LogRange Lower, LogRange Upper) Halves() =>
        (new(Middle - HalfWidth / 2, HalfWidth / 2), new(Middle + HalfWidth / 2, HalfWidth / 2));
}
