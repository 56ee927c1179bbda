using System.Diagnostics;
using System.Runtime.Intrinsics;
using GpuMargin.Aggregation;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>One thread's memory, and its walk over <see cref="OrderedScenarios{T}"/>: a row is added up only in tiles where it may lose as much as its tail.</summary>
/// <remarks>
/// In a tile no P&amp;L of a row is below Σ q·(q &gt; 0 ? least : greatest P&amp;L of the instrument), here taken for several tiles at once. Sums in the working precision differ from exact ones by no more than
/// (<see cref="PositionSum.RunLength"/> + 1)·u·Σ |q|·|P&amp;L|, u its rounding unit, and those in double precision by n·2^−53 of the same (Higham 2002, section 3.1); least and greatest are moved apart by twice that.
/// </remarks>
sealed unsafe class OrderedWorker<T, TWord> : IWorker
    where T : unmanaged, IHostLane<T>
    where TWord : unmanaged, IHostWordLane<TWord>
{
    /// <summary>Tiles that are bounded together.</summary>
    public const int Tiles = PositionBlocks<T>.Cells;

    const int Width = OrderedScenarios<T>.Width;

    readonly PlanMemory<T> memory;
    readonly OrderedScenarios<T> ordered;
    readonly TailStore tails;
    readonly ScenarioBatch<T, TWord> scenarios;
    readonly GrowthTile<T> growths;
    readonly RevaluationTile<T>[] revaluations = new RevaluationTile<T>[Tiles];
    readonly AlignedBuffer bounds; // [instrument, least or greatest, tile]
    readonly AlignedBuffer least; // [row, tile]
    readonly AlignedBuffer sums; // [row that is added up, scenario]
    readonly int[] asked; // rows that are added up
    readonly double apart;
    readonly double greatest; // P&L of an instrument with which no sum overflows

    public OrderedWorker(PlanMemory<T> memory, OrderedScenarios<T> ordered, TailStore tails)
    {
        this.memory = memory;
        this.ordered = ordered;
        this.tails = tails;
        PositionRows positions = memory.Plan.Positions;
        int instruments = memory.Plan.Instruments.Count;
        int longest = 0;
        double gross = 0;
        for (int row = 0; row < positions.Accounts; row++)
        {
            double own = 0;
            for (int k = positions.Start[row]; k < positions.Start[row + 1]; k++)
            {
                own += Math.Abs(positions.Quantity[k]);
            }

            gross = Math.Max(gross, own);
            longest = Math.Max(longest, positions.Count(row));
        }

        apart = 2 * ((PositionSum.RunLength + 1) * (T.IsSingle ? 1.0 / (1 << 24) : 1.0 / (1L << 53)) + longest / (double)(1L << 53));
        greatest = (T.IsSingle ? float.MaxValue : double.MaxValue) / 4 / gross;
        asked = new int[positions.Accounts + 1];
        using Allocation allocation = new();
        scenarios = allocation.Take(new ScenarioBatch<T, TWord>(memory.Drawn!, Width, Tiles));
        growths = allocation.Take(new GrowthTile<T>(memory.Instruments.Growths, Width));
        for (int tile = 0; tile < Tiles; tile++)
        {
            revaluations[tile] = allocation.Take(new RevaluationTile<T>(memory.Instruments, growths, Width, instruments));
        }

        bounds = allocation.Take(new AlignedBuffer(2L * Tiles * instruments * sizeof(double)));
        least = allocation.Take(AlignedBuffer.Uninitialized((long)Tiles * positions.Accounts * sizeof(double)));
        sums = allocation.Take(AlignedBuffer.Uninitialized((long)Width * positions.Accounts * sizeof(double)));
        allocation.Complete();
    }

    public StageClock Clock { get; } = new();

    public void Compute(int firstScenario, int tiles, IProfitAndLossSink sink)
    {
        Debug.Assert(tiles is > 0 and <= Tiles, $"{tiles} of {Tiles} tiles.");
        int walked = (firstScenario - memory.Plan.FirstScenario) / Width;
        for (int tile = 0; tile < tiles; tile++)
        {
            scenarios[tile].Start();
            ordered.Fill(walked + tile, memory.Drawn!, scenarios[tile]);
        }

        scenarios.Evolve(tiles);
        Clock.Lap(Stage.Evolve);
        double largest = 0; // NaN where a P&L is no number
        for (int tile = 0; tile < tiles; tile++)
        {
            scenarios[tile].Keep(1);
            growths.Fill(scenarios[tile].Shocks);
            revaluations[tile].Revalue(0, memory.Plan.Instruments.Count, scenarios[tile].Shocks);
            largest = Math.Max(largest, Bound(tile));
        }

        Clock.Lap(Stage.Revalue);
        int rows = memory.Plan.Positions.Accounts;
        Span<double> lowest = new(least.Pointer, rows * Tiles);
        lowest.Clear();
        for (int block = 0; block < memory.Positions.Blocks; block++)
        {
            memory.Positions.AddLeast(block, (double*)bounds.Pointer + (nint)block * memory.Positions.Instruments * 2 * Tiles, (double*)least.Pointer);
        }

        if (!(largest < greatest))
        {
            lowest.Fill(double.NegativeInfinity); // a sum may overflow, which is told of its scenario
        }

        for (int tile = 0; tile < tiles; tile++)
        {
            int count = 0;
            for (int row = 0; row < rows; row++)
            {
                asked[count] = row;
                count += lowest[row * Tiles + tile] > tails.Level(row) ? 0 : 1;
            }

            Add(tile, asked.AsSpan(0, count), ordered.Scenarios(walked + tile, memory.Plan.Scenarios));
        }
    }

    void Add(int tile, ReadOnlySpan<int> rows, ReadOnlySpan<int> numbers)
    {
        double* sum = (double*)sums.Pointer;
        for (int i = 0; i < rows.Length; i++)
        {
            if (memory.Plan.Positions.Count(rows[i]) == 0)
            {
                new Span<double>(sum + (nint)i * Width, Width).Clear();
            }
        }

        for (int block = 0; block < memory.Positions.Blocks; block++)
        {
            memory.Positions.Add(block, rows, revaluations[tile].Changes.At((long)block * memory.Positions.Instruments * Width), Width, sum);
        }

        Clock.Lap(Stage.Aggregate);
        for (int i = 0; i < rows.Length; i++)
        {
            tails.Add(rows[i], numbers, new ReadOnlySpan<double>(sum + (nint)i * Width, numbers.Length));
        }

        Clock.Lap(Stage.Tails);
    }

    // Least and greatest P&L of every instrument in a tile. Returns the largest without regard to sign, NaN if one is no number.
    double Bound(int tile)
    {
        byte* changes = revaluations[tile].Changes.Pointer;
        double* bound = (double*)bounds.Pointer + tile;
        double* lanes = stackalloc double[2 * T.Width];
        T size = T.Of(0), numbers = T.Of(0);
        for (int i = 0; i < memory.Plan.Instruments.Count; i++)
        {
            nint row = (nint)i * Width;
            T least = T.Load(changes, row), most = least;
            for (int s = 0; s < Width; s += T.Width)
            {
                T change = T.Load(changes, row + s);
                least = T.SelectGreater(least, change, change, least);
                most = T.SelectGreater(change, most, change, most);
                numbers = T.Fma(change, T.Of(0), numbers); // NaN from then on
            }

            T own = T.SelectGreater(-least, most, -least, most);
            size = T.SelectGreater(own, size, own, size);
            T.Store(-least, lanes, 0);
            T.Store(most, lanes, T.Width);
            double low = -Greatest(lanes, 0), high = Greatest(lanes, T.Width);
            double margin = apart * Math.Max(Math.Abs(low), Math.Abs(high));
            bound[(nint)i * 2 * Tiles] = low - margin;
            bound[((nint)i * 2 + 1) * Tiles] = high + margin;
        }

        T.Store(size, lanes, 0);
        T.Store(numbers, lanes, T.Width);
        double isNumber = 0;
        for (int k = 0; k < T.Width; k++)
        {
            isNumber += T.IsSingle ? ((float*)lanes)[T.Width + k] : lanes[T.Width + k];
        }

        return Greatest(lanes, 0) + isNumber;
    }

    // Greatest element of a lane.
    static double Greatest(double* lanes, int first)
    {
        if (!T.IsSingle)
        {
            double greatest = lanes[first];
            for (int k = 1; k < T.Width; k++)
            {
                greatest = Math.Max(greatest, lanes[first + k]);
            }

            return greatest;
        }

        float* singles = (float*)lanes + first;
        if (T.Width == 1)
        {
            return *singles;
        }

        Vector256<float> eight = Vector256.Load(singles);
        eight = T.Width > Vector256<float>.Count ? Vector256.Max(eight, Vector256.Load(singles + Vector256<float>.Count)) : eight;
        Vector128<float> four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
    }

    public void Dispose()
    {
        scenarios.Dispose();
        growths.Dispose();
        bounds.Dispose();
        least.Dispose();
        sums.Dispose();
        foreach (RevaluationTile<T> revaluation in revaluations)
        {
            revaluation.Dispose();
        }
    }
}
