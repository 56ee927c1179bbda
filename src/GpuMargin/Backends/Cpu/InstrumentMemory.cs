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
        using Allocation allocation = new();
        Scale = Column(plan.Scale);
        Carry = Column(plan.Carry);
        Years = Column(plan.Years);
        FxRate = Column(plan.FxRate);
        HeldValue = Column(plan.HeldValue);
        Options = allocation.Take(new LaneArray<T>((long)OptionTerms.Count * plan.Count));
        allocation.Complete();
        Rows = new InstrumentRows[plan.Count];
        for (int i = 0; i < plan.Count; i++)
        {
            if (held[i])
            {
                Rows[i] = InstrumentRows.Of(plan, i, Map);
                SetTerms(i);
            }
        }

        LaneArray<T> Column(double[] values) => allocation.Take(new LaneArray<T>(values));
    }

    public InstrumentPlan Plan { get; }

    public bool[] Held { get; }

    public FactorRowMap Map { get; } = new();

    public InstrumentRows[] Rows { get; }

    public LaneArray<T> Scale { get; }

    public LaneArray<T> Carry { get; }

    public LaneArray<T> Years { get; }

    public LaneArray<T> FxRate { get; }

    public LaneArray<T> HeldValue { get; }

    /// <summary>[instrument, term], the terms of <see cref="OptionTerms"/>.</summary>
    public LaneArray<T> Options { get; }

    void SetTerms(int i)
    {
        double right = Plan.Right[i];
        long first = (long)OptionTerms.Count * i;
        Options.Set(first + OptionTerms.LogMoneyness, Plan.LogMoneyness[i]);
        Options.Set(first + OptionTerms.Asset, right * Plan.Asset[i]);
        Options.Set(first + OptionTerms.Strike, right * Plan.Strike[i]);
        Options.Set(first + OptionTerms.HalfDeviation, 0.5 * right * Plan.Deviation[i]);
        Options.Set(first + OptionTerms.InverseDeviation, right / Plan.Deviation[i]);
        Options.Set(first + OptionTerms.Value, Plan.OptionValue[i]);
    }

    public void Dispose()
    {
        foreach (LaneArray<T> array in (ReadOnlySpan<LaneArray<T>>)[Scale, Carry, Years, FxRate, HeldValue, Options])
        {
            array.Dispose();
        }
    }
}

/// <summary>
/// Places of an option's amounts without a shock, with the signs that <see cref="Kernels.OptionChange"/> gives a put. Side by
/// side, because repricing reads all of one option and then the next.
/// </summary>
static class OptionTerms
{
    public const int LogMoneyness = 0;
    public const int Asset = 1;
    public const int Strike = 2;
    public const int HalfDeviation = 3;
    public const int InverseDeviation = 4;
    public const int Value = 5;

    /// <summary>Half a cache line of single precision.</summary>
    public const int Count = 8;
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
