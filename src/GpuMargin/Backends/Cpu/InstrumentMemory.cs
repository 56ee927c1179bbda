using GpuMargin.Kernels.Lanes;
using GpuMargin.Revaluation;

namespace GpuMargin.Backends.Cpu;

/// <summary>An instrument plan in the working precision, with the rows that each instrument reads.</summary>
sealed class InstrumentMemory<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    /// <param name="held">Per instrument, whether a position needs it; the others have no rows and are not revalued.</param>
    public InstrumentMemory(InstrumentPlan plan, bool[] held)
    {
        Plan = plan;
        Held = held;
        Scale = new(plan.Scale);
        Carry = new(plan.Carry);
        Right = new(plan.Right);
        LogMoneyness = new(plan.LogMoneyness);
        Asset = new(plan.Asset);
        Strike = new(plan.Strike);
        Deviation = new(plan.Deviation);
        InverseDeviation = new(Array.ConvertAll(plan.Deviation, deviation => 1 / deviation));
        OptionValue = new(plan.OptionValue);
        Years = new(plan.Years);
        FxRate = new(plan.FxRate);
        HeldValue = new(plan.HeldValue);
        for (int i = 0; i < plan.Count; i++)
        {
            Rows.Add(held[i] ? InstrumentRows.Of(plan, i, Map) : default);
        }
    }

    public InstrumentPlan Plan { get; }

    public bool[] Held { get; }

    public FactorRowMap Map { get; } = new();

    public List<InstrumentRows> Rows { get; } = [];

    public LaneArray<T> Scale { get; }

    public LaneArray<T> Carry { get; }

    public LaneArray<T> Right { get; }

    public LaneArray<T> LogMoneyness { get; }

    public LaneArray<T> Asset { get; }

    public LaneArray<T> Strike { get; }

    public LaneArray<T> Deviation { get; }

    public LaneArray<T> InverseDeviation { get; }

    public LaneArray<T> OptionValue { get; }

    public LaneArray<T> Years { get; }

    public LaneArray<T> FxRate { get; }

    public LaneArray<T> HeldValue { get; }

    public void Dispose()
    {
        foreach (LaneArray<T> array in (ReadOnlySpan<LaneArray<T>>)
            [Scale, Carry, Right, LogMoneyness, Asset, Strike, Deviation, InverseDeviation, OptionValue, Years, FxRate, HeldValue])
        {
            array.Dispose();
        }
    }
}

/// <summary>Row numbers in <see cref="FactorRows{T}"/>.</summary>
readonly record struct InstrumentRows(
    int Forward, int Asset, int Strike, int VolatilityUp, int VolatilityDown, int Fx, int FxLessOne)
{
    public static InstrumentRows Of(InstrumentPlan plan, int i, FactorRowMap map)
    {
        bool inverse = plan.Inverse[i];
        int underlying = plan.Underlying[i];
        int fx = plan.FxFactor[i];
        bool reciprocal = plan.FxReciprocal[i];
        bool option = i >= plan.FirstOption;

        // With a rate factor the forward's growth is the instrument's own and is computed in place.
        bool shared = plan.RateFactor[i] < 0;
        return new InstrumentRows(
            Forward: option || !shared ? 0 : map.Row(underlying, inverse ? Growth.DownLessOne : Growth.UpLessOne),
            Asset: option && !inverse ? map.Row(underlying, Growth.Up) : FactorRowMap.Ones,
            Strike: option && inverse && shared ? map.Row(underlying, Growth.Down) : FactorRowMap.Ones,
            VolatilityUp: option ? map.Row(plan.VolatilityFactor[i], Growth.Up) : 0,
            VolatilityDown: option ? map.Row(plan.VolatilityFactor[i], Growth.Down) : 0,
            Fx: map.Row(fx, reciprocal ? Growth.Down : Growth.Up),
            FxLessOne: fx < 0 ? 0 : map.Row(fx, reciprocal ? Growth.DownLessOne : Growth.UpLessOne));
    }
}
