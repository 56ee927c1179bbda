using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.American;

namespace GpuMargin.Backends.Cpu;

/// <summary>P&amp;L per contract in run currency of a block of instruments in a tile of scenarios: [instrument, scenario].</summary>
sealed unsafe class RevaluationTile<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly InstrumentMemory<T> instruments;
    readonly GrowthTile<T> rows;
    readonly LaneArray<T> scratch;
    readonly AmericanTile<T> american;
    readonly SurfaceTile<T> surface;
    readonly bool hasSurfaces;

    /// <param name="width">Scenarios in the tile that rows and shocks hold.</param>
    /// <param name="most">Instruments of a block.</param>
    public RevaluationTile(InstrumentMemory<T> instruments, GrowthTile<T> rows, int width, int most)
    {
        this.instruments = instruments;
        this.rows = rows;
        Width = width;
        hasSurfaces = instruments.Surfaces.Count > 0;
        using Allocation allocation = new();
        Changes = allocation.Take(new LaneArray<T>((long)most * width));
        scratch = allocation.Take(new LaneArray<T>(3L * width));
        american = allocation.Take(new AmericanTile<T>(width));
        surface = allocation.Take(new SurfaceTile<T>(width));
        allocation.Complete();
    }

    public int Width { get; }

    public LaneArray<T> Changes { get; }

    /// <summary>Values neighbouring instruments, those that are held.</summary>
    /// <param name="shocks">[shock, scenario], those that the rows were filled from.</param>
    public void Revalue(int first, int count, LaneArray<T> shocks)
    {
        for (int i = first; i < first + count; i++)
        {
            if (instruments.Held[i])
            {
                RevalueOne(i, i - first, shocks);
            }
        }
    }

    /// <summary>Values some instruments, in this order.</summary>
    /// <inheritdoc cref="Revalue(int, int, LaneArray{T})"/>
    public void Revalue(ReadOnlySpan<int> some, LaneArray<T> shocks)
    {
        for (int i = 0; i < some.Length; i++)
        {
            RevalueOne(some[i], i, shocks);
        }
    }

    void RevalueOne(int i, int row, LaneArray<T> shocks)
    {
        InstrumentPlan plan = instruments.Plan;
        byte* target = Changes.At((long)row * Width);
        if (plan.InDouble[i])
        {
            if (plan.American[i] is null)
            {
                RevalueInDouble(i, shocks, target);
            }
            else
            {
                RevalueAmericanInDouble(i, shocks, target);
            }

            return;
        }

        if (plan.IsOption[i] && plan.Additive[i])
        {
            RevalueNormalOption(i, shocks, target);
        }
        else if (plan.IsOption[i])
        {
            RevalueOption(i, shocks, target);
        }
        else
        {
            RevalueDeltaOne(i, shocks, target);
        }

        if (plan.FxShock[i] >= 0)
        {
            Convert(i, target);
        }
    }

    void RevalueDeltaOne(int i, LaneArray<T> shocks, byte* target)
    {
        byte* growth;
        if (instruments.Plan.RateShock[i] >= 0 && instruments.Plan.Additive[i])
        {
            growth = ForwardMove(i, shocks);
        }
        else if (instruments.Plan.RateShock[i] >= 0)
        {
            growth = ForwardShock(i, shocks);
            bool inverse = instruments.Plan.Inverse[i];
            for (int s = 0; s < Width; s += T.Width)
            {
                T.Store(ForwardGrowth.Of(T.Load(growth, s), inverse, lessOne: true), growth, s);
            }
        }
        else
        {
            growth = rows.Row(instruments.Rows[i].Forward);
        }

        T scale = T.Broadcast(instruments.Scale.Pointer, i);
        T carry = T.Broadcast(instruments.Carry.Pointer, i);
        for (int s = 0; s < Width; s += T.Width)
        {
            T.Store(DeltaOneChange.Change(T.Load(growth, s), scale, carry), target, s);
        }
    }

    void RevalueOption(int i, LaneArray<T> shocks, byte* target)
    {
        InstrumentRows r = instruments.Rows[i];
        byte* forward = LogReturn(i, shocks);
        byte* assetGrowth = rows.Row(r.Asset);
        byte* strikeGrowth = rows.Row(r.Strike);
        if (instruments.Plan.RateShock[i] >= 0)
        {
            forward = instruments.Plan.OnFuture[i] ? forward : ForwardShock(i, shocks);
            Discount(i, forward, ref assetGrowth, ref strikeGrowth);
        }

        byte* volatilityUp = rows.Row(r.VolatilityUp);
        byte* volatilityDown = rows.Row(r.VolatilityDown);
        if (hasSurfaces && instruments.Surfaces.PlaceOf(i) is var own && own >= 0)
        {
            surface.Fill(instruments.Surfaces, own, forward, shocks);
            volatilityUp = surface.Up;
            volatilityDown = surface.Down;
        }

        byte* terms = instruments.Options.At((long)OptionPlaces.Count * i);
        OptionLegs<T> legs = new(
            T.Broadcast(terms, OptionPlaces.LogMoneyness),
            T.Broadcast(terms, OptionPlaces.Asset),
            T.Broadcast(terms, OptionPlaces.Strike),
            T.Broadcast(terms, OptionPlaces.HalfDeviation),
            T.Broadcast(terms, OptionPlaces.InverseDeviation));
        T value = T.Broadcast(terms, OptionPlaces.Value);
        int width = Width;
        if (instruments.Plan.American[i] is { } option)
        {
            InstrumentPlan plan = instruments.Plan;
            MovedOption<T> moves = new()
            {
                Today = legs,
                Forward = forward,
                AssetGrowth = assetGrowth,
                StrikeGrowth = strikeGrowth,
                VolatilityUp = volatilityUp,
                VolatilityDown = volatilityDown,
                LogReturn = LogReturn(i, shocks),
                Growth = rows.Row(r.Asset),
                Volatility = plan.Surfaces[i] is not null ? surface.Shock : plan.VolatilityShock[i] < 0 ? null : shocks.At((long)plan.VolatilityShock[i] * Width),
                Rate = plan.RateShock[i] < 0 ? null : rows.Row(r.Rate),
            };
            LanePremiums<T> premiums = new(instruments.Coefficients.Pointer, instruments.Pieces.Values, instruments.Pieces.ExDates);
            american.Revalue(option.Terms<T>(instruments.Pieces.FirstOf(i)), premiums, option.ExDates.Count == 0, moves, value, target);
            return;
        }

        for (int s = 0; s < width; s += T.Width)
        {
            OptionLegs<T> moved = legs.Moved(
                T.Load(forward, s), T.Load(assetGrowth, s), T.Load(strikeGrowth, s), T.Load(volatilityUp, s), T.Load(volatilityDown, s));
            T.Store(moved.ValueLess(value), target, s);
        }
    }

    void RevalueAmericanInDouble(int i, LaneArray<T> shocks, byte* target)
    {
        InstrumentPlan plan = instruments.Plan;
        AmericanRevaluation<Float64> option = AmericanInDouble.Of<Float64>(plan, i, instruments.PiecesInDouble.FirstOf(i));
        HostPremiums premiums = new(plan.Premiums.Coefficients, instruments.PiecesInDouble.Values, instruments.PiecesInDouble.ExDates);
        byte* volatility = VolatilityShock(i, shocks);
        for (int s = 0; s < Width; s++)
        {
            Float64 rate = Float64.Of(plan.RateShock[i] < 0 ? 0 : rows.At(instruments.Rows[i].Rate, s));
            Float64 change = option.ProfitAndLoss(
                premiums, Shock(plan.UnderlyingShock[i]), rate, At(volatility, s), Shock(plan.FxShock[i]));
            Changes.Set((target - Changes.Pointer) / LaneArray<T>.ElementSize + s, change.Value);

            Float64 Shock(int row) => Float64.Of(row < 0 ? 0 : shocks[(long)row * Width + s]);
        }
    }

    void RevalueNormalOption(int i, LaneArray<T> shocks, byte* target)
    {
        InstrumentRows r = instruments.Rows[i];
        byte* underlying = shocks.At((long)instruments.Plan.UnderlyingShock[i] * Width);
        byte* rate = instruments.Plan.RateShock[i] < 0 ? null : rows.Row(r.Rate);
        byte* volatility = rows.Row(r.VolatilityUp);
        if (instruments.Surfaces.PlaceOf(i) is var own && own >= 0)
        {
            surface.Fill(instruments.Surfaces, own, underlying, shocks); // without a smile, so that the forward does not count
            volatility = surface.Up;
        }

        T years = T.Broadcast(instruments.Years.Pointer, i);
        NormalOption<T> option = instruments.Plan.NormalOption<T>(i);
        for (int s = 0; s < Width; s += T.Width)
        {
            T discount = rate == null ? T.Of(0) : ForwardGrowth.DiscountLessOne(T.Load(rate, s), years);
            T.Store(option.Change(T.Load(underlying, s), discount, T.Load(volatility, s)), target, s);
        }
    }

    void RevalueInDouble(int i, LaneArray<T> shocks, byte* target)
    {
        InstrumentPlan plan = instruments.Plan;
        OptionRevaluation<Float64> option = OptionInDouble.Of<Float64>(plan, i);
        byte* volatility = VolatilityShock(i, shocks);
        for (int s = 0; s < Width; s++)
        {
            Float64 rate = Float64.Of(plan.RateShock[i] < 0 ? 0 : rows.At(instruments.Rows[i].Rate, s));
            Float64 change = option.ProfitAndLoss(
                Shock(plan.UnderlyingShock[i]), rate, At(volatility, s), Shock(plan.FxShock[i]));
            Changes.Set((target - Changes.Pointer) / LaneArray<T>.ElementSize + s, change.Value);

            Float64 Shock(int row) => Float64.Of(row < 0 ? 0 : shocks[(long)row * Width + s]);
        }
    }

    // Null where the volatility does not move.
    byte* VolatilityShock(int i, LaneArray<T> shocks)
    {
        InstrumentPlan plan = instruments.Plan;
        int moved = instruments.Surfaces.PlaceOf(i);
        if (moved < 0)
        {
            return plan.VolatilityShock[i] < 0 ? null : shocks.At((long)plan.VolatilityShock[i] * Width);
        }

        surface.Fill(instruments.Surfaces, moved, plan.RateShock[i] < 0 || plan.OnFuture[i] ? LogReturn(i, shocks) : ForwardShock(i, shocks), shocks);
        return surface.Shock;
    }

    static Float64 At(byte* row, int s) => Float64.Of(row == null ? 0 : T.IsSingle ? ((float*)row)[s] : ((double*)row)[s]);

    // x, the log-return of the underlying, or of what it is less its dividends.
    byte* LogReturn(int i, LaneArray<T> shocks) => instruments.Rows[i].LogReturn is var row && row != InstrumentRows.Shock
        ? rows.Row(row)
        : shocks.At((long)instruments.Plan.UnderlyingShock[i] * Width);

    // x + Δr·T, the log-return of the forward, in scratch memory.
    byte* ForwardShock(int i, LaneArray<T> shocks)
    {
        byte* x = LogReturn(i, shocks);
        byte* rate = rows.Row(instruments.Rows[i].Rate);
        T years = T.Broadcast(instruments.Years.Pointer, i);
        for (int s = 0; s < Width; s += T.Width)
        {
            T.Store(ForwardGrowth.LogReturn(T.Load(x, s), T.Load(rate, s), years), scratch.Pointer, s);
        }

        return scratch.Pointer;
    }

    // The same of an additive price, the move of the forward over its carry.
    byte* ForwardMove(int i, LaneArray<T> shocks)
    {
        byte* x = shocks.At((long)instruments.Plan.UnderlyingShock[i] * Width);
        byte* rate = rows.Row(instruments.Rows[i].Rate);
        T years = T.Broadcast(instruments.Years.Pointer, i);
        T level = T.Of(instruments.Plan.Level[i]);
        for (int s = 0; s < Width; s += T.Width)
        {
            T.Store(ForwardGrowth.Move(T.Load(x, s), T.Load(rate, s), years, level), scratch.Pointer, s);
        }

        return scratch.Pointer;
    }

    // With a rate factor: an option's strike leg shrinks by e^(−Δr·T); an inverse option's asset leg does, and its strike
    // leg by e^(−Δr·T) over the forward's growth. Of an option on a future both legs shrink, and the forward does not move.
    void Discount(int i, byte* forward, ref byte* assetGrowth, ref byte* strikeGrowth)
    {
        byte* rate = rows.Row(instruments.Rows[i].Rate);
        T years = T.Broadcast(instruments.Years.Pointer, i);
        byte* discount = scratch.At(Width);
        byte* coin = scratch.At(2L * Width);
        bool inverse = instruments.Plan.Inverse[i], onFuture = instruments.Plan.OnFuture[i];
        for (int s = 0; s < Width; s += T.Width)
        {
            T.Store(ForwardGrowth.Discount(T.Load(rate, s), years), discount, s);
            if (inverse)
            {
                T.Store(ForwardGrowth.DiscountInCoin(T.Load(rate, s), years, T.Load(forward, s)), coin, s);
            }
            else if (onFuture)
            {
                T.Store(T.Load(assetGrowth, s) * T.Load(discount, s), coin, s);
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
            assetGrowth = onFuture ? coin : assetGrowth;
        }
    }

    void Convert(int i, byte* target)
    {
        byte* up = rows.Row(instruments.Rows[i].Fx);
        byte* lessOne = rows.Row(instruments.Rows[i].FxLessOne);
        T rate = T.Broadcast(instruments.FxRate.Pointer, i);
        T value = T.Broadcast(instruments.HeldValue.Pointer, i);
        for (int s = 0; s < Width; s += T.Width)
        {
            T change = T.Load(target, s);
            T.Store(DeltaOneChange.Convert(change, rate * T.Load(up, s), value, rate * T.Load(lessOne, s)), target, s);
        }
    }

    public void Dispose()
    {
        Changes.Dispose();
        scratch.Dispose();
        american.Dispose();
        surface.Dispose();
    }
}
