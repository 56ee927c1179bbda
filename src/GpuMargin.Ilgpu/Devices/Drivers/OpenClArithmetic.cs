namespace GpuMargin.Ilgpu.Devices.Drivers;

/// <summary>The floating-point arithmetic that an OpenCL device must promise (CL_DEVICE_SINGLE_FP_CONFIG, CL_DEVICE_DOUBLE_FP_CONFIG).</summary>
/// <remarks>Of double precision OpenCL C demands correctly rounded division and root in any case, and gives it no bit to promise them by.</remarks>
static class OpenClArithmetic
{
    const ulong Denormals = 1 << 0, InfinityAndNaN = 1 << 1, RoundToNearest = 1 << 2, Fma = 1 << 5, CorrectlyRoundedDivideSqrt = 1 << 7;

    static readonly (ulong Bit, string Words)[] s_both =
    [
        (Denormals, "denormals"),
        (InfinityAndNaN, "infinities and NaN"),
        (RoundToNearest, "rounding to nearest"),
        (Fma, "fma"),
    ];

    static readonly (ulong Bit, string Words)[] s_single = [.. s_both, (CorrectlyRoundedDivideSqrt, "correctly rounded division and root")];

    /// <returns>What is not promised, as a sentence; <see langword="null"/>: nothing.</returns>
    internal static string? Lacking(ulong single, ulong twofold)
    {
        string[] missing = [.. Missing("single", single, s_single), .. Missing("double", twofold, s_both)];
        return missing.Length == 0 ? null : $"it does not promise {string.Join(" or ", missing)}, so its results would have other bits";
    }

    static IEnumerable<string> Missing(string precision, ulong promised, (ulong Bit, string Words)[] needed)
    {
        string[] missing = [.. needed.Where(one => (promised & one.Bit) == 0).Select(one => one.Words)];
        return missing.Length == 0 ? [] : [$"{string.Join(", ", missing)} in {precision} precision"];
    }
}
