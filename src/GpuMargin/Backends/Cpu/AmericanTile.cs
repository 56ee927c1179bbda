using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>Changes in value of American options in a tile of scenarios.</summary>
/// <remarks>In passes, each a function of its own: all of an option in one is more than the compiler inlines, and lane operations become calls.</remarks>
sealed unsafe class AmericanTile<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly int width;
    readonly LaneArray<T> points; // x, 1/σ√T, leg, part and European value, [each, scenario]
    readonly PremiumTile<T> premium;

    public AmericanTile(int width)
    {
        this.width = width;
        using Allocation allocation = new();
        points = allocation.Take(new LaneArray<T>(5L * width));
        premium = allocation.Take(new PremiumTile<T>(width));
        allocation.Complete();
    }

    /// <param name="atAnyTime">Else just before ex-dates.</param>
    public void Revalue(in AmericanTerms<T> terms, LanePremiums<T> premiums, bool atAnyTime, in MovedOption<T> option, T value, byte* target)
    {
        if (atAnyTime)
        {
            SetPoints(terms, option);
            premium.Fill(terms, premiums, points.Pointer, option.Volatility, option.Rate);
            AddPremiums(terms, option, value, target);
        }
        else
        {
            RevalueOnExDates(terms, premiums, option, value, target);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void SetPoints(in AmericanTerms<T> terms, in MovedOption<T> option)
    {
        byte* target = points.Pointer;
        int count = width;
        for (int s = 0; s < count; s += T.Width)
        {
            PremiumPoint<T> point = terms.Point(option.Legs(s), T.Load(option.LogReturn, s), out T european);
            T.Store(point.X, target, s);
            T.Store(point.InverseDeviation, target, count + s);
            T.Store(point.Leg, target, 2 * count + s);
            T.Store(point.Part, target, 3 * count + s);
            T.Store(european, target, 4 * count + s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void AddPremiums(in AmericanTerms<T> terms, in MovedOption<T> option, T value, byte* target)
    {
        byte* european = points.At(4L * width), premiums = premium.Values;
        int count = width;
        for (int s = 0; s < count; s += T.Width)
        {
            T waiting = T.Load(european, s) + terms.AtRate(T.Load(premiums, s), option.RateShock(s));
            T.Store(terms.Exercisable(waiting, T.Load(option.Growth, s), value), target, s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void RevalueOnExDates(in AmericanTerms<T> terms, LanePremiums<T> premiums, in MovedOption<T> option, T value, byte* target)
    {
        for (int s = 0; s < width; s += T.Width)
        {
            T waiting = terms.OnExDates(premiums, option.Legs(s), T.Load(option.LogReturn, s), option.VolatilityShock(s));
            T.Store(terms.Exercisable(waiting, T.Load(option.Growth, s), value), target, s);
        }
    }

    public void Dispose()
    {
        points.Dispose();
        premium.Dispose();
    }
}

/// <summary>An option and the rows of a tile that move it.</summary>
unsafe ref struct MovedOption<T>
    where T : unmanaged, IHostLane<T>
{
    public required OptionLegs<T> Today { get; init; }

    public required byte* Forward { get; init; }

    public required byte* AssetGrowth { get; init; }

    public required byte* StrikeGrowth { get; init; }

    public required byte* VolatilityUp { get; init; }

    public required byte* VolatilityDown { get; init; }

    /// <summary>Log-return of the underlying.</summary>
    public byte* LogReturn { get; init; }

    /// <summary>Growth of what exercise gives for the underlying.</summary>
    public byte* Growth { get; init; }

    /// <summary>Null where it does not move.</summary>
    public byte* Volatility { get; init; }

    /// <summary>Null where it does not move.</summary>
    public byte* Rate { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly OptionLegs<T> Legs(int s) => Today.Moved(
        T.Load(Forward, s), T.Load(AssetGrowth, s), T.Load(StrikeGrowth, s), T.Load(VolatilityUp, s), T.Load(VolatilityDown, s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T VolatilityShock(int s) => Volatility == null ? T.Of(0) : T.Load(Volatility, s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T RateShock(int s) => Rate == null ? T.Of(0) : T.Load(Rate, s);
}
