using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Standard normal density, distribution and quantile.</summary>
static class NormalDistribution
{
    /// <summary>φ(x); ≤ (2 + x²) units in the last place from the smallest normal number up, zero below 0.402 of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Density<T>(T x)
        where T : unmanaged, ILane<T> =>
        T.Of(0.39894228040143268) * Elementary.ExpOfNonPositive(x * x * T.Of(-0.5));

    /// <summary>
    /// Φ(x). Absolute error ≤ 2e-7 (single) or 5e-16 (double); relative error of the lower tail ≤ 1e-5 (single) or
    /// (4 + x²)·2.5e-16 (double) down to the smallest normal number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cumulative<T>(T x)
        where T : unmanaged, ILane<T>
    {
        T u = T.Of(1) / MillsDenominator(T.Abs(x));
        T density = Density(x);
        T ratio = MillsRatio(u);
        return T.SelectGreater(x, T.Of(0), T.Fnma(density, ratio, T.Of(1)), density * ratio);
    }

    /// <summary>1 + |x|/k, whose reciprocal u is the variable of <see cref="MillsRatio"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MillsDenominator<T>(T absoluteX)
        where T : unmanaged, ILane<T> =>
        T.Fma(absoluteX, T.Of(1 / (T.IsSingle ? 3.5 : 4.5)), T.Of(1));

    /// <summary>Mills' ratio Φ(−x)/φ(x), x ≥ 0, from u = 1/(1 + x/k).</summary>
    /// <remarks>
    /// u·Q(t), t = 1 − 2u. Single: degree 7, weighted minimax on 0 ≤ x ≤ 14, |error|·φ(x) ≤ 4.5e-10, relative error ≤ 4.5e-6.
    /// Double: degree 20, Chebyshev on 0 ≤ x ≤ 39, relative error 3.0e-16. Beyond, φ(x) is zero in the lane's precision.
    /// The form is Hastings' (Abramowitz and Stegun 26.2.17) with the variable centred.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MillsRatio<T>(T u)
        where T : unmanaged, ILane<T>
    {
        T t = T.Fma(T.Of(-2), u, T.Of(1));
        T q;
        if (T.IsSingle)
        {
            q = T.Of(-0.00073976586);
            q = T.Fma(q, t, T.Of(-0.00238343142));
            q = T.Fma(q, t, T.Of(0.00480508518));
            q = T.Fma(q, t, T.Of(0.0125910176));
            q = T.Fma(q, t, T.Of(-0.0831020456));
            q = T.Fma(q, t, T.Of(0.225885794));
            q = T.Fma(q, t, T.Of(-0.405048976));
            q = T.Fma(q, t, T.Of(0.533135056));
        }
        else
        {
            q = T.Of(-2.6125071152847013603e-9);
            q = T.Fma(q, t, T.Of(-1.5059465579456763635e-9));
            q = T.Fma(q, t, T.Of(3.1177108674562414187e-8));
            q = T.Fma(q, t, T.Of(3.1631023754556756457e-8));
            q = T.Fma(q, t, T.Of(-2.0184166346493986879e-7));
            q = T.Fma(q, t, T.Of(-2.7420352220781260039e-7));
            q = T.Fma(q, t, T.Of(1.1870690646873483945e-6));
            q = T.Fma(q, t, T.Of(1.7736087685003199109e-6));
            q = T.Fma(q, t, T.Of(-7.9269097080235003035e-6));
            q = T.Fma(q, t, T.Of(-8.8736680313538816523e-6));
            q = T.Fma(q, t, T.Of(6.241015824901088436e-5));
            q = T.Fma(q, t, T.Of(3.5540848440406553172e-6));
            q = T.Fma(q, t, T.Of(-5.1121081596919467353e-4));
            q = T.Fma(q, t, T.Of(9.7414853853939192982e-4));
            q = T.Fma(q, t, T.Of(2.352673033359333182e-3));
            q = T.Fma(q, t, T.Of(-0.018867294203886633957));
            q = T.Fma(q, t, T.Of(0.062043281304127549081));
            q = T.Fma(q, t, T.Of(-0.14100719849938775826));
            q = T.Fma(q, t, T.Of(0.24868677834041279349));
            q = T.Fma(q, t, T.Of(-0.35664182331136340629));
            q = T.Fma(q, t, T.Of(0.42514116088406365288));
        }

        return u * q;
    }

    /// <summary>Φ⁻¹(p) for 2^−33 ≤ p ≤ ½; relative error ≤ 4e-7 (single) or 1e-15 (double) but for the cancellation at p = ½, where the absolute error is that of p.</summary>
    /// <remarks>Wichura (1988), algorithm AS 241, PPND7 and PPND16; its third interval (p &lt; 1.4e-11) lies below every draw.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LowerQuantile<T>(T p)
        where T : unmanaged, ILane<T>
    {
        T q = p - T.Of(0.5);
        T central = q * Ratio(T.Fnma(q, q, T.Of(0.180625)), middle: true);
        T r = T.Sqrt(-Elementary.Log(p)) - T.Of(1.6);
        T tail = -Ratio(r, middle: false);
        return T.SelectGreater(T.Of(0.075), p, tail, central);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Ratio<T>(T r, bool middle)
        where T : unmanaged, ILane<T>
    {
        T n;
        T d;
        if (T.IsSingle)
        {
            if (middle)
            {
                n = T.Fma(T.Fma(T.Fma(T.Of(5.9109374720e1), r, T.Of(1.5929113202e2)), r, T.Of(5.0434271938e1)), r, T.Of(3.3871327179));
                d = T.Fma(T.Fma(T.Fma(T.Of(6.7187563600e1), r, T.Of(7.8757757664e1)), r, T.Of(1.7895169469e1)), r, T.Of(1));
            }
            else
            {
                n = T.Fma(T.Fma(T.Fma(T.Of(1.7023821103e-1), r, T.Of(1.3067284816)), r, T.Of(2.7568153900)), r, T.Of(1.4234372777));
                d = T.Fma(T.Fma(T.Of(1.2021132975e-1), r, T.Of(7.3700164250e-1)), r, T.Of(1));
            }

            return n / d;
        }

        if (middle)
        {
            n = T.Of(2.5090809287301226727e3);
            n = T.Fma(n, r, T.Of(3.3430575583588128105e4));
            n = T.Fma(n, r, T.Of(6.7265770927008700853e4));
            n = T.Fma(n, r, T.Of(4.5921953931549871457e4));
            n = T.Fma(n, r, T.Of(1.3731693765509461125e4));
            n = T.Fma(n, r, T.Of(1.9715909503065514427e3));
            n = T.Fma(n, r, T.Of(1.3314166789178437745e2));
            n = T.Fma(n, r, T.Of(3.3871328727963666080));
            d = T.Of(5.2264952788528545610e3);
            d = T.Fma(d, r, T.Of(2.8729085735721942674e4));
            d = T.Fma(d, r, T.Of(3.9307895800092710610e4));
            d = T.Fma(d, r, T.Of(2.1213794301586595867e4));
            d = T.Fma(d, r, T.Of(5.3941960214247511077e3));
            d = T.Fma(d, r, T.Of(6.8718700749205790830e2));
            d = T.Fma(d, r, T.Of(4.2313330701600911252e1));
        }
        else
        {
            n = T.Of(7.74545014278341407640e-4);
            n = T.Fma(n, r, T.Of(2.27238449892691845833e-2));
            n = T.Fma(n, r, T.Of(2.41780725177450611770e-1));
            n = T.Fma(n, r, T.Of(1.27045825245236838258));
            n = T.Fma(n, r, T.Of(3.64784832476320460504));
            n = T.Fma(n, r, T.Of(5.76949722146069140550));
            n = T.Fma(n, r, T.Of(4.63033784615654529590));
            n = T.Fma(n, r, T.Of(1.42343711074968357734));
            d = T.Of(1.05075007164441684324e-9);
            d = T.Fma(d, r, T.Of(5.47593808499534494600e-4));
            d = T.Fma(d, r, T.Of(1.51986665636164571966e-2));
            d = T.Fma(d, r, T.Of(1.48103976427480074590e-1));
            d = T.Fma(d, r, T.Of(6.89767334985100004550e-1));
            d = T.Fma(d, r, T.Of(1.67638483018380384940));
            d = T.Fma(d, r, T.Of(2.05319162663775882187));
        }

        return n / T.Fma(d, r, T.Of(1));
    }
}
