using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Exponential and logarithm in IEEE operations only, so that every processor and device gives the same bits.</summary>
/// <remarks>
/// Relative errors, tested over the stated domains: exp and expm1 ≤ 2 units in the last place, log ≤ 2.
/// </remarks>
static class Elementary
{
    /// <summary>e^x. Zero where the result would be below the smallest normal number, +∞ where it would overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : unmanaged, ILane<T> =>
        T.SelectGreater(x, T.Of(T.IsSingle ? 88.37 : 709.43), T.Of(double.PositiveInfinity), ExpOfNonPositive(x));

    /// <summary>e^x for x ≤ 0, as <see cref="Exp"/> gives it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpOfNonPositive<T>(T x)
        where T : unmanaged, ILane<T>
    {
        // Beyond the range the integer part leaves the exponent field; the selections replace what comes of it.
        T fp = ReducedExpm1(x, out T shifted);
        T scale = T.ScaleBits(T.Of(1), shifted);
        T y = T.Fma(scale, fp, scale);
        return T.SelectGreater(T.Of(T.IsSingle ? -87.33 : -708.39), x, T.Of(0), y);
    }

    /// <summary>e^x − 1 without cancellation near zero; −1 and +∞ at the ends of the range of <see cref="Exp"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Expm1<T>(T x)
        where T : unmanaged, ILane<T>
    {
        T fp = ReducedExpm1(Clamp(x), out T shifted);
        T scale = T.ScaleBits(T.Of(1), shifted);
        T y = T.Fma(scale, fp, scale - T.Of(1));
        return T.SelectGreater(x, T.Of(T.IsSingle ? 88.37 : 709.43), T.Of(double.PositiveInfinity), y);
    }

    /// <summary>Natural logarithm; x normal, positive and finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : unmanaged, ILane<T>
    {
        T exponent = T.Exponent(x);
        T m = T.Significand(x);
        T root2 = T.Of(1.4142135623730951);
        exponent = T.SelectGreater(m, root2, exponent + T.Of(1), exponent);
        m = T.SelectGreater(m, root2, m * T.Of(0.5), m);

        // ln m = 2·artanh(s), s = f/(2 + f), as f − s·(f − tail): the leading term is exact (the arrangement of fdlibm's log).
        T f = m - T.Of(1);
        T s = f / (T.Of(2) + f);
        T s2 = s * s;
        T logM = T.Fnma(s, T.Fnma(s2, ArtanhTail(s2), f), f);
        // ln 2 in two parts: the first has trailing zeros, so its product with an exponent is exact.
        T high = T.Of(T.IsSingle ? 0.693359375 : 0.69314718036912382);
        T low = T.Of(T.IsSingle ? -2.1219444005469058e-4 : 1.9082149292705877e-10);
        return T.Fma(exponent, high, T.Fma(exponent, low, logM));
    }

    // f·P(f) ≈ e^f − 1 with x = n·ln 2 + f; n stays in the low bits of `shifted`.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T ReducedExpm1<T>(T x, out T shifted)
        where T : unmanaged, ILane<T>
    {
        T magic = T.Of(T.IsSingle ? 12582912.0 : 6755399441055744.0); // 1.5·2^23, 1.5·2^52
        shifted = T.Fma(x, T.Of(1.4426950408889634), magic);
        T n = shifted - magic;
        T f = T.Fma(n, T.Of(T.IsSingle ? -0.693359375 : -0.69314718036912382), x);
        f = T.Fma(n, T.Of(T.IsSingle ? 2.1219444005469058e-4 : -1.9082149292705877e-10), f);

        T p;
        if (T.IsSingle)
        {
            // Chebyshev fit of expm1(f)/f on |f| ≤ ln(2)/2, error 1.1e-8.
            p = T.Of(1.393364103198670115e-3);
            p = T.Fma(p, f, T.Of(8.3691484908563465866e-3));
            p = T.Fma(p, f, T.Of(0.041666465006040048761));
            p = T.Fma(p, f, T.Of(0.1666650526040812349));
            p = T.Fma(p, f, T.Of(0.5000000013457727153));
        }
        else
        {
            // The same, error 2.4e-19.
            p = T.Of(2.0918129454967065736e-9);
            p = T.Fma(p, f, T.Of(2.5110037605963777712e-8));
            p = T.Fma(p, f, T.Of(2.7557263301474754518e-7));
            p = T.Fma(p, f, T.Of(2.7557240918578969823e-6));
            p = T.Fma(p, f, T.Of(2.4801587336421322573e-5));
            p = T.Fma(p, f, T.Of(1.9841269890047113707e-4));
            p = T.Fma(p, f, T.Of(1.3888888888879081845e-3));
            p = T.Fma(p, f, T.Of(8.3333333333196006109e-3));
            p = T.Fma(p, f, T.Of(0.041666666666666676764));
            p = T.Fma(p, f, T.Of(0.16666666666666680806));
            p = T.Fma(p, f, T.Of(0.49999999999999999998));
        }

        // The last coefficient is 1: f + f²·(…) keeps the leading term exact.
        return T.Fma(f * f, p, f);
    }

    // Beyond these the integer part would leave the exponent field; the callers replace the result.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Clamp<T>(T x)
        where T : unmanaged, ILane<T>
    {
        T low = T.Of(T.IsSingle ? -87.33 : -708.39);
        T high = T.Of(T.IsSingle ? 88.37 : 709.43);
        return T.SelectGreater(x, high, high, T.SelectGreater(low, x, low, x));
    }

    // (ln((1 + s)/(1 − s)) − 2s)/s³ = 2/3 + 2/5·s² + 2/7·s⁴ + …; s² ≤ 0.0295 leaves the first term dropped below half an ulp.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T ArtanhTail<T>(T s2)
        where T : unmanaged, ILane<T>
    {
        T p;
        if (T.IsSingle)
        {
            p = T.Of(2.0 / 9);
        }
        else
        {
            p = T.Of(2.0 / 23);
            p = T.Fma(p, s2, T.Of(2.0 / 21));
            p = T.Fma(p, s2, T.Of(2.0 / 19));
            p = T.Fma(p, s2, T.Of(2.0 / 17));
            p = T.Fma(p, s2, T.Of(2.0 / 15));
            p = T.Fma(p, s2, T.Of(2.0 / 13));
            p = T.Fma(p, s2, T.Of(2.0 / 11));
            p = T.Fma(p, s2, T.Of(2.0 / 9));
        }

        p = T.Fma(p, s2, T.Of(2.0 / 7));
        p = T.Fma(p, s2, T.Of(2.0 / 5));
        return T.Fma(p, s2, T.Of(2.0 / 3));
    }
}
