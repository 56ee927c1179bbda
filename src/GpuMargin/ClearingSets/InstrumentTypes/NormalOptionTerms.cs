using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>Amounts of an option on an additive price per contract, see <see cref="NormalOption{T}"/>; instrument's currency.</summary>
/// <param name="Asset">A = m·S·e^(−qT), of any sign.</param>
/// <param name="Strike">B = m·K·e^(−rT), of any sign.</param>
/// <param name="Units">m·e^(−qT).</param>
/// <param name="Discount">m·e^(−rT).</param>
/// <param name="Deviation">σ√T, in units of the underlying.</param>
readonly record struct NormalOptionTerms(double Asset, double Strike, double Units, double Discount, double Deviation)
{
    public static NormalOptionTerms Of(Instrument instrument, double spot, double years)
    {
        double units = instrument.Multiplier * HostMath.Exp(-instrument.DividendYield * years);
        double discount = instrument.Multiplier * HostMath.Exp(-instrument.RateTo(years) * years);
        return new NormalOptionTerms(units * spot, discount * instrument.Strike, units, discount, instrument.Volatility * Math.Sqrt(years));
    }

    /// <summary>Value per contract, in double precision.</summary>
    /// <param name="right">+1 call, −1 put.</param>
    public double Value(double right) =>
        NormalOption<Float64>.Of(right, Asset, Strike, Units, Discount * Deviation, 0).Change(Float64.Of(0), Float64.Of(0), Float64.Of(1)).Value;

    /// <summary>m·∂V/∂S.</summary>
    public double Delta(double right)
    {
        double d = right * (Asset - Strike) / Math.Max(Discount * Deviation, NormalOption<Float64>.Least);
        return right * Units * NormalDistribution.Cumulative(Float64.Of(d)).Value;
    }
}
