using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>What the right to exercise a call just before one ex-date adds, in a range of volatilities.</summary>
/// <remarks>
/// With x = ln(S*'/K), s = σ'√t of the ex-date in t years and ξ = (x − c)/s, c = Σ c_k t^k near the price today that grows to the critical one there, the value without the right is
/// V, and A = S*' − cash what certain exercise is worth: V + Φ(ξ)·(A − V) + s·φ(ξ)·B. B = Σ_i w^i Σ_j b_ij t^j makes it exact, w = slope·ξ/√(ξ² + 25) in
/// [−1, 1]; t in [−1, 1] is linear in the volatility's shock. B is smooth on the scale of the other dates, however near the ex-date is.
/// <para>Coefficients lie in memory as c, then b by rows.</para>
/// </remarks>
readonly struct ExDatePiece<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>Square of the ξ at which w begins to bend.</summary>
    public const double Bend = 25;

    readonly int start;
    readonly int centreTerms;
    readonly int distanceTerms;
    readonly int deviationTerms;
    readonly T origin;
    readonly T step;
    readonly T inverseShare;
    readonly T width;
    readonly T slope;
    readonly T cash;

    /// <param name="start">Place of the first coefficient.</param>
    /// <param name="centreTerms">Terms of c.</param>
    /// <param name="distanceTerms">Terms in w.</param>
    /// <param name="deviationTerms">Terms in t.</param>
    /// <param name="from">Shock of the volatility from which on the piece counts.</param>
    /// <param name="origin">t without a shock.</param>
    /// <param name="step">Of t by the shock of the volatility.</param>
    /// <param name="inverseShare">σ√T/s.</param>
    /// <param name="width">m·K·s/σ√T.</param>
    /// <param name="slope">Of w.</param>
    /// <param name="cash">Value per contract of the strike less the dividends to come, paid at the ex-date.</param>
    public ExDatePiece(
        int start, int centreTerms, int distanceTerms, int deviationTerms, T from, T origin, T step, T inverseShare, T width, T slope, T cash)
    {
        this.start = start;
        this.centreTerms = centreTerms;
        this.distanceTerms = distanceTerms;
        this.deviationTerms = deviationTerms;
        this.origin = origin;
        this.step = step;
        this.inverseShare = inverseShare;
        this.width = width;
        this.slope = slope;
        this.cash = cash;
        From = from;
    }

    /// <summary>Shock of the volatility from which on the piece counts.</summary>
    public T From { get; }

    /// <summary>Value per contract with the right.</summary>
    /// <param name="x">ln(S*'/K).</param>
    /// <param name="deviation">σ'√T.</param>
    /// <param name="inverseDeviation">1/σ'√T.</param>
    /// <param name="volatility">Shock of the volatility.</param>
    /// <param name="asset">m·S*'.</param>
    /// <param name="waiting">Value per contract without it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<TCoefficients>(TCoefficients coefficients, T x, T deviation, T inverseDeviation, T volatility, T asset, T waiting)
        where TCoefficients : struct, ICoefficients<T>
    {
        T t = PremiumPiece<T>.Clamped(T.Fma(volatility, step, origin));
        T xi = (x - PremiumPolynomials.Row(coefficients, start, centreTerms, t)) * inverseDeviation * inverseShare;
        T w = PremiumPiece<T>.Clamped(slope * xi / T.Sqrt(T.Fma(xi, xi, T.Of(Bend))));
        T sum = PremiumPolynomials.Rows(coefficients, start + centreTerms, distanceTerms, deviationTerms, w, t);

        T density = NormalDistribution.Density(xi);
        T tail = density * NormalDistribution.MillsRatio(T.Of(1) / NormalDistribution.MillsDenominator(T.Abs(xi)));
        T exercised = asset - cash;
        T gain = T.SelectGreater(xi, T.Of(0), exercised - waiting, waiting - exercised);

        // The side that is certain far out, less or plus the tail.
        T certain = T.SelectGreater(xi, T.Of(0), exercised, waiting);
        return T.Fma(width * deviation * density, sum, T.Fnma(tail, gain, certain));
    }
}
