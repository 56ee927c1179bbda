using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.American;

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
        Options = allocation.Take(new LaneArray<T>((long)OptionPlaces.Count * plan.Count));
        Coefficients = allocation.Take(new LaneArray<T>(plan.Premiums.Coefficients));
        Surfaces = allocation.Take(new SurfaceMemory<T>(plan, held));
        allocation.Complete();
        Pieces = new AmericanPieces<T>(plan, held);
        PiecesInDouble = new AmericanPieces<Float64>(plan, held);
        Rows = new InstrumentRows[plan.Count];
        for (int i = 0; i < plan.Count; i++)
        {
            if (held[i])
            {
                Rows[i] = InstrumentRows.Of(plan, i, Growths);
                SetTerms(i);
            }
        }

        LaneArray<T> Column(double[] values) => allocation.Take(new LaneArray<T>(values));
    }

    public InstrumentPlan Plan { get; }

    public bool[] Held { get; }

    public GrowthRows Growths { get; } = new();

    public InstrumentRows[] Rows { get; }

    public LaneArray<T> Scale { get; }

    public LaneArray<T> Carry { get; }

    public LaneArray<T> Years { get; }

    public LaneArray<T> FxRate { get; }

    public LaneArray<T> HeldValue { get; }

    /// <summary>[instrument, term], the terms of <see cref="OptionPlaces"/>.</summary>
    public LaneArray<T> Options { get; }

    /// <summary>Coefficients of the premiums of American options.</summary>
    public LaneArray<T> Coefficients { get; }

    /// <summary>The options whose volatility a surface moves.</summary>
    public SurfaceMemory<T> Surfaces { get; }

    public AmericanPieces<T> Pieces { get; }

    /// <summary>The same of the options that are revalued in double precision.</summary>
    public AmericanPieces<Float64> PiecesInDouble { get; }

    void SetTerms(int i)
    {
        OptionLegs<Float64> legs = OptionLegs<Float64>.Of(Plan.Right[i], Plan.LogMoneyness[i], Plan.Asset[i], Plan.Strike[i], Plan.Deviation[i]);
        long first = (long)OptionPlaces.Count * i;
        Options.Set(first + OptionPlaces.LogMoneyness, legs.LogMoneyness.Value);
        Options.Set(first + OptionPlaces.Asset, legs.Asset.Value);
        Options.Set(first + OptionPlaces.Strike, legs.Strike.Value);
        Options.Set(first + OptionPlaces.HalfDeviation, legs.HalfDeviation.Value);
        Options.Set(first + OptionPlaces.InverseDeviation, legs.InverseDeviation.Value);
        Options.Set(first + OptionPlaces.Value, Plan.OptionValue[i]);
    }

    public void Dispose()
    {
        foreach (LaneArray<T> array in (ReadOnlySpan<LaneArray<T>>)[Scale, Carry, Years, FxRate, HeldValue, Options, Coefficients])
        {
            array.Dispose();
        }

        Surfaces.Dispose();
    }
}

/// <summary>
/// Places of an option's legs and of its value today. Side by side, because repricing reads all of one option and then the next.
/// </summary>
static class OptionPlaces
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
