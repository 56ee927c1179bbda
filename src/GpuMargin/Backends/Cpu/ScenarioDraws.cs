using System.Diagnostics;
using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>Draws the random numbers of a tile of scenarios, day by day.</summary>
sealed unsafe class ScenarioDraws<T, TWord> : IDisposable
    where T : unmanaged, IHostLane<T>
    where TWord : unmanaged, IHostWordLane<TWord>
{
    readonly ScenarioMemory<T> plan;
    readonly int width;
    readonly AlignedBuffer words;

    /// <param name="width">Scenarios in a tile, a multiple of four lanes.</param>
    public ScenarioDraws(ScenarioMemory<T> plan, int width)
    {
        this.plan = plan;
        this.width = width;
        words = new AlignedBuffer(4L * width * sizeof(uint));
    }

    // Four factors share one Philox counter: (scenario, factor/4, day, stream).
    // NoInlining, here and below: two stages in one method exceed the JIT's inlining budget, and the lane operators that no
    // longer fit become calls; drawing in double precision was measured ten times slower.
    /// <summary>Independent normals, [factor, scenario].</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Normals(uint firstScenario, uint day, LaneArray<T> variates)
    {
        variates.AssertHolds(0, (long)plan.Factors * width);
        for (int factor = 0; factor < plan.Factors; factor += 4)
        {
            Words(firstScenario, (uint)factor / 4, day, PhiloxStreams.Normal);
            for (int k = 0; k < Math.Min(4, plan.Factors - factor); k++)
            {
                uint* source = (uint*)words.Pointer + k * width;
                nint row = (nint)(factor + k) * width;
                for (int s = 0; s < width; s += T.Width)
                {
                    T magnitude = T.FromWords(source + s, out T sign);
                    T.Store(NormalVariate.FromWord(magnitude, sign), variates.Pointer, row + s);
                }
            }
        }
    }

    /// <summary>The copula's mixing variable √(ν/W).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Mixing(uint firstScenario, uint day, LaneArray<T> mixing)
    {
        mixing.AssertHolds(0, width);
        Words(firstScenario, 0, day, PhiloxStreams.Mixing);
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
    public void Components(uint firstScenario, int day, LaneArray<T> components)
    {
        components.AssertHolds(0, (long)plan.Factors * width);
        for (int component = 0; component < plan.Factors; component++)
        {
            byte* target = components.At((long)component * width);
            for (int entry = plan.Bridge.First[day]; entry < plan.Bridge.First[day + 1]; entry++)
            {
                int level = plan.Bridge.Level[entry];
                Dimension(firstScenario, (uint)plan.Sobol!.Dimension[level * plan.Factors + component]);
                AddNormals(target, plan.Bridge.Weight[entry], entry == plan.Bridge.First[day], importance: false);
            }
        }
    }

    /// <summary>The mixing variable of the day, its normal a sum over the bridge's levels; importance sampling moves the first.</summary>
    public void BridgedMixing(uint firstScenario, int day, LaneArray<T> mixing)
    {
        mixing.AssertHolds(0, width);
        for (int entry = plan.Bridge.First[day]; entry < plan.Bridge.First[day + 1]; entry++)
        {
            int level = plan.Bridge.Level[entry];
            if (plan.Sobol is null)
            {
                Words(firstScenario, 0, (uint)level, PhiloxStreams.Mixing);
            }
            else
            {
                Dimension(firstScenario, (uint)plan.Sobol.MixingDimension[level]);
            }

            AddNormals(mixing.Pointer, plan.Bridge.Weight[entry], entry == plan.Bridge.First[day], level == 0 && plan.Importance is not null);
        }

        Mix(mixing);
    }

    // One dimension of the scenarios' points as words; what has no direction numbers is random.
    [MethodImpl(MethodImplOptions.NoInlining)]
    void Dimension(uint firstScenario, uint dimension)
    {
        SobolMemory sobol = plan.Sobol!;
        if (dimension >= (uint)sobol.Dimensions)
        {
            Words(firstScenario, dimension, 0, PhiloxStreams.Surplus);
            return;
        }

        uint* target = (uint*)words.Pointer;
        uint* keys = sobol.Keys(dimension);
        HostDirections directions = sobol.Directions;
        Debug.Assert(firstScenario % SobolPoint.Randomizations == 0, "A tile begins with the first randomisation of a point.");
        Debug.Assert(width % SobolPoint.Randomizations == 0 && SobolPoint.Randomizations % TWord.Width == 0, "A tile holds whole points.");
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
    void Mix(LaneArray<T> mixing)
    {
        HostTable<T> table = plan.Mixing!.Table;
        T bound = T.Of(plan.Mixing.Bound);
        for (int s = 0; s < width; s += T.Width)
        {
            T y = T.Load(mixing.Pointer, s);
            T.Store(MarginalTable.Evaluate(y, table, bound, plan.Mixing.Resolution, plan.Mixing.Cells), mixing.Pointer, s);
        }
    }

    void Words(uint firstScenario, uint group, uint day, uint stream)
    {
        Debug.Assert(width % TWord.Width == 0, "A tile holds whole vectors of words.");
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

    public void Dispose() => words.Dispose();
}
