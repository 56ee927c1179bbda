using GpuMargin.ClearingSets.InstrumentTypes;
using GpuMargin.Numerics;

namespace GpuMargin.ClearingSets;

/// <summary>Forward prices as a surface's options have them.</summary>
static class SurfaceForward
{
    /// <summary>ln(K/F) today.</summary>
    /// <param name="spot">Level of the underlying, above zero.</param>
    public static double LogMoneyness(Instrument option, double spot) =>
        -((OptionType)option.Type).Terms(option, spot, option.YearsToExpiry).LogMoneyness;

    /// <summary>F to a time, by the option that expires nearest to it.</summary>
    /// <param name="options">On the surface, at least one.</param>
    /// <param name="levels">By factor.</param>
    public static double To(double years, IEnumerable<Instrument> options, IReadOnlyList<double> levels)
    {
        Instrument option = options.MinBy(option => Math.Abs(option.YearsToExpiry - years))! with { YearsToExpiry = years };
        return option.Strike * HostMath.Exp(-LogMoneyness(option, levels[option.Underlying]));
    }
}
