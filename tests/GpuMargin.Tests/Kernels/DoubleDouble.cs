namespace GpuMargin.Tests.Kernels;

/// <summary>An unevaluated sum of two doubles: about 31 decimal digits (Dekker 1971; Joldes, Muller and Popescu 2017).</summary>
readonly record struct DoubleDouble(double High, double Low)
{
    public static implicit operator DoubleDouble(double x) => new(x, 0);

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble s = Sum(a.High, b.High);
        DoubleDouble t = Sum(a.Low, b.Low);
        DoubleDouble v = FastSum(s.High, s.Low + t.High);
        return FastSum(v.High, t.Low + v.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double high = a.High * b.High;
        double low = Math.FusedMultiplyAdd(a.High, b.High, -high);
        return FastSum(high, low + Math.FusedMultiplyAdd(a.High, b.Low, a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double q = a.High / b.High;
        DoubleDouble rest = a - (b * q);
        double q2 = rest.High / b.High;
        return FastSum(q, q2) + ((rest - (b * q2)).High / b.High);
    }

    /// <summary>x·2ⁿ, exact while both parts stay normal.</summary>
    public DoubleDouble Scale(int n) => new(Math.ScaleB(High, n), Math.ScaleB(Low, n));

    /// <summary>Distance of <paramref name="x"/> from this number.</summary>
    public double Distance(double x) => Math.Abs(x - High - Low);

    /// <summary><see cref="Distance"/> in units in the last place of this number's binary64 (or binary32) neighbourhood.</summary>
    public double UnitsAway(double x, bool single = false) =>
        Distance(x) / Math.ScaleB(1, Math.ILogB(High) - (single ? 23 : 52));

    static DoubleDouble Sum(double a, double b)
    {
        double s = a + b;
        double t = s - a;
        return new(s, a - (s - t) + (b - t));
    }

    static DoubleDouble FastSum(double a, double b)
    {
        double s = a + b;
        return new(s, b - (s - a));
    }
}
