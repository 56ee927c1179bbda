using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Scenarios;

namespace GpuMargin.Backends.Cpu;

/// <summary>Draws, correlates and evolves one tile of scenarios: shocks [factor, scenario], a row per factor.</summary>
sealed unsafe class ScenarioTile<T, TWord> : IDisposable
    where T : unmanaged, IHostLane<T>
    where TWord : unmanaged, IHostWordLane<TWord>
{
    readonly ScenarioMemory<T> plan;
    readonly int width;
    readonly LaneArray<T> mixing;
    readonly LaneArray<T> variance;
    readonly AlignedBuffer words;
    readonly LaneArray<T>? components;

    /// <param name="width">Scenarios in a tile, a multiple of four lanes.</param>
    public ScenarioTile(ScenarioMemory<T> plan, int width)
    {
        this.plan = plan;
        this.width = width;
        Variates = new((long)plan.Factors * width);
        variance = new((long)plan.Factors * width);
        Shocks = new((long)plan.Factors * width);
        mixing = new(width);
        words = new AlignedBuffer(4L * width * sizeof(uint));
        components = plan.Sobol is null ? null : new((long)plan.Factors * width);
    }

    /// <summary>Normals after drawing, correlated after correlating: [factor, scenario].</summary>
    public LaneArray<T> Variates { get; }

    public LaneArray<T> Shocks { get; }

    public void Generate(uint firstScenario, StageClock clock)
    {
        Start();
        for (int day = 0; day < plan.Days; day++)
        {
            if (plan.Sobol is null)
            {
                DrawNormals(firstScenario, (uint)day);
            }
            else
            {
                DrawComponents(firstScenario, day);
            }

            if (plan.Mixing is not null)
            {
                if (plan.Sobol is null && plan.Importance is null)
                {
                    DrawMixing(firstScenario, (uint)day);
                }
                else
                {
                    DrawBridgedMixing(firstScenario, day);
                }
            }

            clock.Lap(Stage.Draw);
            if (plan.Sobol is null)
            {
                Correlate();
            }
            else
            {
                ApplyLoadings();
            }

            clock.Lap(Stage.Correlate);
            Evolve();
            clock.Lap(Stage.Evolve);
        }

        AddJumps((int)firstScenario);
    }

    void AddJumps(int firstScenario)
    {
        foreach (FactorJump jump in plan.Jumps)
        {
            (int from, int to) = jump.Within(firstScenario, width);
            for (int k = from; k < to; k++)
            {
                nint element = (nint)jump.Factor * width + jump.Scenarios[k] - firstScenario;
                if (T.IsSingle)
                {
                    ((float*)Shocks.Pointer)[element] += (float)jump.Shock;
                }
                else
                {
                    ((double*)Shocks.Pointer)[element] += jump.Shock;
                }
            }
        }
    }

    /// <summary>Today's variances and no shock.</summary>
    public void Start()
    {
        for (int factor = 0; factor < plan.Factors; factor++)
        {
            T h = T.Broadcast(plan.Variance.Pointer, factor);
            for (int s = 0; s < width; s += T.Width)
            {
                T.Store(h, variance.Pointer, (nint)factor * width + s);
                T.Store(T.Of(0), Shocks.Pointer, (nint)factor * width + s);
            }
        }
    }

    // Four factors share one Philox counter: (scenario, factor/4, day, stream).
    // NoInlining, here and below: two stages in one method exceed the JIT's inlining budget, and the lane operators that no
    // longer fit become calls; drawing in double precision was measured ten times slower.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void DrawNormals(uint firstScenario, uint day)
    {
        for (int factor = 0; factor < plan.Factors; factor += 4)
        {
            Draw(firstScenario, (uint)factor / 4, day, PhiloxStreams.Normal);
            for (int k = 0; k < Math.Min(4, plan.Factors - factor); k++)
            {
                uint* source = (uint*)words.Pointer + k * width;
                nint row = (nint)(factor + k) * width;
                for (int s = 0; s < width; s += T.Width)
                {
                    T magnitude = T.FromWords(source + s, out T sign);
                    T.Store(NormalVariate.FromWord(magnitude, sign), Variates.Pointer, row + s);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void DrawMixing(uint firstScenario, uint day)
    {
        Draw(firstScenario, 0, day, PhiloxStreams.Mixing);
        HostTable<T> table = plan.Mixing!.Table;
        T bound = T.Of(plan.Mixing.Bound);
        for (int s = 0; s < width; s += T.Width)
        {
            T magnitude = T.FromWords((uint*)words.Pointer + s, out T sign);
            T g = NormalVariate.FromWord(magnitude, sign);
            T.Store(MarginalTable.Evaluate(g, table, bound, plan.Mixing.Resolution, plan.Mixing.Cells), mixing.Pointer, s);
        }
    }

    /// <summary>Normals of the day's principal components, by Sobol points and the bridge.</summary>
    public void DrawComponents(uint firstScenario, int day)
    {
        for (int component = 0; component < plan.Factors; component++)
        {
            byte* target = components!.At((long)component * width);
            for (int entry = plan.Bridge.First[day]; entry < plan.Bridge.First[day + 1]; entry++)
            {
                int level = plan.Bridge.Level[entry];
                DrawDimension(firstScenario, (uint)plan.Sobol!.Dimension[level * plan.Factors + component]);
                AddNormals(target, plan.Bridge.Weight[entry], entry == plan.Bridge.First[day], importance: false);
            }
        }
    }

    /// <summary>The mixing variable of the day, its normal a sum over the bridge's levels; importance sampling moves the first.</summary>
    public void DrawBridgedMixing(uint firstScenario, int day)
    {
        for (int entry = plan.Bridge.First[day]; entry < plan.Bridge.First[day + 1]; entry++)
        {
            int level = plan.Bridge.Level[entry];
            if (plan.Sobol is null)
            {
                Draw(firstScenario, 0, (uint)level, PhiloxStreams.Mixing);
            }
            else
            {
                DrawDimension(firstScenario, (uint)plan.Sobol.MixingDimension[level]);
            }

            AddNormals(mixing.Pointer, plan.Bridge.Weight[entry], entry == plan.Bridge.First[day], level == 0 && plan.Importance is not null);
        }

        Mix();
    }

    // One dimension of the scenarios' points as words; what has no direction numbers is random.
    [MethodImpl(MethodImplOptions.NoInlining)]
    void DrawDimension(uint firstScenario, uint dimension)
    {
        SobolMemory sobol = plan.Sobol!;
        if (dimension >= (uint)sobol.Dimensions)
        {
            Draw(firstScenario, dimension, 0, PhiloxStreams.Surplus);
            return;
        }

        uint* target = (uint*)words.Pointer;
        uint* keys = sobol.Keys(dimension);
        HostDirections directions = sobol.Directions;
        for (int s = 0; s < width; s += SobolPoint.Randomizations)
        {
            TWord point = TWord.Of(SobolPoint.Reversed((firstScenario + (uint)s) >> SobolPoint.RandomizationBits, dimension, directions));
            for (int r = 0; r < SobolPoint.Randomizations; r += TWord.Width)
            {
                TWord word = SobolPoint.Word(
                    point,
                    TWord.Load(keys + r),
                    TWord.Load(keys + SobolPoint.Randomizations + r),
                    TWord.Load(keys + 2 * SobolPoint.Randomizations + r),
                    TWord.Load(keys + 3 * SobolPoint.Randomizations + r));
                TWord.Store(word, target + s + r);
            }
        }
    }

    // sum ← weight·normal of the words + sum, the first time without the old sum.
    [MethodImpl(MethodImplOptions.NoInlining)]
    void AddNormals(byte* sum, double weight, bool first, bool importance)
    {
        T factor = T.Of(weight);
        for (int s = 0; s < width; s += T.Width)
        {
            T magnitude = T.FromWords((uint*)words.Pointer + s, out T sign);
            T normal = NormalVariate.FromWord(magnitude, sign);
            if (importance)
            {
                TableMemory<T> proposal = plan.Importance!;
                normal = MarginalTable.Evaluate(normal, proposal.Table, T.Of(proposal.Bound), proposal.Resolution, proposal.Cells);
            }

            T.Store(T.Fma(factor, normal, first ? T.Of(0) : T.Load(sum, s)), sum, s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Mix()
    {
        HostTable<T> table = plan.Mixing!.Table;
        T bound = T.Of(plan.Mixing.Bound);
        for (int s = 0; s < width; s += T.Width)
        {
            T y = T.Load(mixing.Pointer, s);
            T.Store(MarginalTable.Evaluate(y, table, bound, plan.Mixing.Resolution, plan.Mixing.Cells), mixing.Pointer, s);
        }
    }

    void Draw(uint firstScenario, uint group, uint day, uint stream)
    {
        uint* target = (uint*)words.Pointer;
        for (int s = 0; s < width; s += TWord.Width)
        {
            TWord c0 = TWord.Sequence(firstScenario + (uint)s);
            TWord c1 = TWord.Of(group);
            TWord c2 = TWord.Of(day);
            TWord c3 = TWord.Of(stream);
            Philox.Generate(ref c0, ref c1, ref c2, ref c3, (uint)plan.Seed, (uint)(plan.Seed >> 32));
            TWord.Store(c0, target + s);
            TWord.Store(c1, target + width + s);
            TWord.Store(c2, target + 2 * width + s);
            TWord.Store(c3, target + 3 * width + s);
        }
    }

    // x = L·z in place: from the last row upwards, a row needs only rows that are not yet overwritten. Each element is one
    // chain of fused multiply-adds over ascending columns, whatever the blocking.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Correlate()
    {
        int last = plan.Factors;
        for (; last % 4 != 0; last--)
        {
            for (int s = 0; s < width; s += 4 * T.Width)
            {
                CorrelateRow(last - 1, s);
            }
        }

        for (int row = last - 4; row >= 0; row -= 4)
        {
            for (int s = 0; s < width; s += 2 * T.Width)
            {
                CorrelateFourRows(row, s);
            }
        }
    }

    void CorrelateRow(int row, int s)
    {
        byte* l = plan.Correlation.At((long)row * (row + 1) / 2);
        byte* z = Variates.At(s);
        T a0 = T.Of(0), a1 = T.Of(0), a2 = T.Of(0), a3 = T.Of(0);
        for (nint j = 0; j <= row; j++)
        {
            T f = T.Broadcast(l, j);
            nint k = j * width;
            a0 = T.Fma(f, T.Load(z, k), a0);
            a1 = T.Fma(f, T.Load(z, k + T.Width), a1);
            a2 = T.Fma(f, T.Load(z, k + 2 * T.Width), a2);
            a3 = T.Fma(f, T.Load(z, k + 3 * T.Width), a3);
        }

        nint target = (nint)row * width;
        T.Store(a0, z, target);
        T.Store(a1, z, target + T.Width);
        T.Store(a2, z, target + 2 * T.Width);
        T.Store(a3, z, target + 3 * T.Width);
    }

    void CorrelateFourRows(int row, int s)
    {
        byte* l0 = plan.Correlation.At((long)row * (row + 1) / 2);
        byte* l1 = plan.Correlation.At((long)(row + 1) * (row + 2) / 2);
        byte* l2 = plan.Correlation.At((long)(row + 2) * (row + 3) / 2);
        byte* l3 = plan.Correlation.At((long)(row + 3) * (row + 4) / 2);
        byte* z = Variates.At(s);
        T a00 = T.Of(0), a01 = T.Of(0), a10 = T.Of(0), a11 = T.Of(0);
        T a20 = T.Of(0), a21 = T.Of(0), a30 = T.Of(0), a31 = T.Of(0);
        for (nint j = 0; j <= row; j++)
        {
            T z0 = T.Load(z, j * width);
            T z1 = T.Load(z, j * width + T.Width);
            T f0 = T.Broadcast(l0, j);
            T f1 = T.Broadcast(l1, j);
            T f2 = T.Broadcast(l2, j);
            T f3 = T.Broadcast(l3, j);
            a00 = T.Fma(f0, z0, a00);
            a01 = T.Fma(f0, z1, a01);
            a10 = T.Fma(f1, z0, a10);
            a11 = T.Fma(f1, z1, a11);
            a20 = T.Fma(f2, z0, a20);
            a21 = T.Fma(f2, z1, a21);
            a30 = T.Fma(f3, z0, a30);
            a31 = T.Fma(f3, z1, a31);
        }

        // The corner: rows 1 to 3 reach beyond column `row`.
        nint c = (nint)row + 1;
        T y0 = T.Load(z, c * width), y1 = T.Load(z, c * width + T.Width);
        a10 = T.Fma(T.Broadcast(l1, c), y0, a10);
        a11 = T.Fma(T.Broadcast(l1, c), y1, a11);
        a20 = T.Fma(T.Broadcast(l2, c), y0, a20);
        a21 = T.Fma(T.Broadcast(l2, c), y1, a21);
        a30 = T.Fma(T.Broadcast(l3, c), y0, a30);
        a31 = T.Fma(T.Broadcast(l3, c), y1, a31);
        c++;
        y0 = T.Load(z, c * width);
        y1 = T.Load(z, c * width + T.Width);
        a20 = T.Fma(T.Broadcast(l2, c), y0, a20);
        a21 = T.Fma(T.Broadcast(l2, c), y1, a21);
        a30 = T.Fma(T.Broadcast(l3, c), y0, a30);
        a31 = T.Fma(T.Broadcast(l3, c), y1, a31);
        c++;
        a30 = T.Fma(T.Broadcast(l3, c), T.Load(z, c * width), a30);
        a31 = T.Fma(T.Broadcast(l3, c), T.Load(z, c * width + T.Width), a31);

        nint target = (nint)row * width;
        T.Store(a00, z, target);
        T.Store(a01, z, target + T.Width);
        T.Store(a10, z, target + width);
        T.Store(a11, z, target + width + T.Width);
        T.Store(a20, z, target + 2 * width);
        T.Store(a21, z, target + 2 * width + T.Width);
        T.Store(a30, z, target + 3 * width);
        T.Store(a31, z, target + 3 * width + T.Width);
    }

    // x = A·z, out of place because A is full; each element is one chain over ascending components.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void ApplyLoadings()
    {
        int row = 0;
        for (; row + 4 <= plan.Factors; row += 4)
        {
            for (int s = 0; s < width; s += 2 * T.Width)
            {
                LoadFourRows(row, s);
            }
        }

        for (; row < plan.Factors; row++)
        {
            for (int s = 0; s < width; s += T.Width)
            {
                T sum = T.Of(0);
                for (nint k = 0; k < plan.Factors; k++)
                {
                    sum = T.Fma(T.Broadcast(plan.Loadings.Pointer, (nint)row * plan.Factors + k), T.Load(components!.Pointer, k * width + s), sum);
                }

                T.Store(sum, Variates.Pointer, (nint)row * width + s);
            }
        }
    }

    void LoadFourRows(int row, int s)
    {
        int factors = plan.Factors;
        byte* a0 = plan.Loadings.At((long)row * factors);
        byte* a1 = plan.Loadings.At((row + 1L) * factors);
        byte* a2 = plan.Loadings.At((row + 2L) * factors);
        byte* a3 = plan.Loadings.At((row + 3L) * factors);
        byte* z = components!.At(s);
        T x00 = T.Of(0), x01 = T.Of(0), x10 = T.Of(0), x11 = T.Of(0);
        T x20 = T.Of(0), x21 = T.Of(0), x30 = T.Of(0), x31 = T.Of(0);
        for (nint k = 0; k < factors; k++)
        {
            T z0 = T.Load(z, k * width);
            T z1 = T.Load(z, k * width + T.Width);
            T f0 = T.Broadcast(a0, k);
            T f1 = T.Broadcast(a1, k);
            T f2 = T.Broadcast(a2, k);
            T f3 = T.Broadcast(a3, k);
            x00 = T.Fma(f0, z0, x00);
            x01 = T.Fma(f0, z1, x01);
            x10 = T.Fma(f1, z0, x10);
            x11 = T.Fma(f1, z1, x11);
            x20 = T.Fma(f2, z0, x20);
            x21 = T.Fma(f2, z1, x21);
            x30 = T.Fma(f3, z0, x30);
            x31 = T.Fma(f3, z1, x31);
        }

        byte* target = Variates.At((long)row * width + s);
        T.Store(x00, target, 0);
        T.Store(x01, target, T.Width);
        T.Store(x10, target, width);
        T.Store(x11, target, width + T.Width);
        T.Store(x20, target, 2 * width);
        T.Store(x21, target, 2 * width + T.Width);
        T.Store(x30, target, 3 * width);
        T.Store(x31, target, 3 * width + T.Width);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Evolve()
    {
        for (int factor = 0; factor < plan.Factors; factor++)
        {
            TableMemory<T> marginal = plan.Marginals[plan.Marginal[factor]];
            plan.Marginals[plan.Marginal[Math.Min(factor + 1, plan.Factors - 1)]].Prefetch();
            HostTable<T> table = marginal.Table;
            T origin = T.Of(marginal.Origin);
            T bound = T.Of(marginal.Bound);
            T mean = T.Broadcast(plan.Mean.Pointer, factor);
            T omega = T.Broadcast(plan.Omega.Pointer, factor);
            T alpha = T.Broadcast(plan.Alpha.Pointer, factor);
            T negativeAlpha = T.Broadcast(plan.NegativeAlpha.Pointer, factor);
            T beta = T.Broadcast(plan.Beta.Pointer, factor);
            nint row = (nint)factor * width;
            for (int s = 0; s < width; s += T.Width)
            {
                T x = T.Load(Variates.Pointer, row + s);
                T distance = plan.Mixing is null ? x - origin : T.Fma(x, T.Load(mixing.Pointer, s), -origin);
                T z = MarginalTable.Evaluate(distance, table, bound, marginal.Resolution, marginal.Cells);
                T h = T.Load(variance.Pointer, row + s);
                T shock = T.Load(Shocks.Pointer, row + s);
                GarchStep.Advance(z, mean, omega, alpha, negativeAlpha, beta, ref h, ref shock);
                T.Store(h, variance.Pointer, row + s);
                T.Store(shock, Shocks.Pointer, row + s);
            }
        }
    }

    public void Dispose()
    {
        Variates.Dispose();
        mixing.Dispose();
        variance.Dispose();
        words.Dispose();
        components?.Dispose();
        Shocks.Dispose();
    }
}
