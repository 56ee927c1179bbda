namespace GpuMargin.Tests.Kernels;

/// <summary>Inputs of every kernel function over its domain, with ends, zeros, denormals and the limits of its selects.</summary>
static class LaneInputs
{
    /// <returns>[input][element].</returns>
    public static double[][] Of(string function, bool single, int count)
    {
        double big = single ? 110 : 760;
        double[] tiny = single ? [1e-45, 1.1754942e-38, 1.17549435e-38] : [5e-324, 2.2250738585072009e-308, 2.2250738585072014e-308];
        double[] ends = [0d, -0d, .. tiny, .. tiny.Select(x => -x), double.PositiveInfinity, double.NegativeInfinity];
        double[] limits = [.. new[] { 87.33, 88.37, 708.39, 709.43, 1, .5 }.SelectMany(x => Grid.Around(x, single))];
        return function switch
        {
            "Exp" or "Expm1" => [Mixed([.. ends, .. limits], Grid.Uniform(-big, big, count / 2), Grid.Logarithmic(tiny[2], 1, count / 2), count)],
            "Density" or "Cumulative" => [Mixed([.. ends, .. limits], Grid.Uniform(-40, 40, count / 2), Grid.Logarithmic(tiny[2], 1, count / 2), count)],
            "Log" => [Mixed(
                [tiny[2], .. Positive(Grid.Around(Math.Sqrt(2), single)), .. Positive(Grid.Around(1, single)), single ? float.MaxValue : double.MaxValue],
                Grid.Logarithmic(tiny[2], single ? 3e38 : 1e308, count / 2), Grid.Uniform(.5, 2, count / 2), count)],
            "LowerQuantile" => [Mixed(
                [Math.ScaleB(1, -33), .5, .. Positive(Grid.Around(.075, single))],
                Grid.Logarithmic(Math.ScaleB(1, -33), .5, count / 2), Grid.Uniform(1e-9, .5, count / 2), count)],
            "FromWord" => [
                Mixed([0, 1, int.MaxValue, 0.075 * 4294967296.0], Round(Grid.Uniform(0, int.MaxValue, count / 2)), Round(Grid.Logarithmic(1, int.MaxValue, count / 2)), count),
                Grid.Any(single, count, 3)],
            "GarchStep" => [
                Mixed([0d, -0d, .. tiny], Grid.Uniform(-9, 9, count / 2), Grid.Uniform(-1e6, 1e6, count / 2), count),
                Grid.Uniform(-.01, .01, count), Grid.Logarithmic(1e-12, 1e-3, count), Grid.Uniform(0, .5, count, 2), Grid.Uniform(0, .9, count, 3),
                Grid.Uniform(0, 1, count, 4), Mixed([0, tiny[0]], Grid.Logarithmic(1e-12, 10, count), Grid.Logarithmic(1e-5, 1e-2, 64), count),
                Mixed([24, -24, 0d, -0d], Grid.Uniform(-25, 25, count), Grid.Uniform(-1, 1, 64), count)],
            "OptionChange" => OptionInputs.Random(single, count, 5),
            "DeltaOneChange" => [
                Mixed([0d, -0d, -1, .. tiny], Grid.Uniform(-1, 3, count), Grid.Logarithmic(1e-9, 1e10, 4096), count),
                Grid.Uniform(-1e5, 1e5, count, 2), Grid.Uniform(-1, 1, count, 3), Grid.Logarithmic(1e-4, 1e4, count, 4),
                Grid.Uniform(-1e4, 1e4, count, 5), Grid.Uniform(-.3, .3, count, 6)],
            "PositionSum" => [Grid.Any(single, count, 7), Grid.Any(single, count, 8), Grid.Any(single, count, 9)],
            "Arithmetic" => [Grid.Any(single, count, 10), Grid.Any(single, count, 11), Grid.Any(single, count, 12)],
            "Exponents" => [
                Mixed([tiny[2], 1, single ? float.MaxValue : double.MaxValue], Grid.Logarithmic(tiny[2], single ? 3e38 : 1e308, count), [1, 2], count),
                Round(Grid.Uniform(single ? -126 : -1022, single ? 127 : 1023, count, 13))],
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "No such function."),
        };
    }

    // The special values, then both grids, each sign of the second where the first has both, shuffled to one column.
    static double[] Mixed(double[] special, double[] first, double[] second, int count)
    {
        double[] x = new double[count];
        double[] pool = [.. special, .. first, .. second, .. special];
        bool signs = first.Any(v => v < 0);
        for (int i = 0; i < count; i++)
        {
            x[i] = pool[i % pool.Length] * (signs && i % 2 == 1 ? -1 : 1);
        }

        x.AsSpan(0, special.Length).Clear();
        special.CopyTo(x, 0);
        special.CopyTo(x, count - special.Length);
        new Random(17).Shuffle(x);
        return x;
    }

    static IEnumerable<double> Positive(IEnumerable<double> values) => values.Where(x => x > 0);

    static double[] Round(double[] values) => [.. values.Select(x => Math.Round(x))];
}
