using System.Globalization;

namespace GpuMargin.Benchmarks.Config;

/// <summary>Proof before timing: a benchmark's setup throws where a result is wrong.</summary>
static class Parity
{
    /// <summary>Every bit equal; NaN is never right.</summary>
    public static void RequireEqualBits(ReadOnlySpan<double> expected, ReadOnlySpan<double> found, string what)
    {
        RequireSameLength(expected.Length, found.Length, what);
        for (int i = 0; i < expected.Length; i++)
        {
            if (double.IsNaN(found[i]) || BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(found[i]))
            {
                throw Wrong(what, i, expected[i], found[i], 0);
            }
        }
    }

    /// <param name="tolerance">Absolute, per element.</param>
    public static void RequireClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> found, ReadOnlySpan<double> tolerance, string what)
    {
        RequireSameLength(expected.Length, found.Length, what);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - found[i]) <= tolerance[i]))
            {
                throw Wrong(what, i, expected[i], found[i], tolerance[i]);
            }
        }
    }

    public static void RequireEqual<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> found, string what)
        where T : IEquatable<T>
    {
        if (!expected.SequenceEqual(found))
        {
            throw new InvalidOperationException($"{what}: not equal, so not timed.");
        }
    }

    /// <summary>Guards against comparing nothing with nothing.</summary>
    public static void RequireMoved(ReadOnlySpan<double> values, string what)
    {
        if (!values.ContainsAnyExcept(0))
        {
            throw new InvalidOperationException($"{what}: all zero, so not timed.");
        }
    }

    static void RequireSameLength(int expected, int found, string what)
    {
        if (expected != found || expected == 0)
        {
            throw new InvalidOperationException($"{what}: {found} values, expected {expected}, so not timed.");
        }
    }

    static InvalidOperationException Wrong(string what, int index, double expected, double found, double tolerance) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{what}: value {index} is {found:R}, expected {expected:R} within {tolerance:R}, so not timed."));
}
