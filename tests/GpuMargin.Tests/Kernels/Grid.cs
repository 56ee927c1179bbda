namespace GpuMargin.Tests.Kernels;

/// <summary>Points at which functions are compared.</summary>
static class Grid
{
    /// <summary>Evenly spaced with a seeded displacement inside each step.</summary>
    public static double[] Uniform(double low, double high, int count, int seed = 1)
    {
        Random random = new(seed);
        double[] x = new double[count];
        for (int i = 0; i < count; i++)
        {
            x[i] = low + ((i + random.NextDouble()) / count * (high - low));
        }

        return x;
    }

    /// <summary>Evenly spaced in the logarithm; 0 &lt; low &lt; high.</summary>
    public static double[] Logarithmic(double low, double high, int count, int seed = 1) =>
        [.. Uniform(Math.Log(low), Math.Log(high), count, seed).Select(x => Math.Clamp(Math.Exp(x), low, high))];

    /// <summary>A number, its neighbours in the precision, and their negatives; below zero there are none of its own sign.</summary>
    public static IEnumerable<double> Around(double x, bool single)
    {
        for (int step = -3; step <= 3; step++)
        {
            double near = single
                ? BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits((float)x) + step)
                : BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) + step);
            if (double.IsNaN(near))
            {
                continue;
            }

            yield return near;
            yield return -near;
        }
    }

    /// <summary>Random bit patterns but NaN, and the ends of the format.</summary>
    public static double[] Any(bool single, int count, int seed)
    {
        Random random = new(seed);
        double[] ends = single
            ? [0f, -0f, float.Epsilon, -float.Epsilon, 1.1754942e-38f, 1.17549435e-38f, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, 1, -1]
            : [0d, -0d, double.Epsilon, -double.Epsilon, 2.2250738585072009e-308, 2.2250738585072014e-308, double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity, 1, -1];
        double[] x = new double[count];
        for (int i = 0; i < count; i++)
        {
            double value = i % 8 == 0
                ? ends[random.Next(ends.Length)]
                : single
                    ? BitConverter.Int32BitsToSingle((int)random.NextInt64(1L << 32))
                    : BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            x[i] = double.IsNaN(value) ? i : value;
        }
        return x;
    }

    /// <summary>Elements as many as the lanes want: the last one again at the end.</summary>
    public static double[] Padded(IEnumerable<double> values)
    {
        double[] x = [.. values];
        return [.. x, .. Enumerable.Repeat(x[^1], (16 - (x.Length % 16)) % 16)];
    }
}
