using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Revaluation;

namespace GpuMargin.Backends.Cpu;

/// <summary>P&amp;L per contract in run currency of every instrument in a tile of scenarios: [instrument, scenario].</summary>
sealed unsafe class RevaluationTile<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly InstrumentMemory<T> instruments;
    readonly FactorRows<T> rows;
    readonly LaneArray<T> shocks;
    readonly int blockWidth;
    readonly LaneArray<T> scratch;

    /// <param name="blockWidth">Scenarios in the block that rows and shocks hold.</param>
    /// <param name="width">Scenarios in a tile.</param>
    public RevaluationTile(InstrumentMemory<T> instruments, FactorRows<T> rows, LaneArray<T> shocks, int blockWidth, int width)
    {
        this.instruments = instruments;
        this.rows = rows;
        this.shocks = shocks;
        this.blockWidth = blockWidth;
        Width = width;
        Changes = new((long)instruments.Plan.Count * width);
        scratch = new(3L * width);
    }

    public int Width { get; }

    public LaneArray<T> Changes { get; }

    /// <param name="column">First scenario of the tile within the block.</param>
    public void Revalue(int column)
    {
        InstrumentPlan plan = instruments.Plan;
        for (int i = 0; i < plan.Count; i++)
        {
            byte* target = Changes.At((long)i * Width);
            if (i >= plan.FirstOption)
            {
                RevalueOption(i, column, target);
            }
            else
            {
                RevalueDeltaOne(i, column, target);
            }

            if (plan.FxFactor[i] >= 0)
            {
                Convert(i, column, target);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void RevalueDeltaOne(int i, int column, byte* target)
    {
        byte* growth;
        if (instruments.Plan.RateFactor[i] >= 0)
        {
            growth = ForwardShock(i, column);
            bool inverse = instruments.Plan.Inverse[i];
            for (int s = 0; s < Width; s += T.Width)
            {
                T y = T.Load(growth, s);
                T.Store(Elementary.Expm1(inverse ? -y : y), growth, s);
            }
        }
        else
        {
            growth = At(instruments.Rows[i].Forward, column);
        }

        T scale = T.Broadcast(instruments.Scale.Pointer, i);
        T carry = T.Broadcast(instruments.Carry.Pointer, i);
        for (int s = 0; s < Width; s += T.Width)
        {
            T.Store(DeltaOneChange.Change(T.Load(growth, s), scale, carry), target, s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void RevalueOption(int i, int column, byte* target)
    {
        InstrumentRows r = instruments.Rows[i];
        byte* forward = shocks.At((long)instruments.Plan.Underlying[i] * blockWidth + column);
        byte* assetGrowth = At(r.Asset, column);
        byte* strikeGrowth = At(r.Strike, column);
        if (instruments.Plan.RateFactor[i] >= 0)
        {
            forward = ForwardShock(i, column);
            Discount(i, column, forward, ref assetGrowth, ref strikeGrowth);
        }

        byte* volatilityUp = At(r.VolatilityUp, column);
        byte* volatilityDown = At(r.VolatilityDown, column);
        T right = T.Broadcast(instruments.Right.Pointer, i);
        T moneyness = T.Broadcast(instruments.LogMoneyness.Pointer, i);
        T asset = T.Broadcast(instruments.Asset.Pointer, i);
        T strike = T.Broadcast(instruments.Strike.Pointer, i);
        T deviation = T.Broadcast(instruments.Deviation.Pointer, i);
        T inverseDeviation = T.Broadcast(instruments.InverseDeviation.Pointer, i);
        T value = T.Broadcast(instruments.OptionValue.Pointer, i);
        int width = Width;
        for (int s = 0; s < width; s += T.Width)
        {
            T change = OptionChange.Change(
                right,
                moneyness + T.Load(forward, s),
                asset * T.Load(assetGrowth, s),
                strike * T.Load(strikeGrowth, s),
                deviation * T.Load(volatilityUp, s),
                inverseDeviation * T.Load(volatilityDown, s),
                value);
            T.Store(change, target, s);
        }
    }

    // x + Δr·T, the log-return of the forward, in scratch memory.
    byte* ForwardShock(int i, int column)
    {
        byte* x = shocks.At((long)instruments.Plan.Underlying[i] * blockWidth + column);
        byte* rate = shocks.At((long)instruments.Plan.RateFactor[i] * blockWidth + column);
        T years = T.Broadcast(instruments.Years.Pointer, i);
        for (int s = 0; s < Width; s += T.Width)
        {
            T.Store(T.Fma(T.Load(rate, s), years, T.Load(x, s)), scratch.Pointer, s);
        }

        return scratch.Pointer;
    }

    // With a rate factor: an option's strike leg shrinks by e^(−Δr·T); an inverse option's asset leg does, and its strike
    // leg by e^(−Δr·T) over the forward's growth.
    void Discount(int i, int column, byte* forward, ref byte* assetGrowth, ref byte* strikeGrowth)
    {
        byte* rate = shocks.At((long)instruments.Plan.RateFactor[i] * blockWidth + column);
        T years = T.Broadcast(instruments.Years.Pointer, i);
        byte* discount = scratch.At(Width);
        byte* coin = scratch.At(2L * Width);
        bool inverse = instruments.Plan.Inverse[i];
        for (int s = 0; s < Width; s += T.Width)
        {
            T y = -(T.Load(rate, s) * years);
            T.Store(Elementary.Exp(y), discount, s);
            if (inverse)
            {
                T.Store(Elementary.Exp(T.Fma(-T.Load(rate, s), years, -T.Load(forward, s))), coin, s);
            }
        }

        if (inverse)
        {
            assetGrowth = discount;
            strikeGrowth = coin;
        }
        else
        {
            strikeGrowth = discount;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Convert(int i, int column, byte* target)
    {
        byte* up = At(instruments.Rows[i].Fx, column);
        byte* lessOne = At(instruments.Rows[i].FxLessOne, column);
        T rate = T.Broadcast(instruments.FxRate.Pointer, i);
        T value = T.Broadcast(instruments.HeldValue.Pointer, i);
        for (int s = 0; s < Width; s += T.Width)
        {
            T change = T.Load(target, s);
            T.Store(DeltaOneChange.Convert(change, rate * T.Load(up, s), value, rate * T.Load(lessOne, s)), target, s);
        }
    }

    byte* At(int row, int column) => rows.Row(row) + column * LaneArray<T>.ElementSize;

    public void Dispose()
    {
        Changes.Dispose();
        scratch.Dispose();
    }
}
