using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using GpuMargin.Benchmarks.Inputs;
using GpuMargin.ClearingSets;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>One tile of scenarios of a plan on one thread; the stages in the order of a run.</summary>
abstract class StageTile : IDisposable
{
    public static StageTile Of(ValuationRun plan, Precision precision, LaneWidth lanes) => (precision, lanes) switch
    {
        (Precision.Mixed, LaneWidth.Bits512) => new StageTile<Float32x16, UInt32x16>(plan),
        (Precision.Mixed, LaneWidth.Bits256) => new StageTile<Float32x8, UInt32x8>(plan),
        (Precision.Mixed, _) => new StageTile<Float32, UInt32x1>(plan),
        (Precision.Double, LaneWidth.Bits512) => new StageTile<Float64x8, UInt32x16>(plan),
        (Precision.Double, LaneWidth.Bits256) => new StageTile<Float64x4, UInt32x8>(plan),
        _ => new StageTile<Float64, UInt32x1>(plan),
    };

    public abstract void Draw();

    public abstract void Correlate();

    public abstract void Evolve();

    public abstract void FillRows();

    /// <summary>All instruments, block by block through the same memory, as in a run.</summary>
    public abstract void Revalue();

    /// <summary>All positions, block by block; every block reads the P&amp;L of the last one revalued.</summary>
    public abstract void Aggregate();

    /// <summary>[factor, scenario].</summary>
    public abstract double[] Variates();

    /// <summary>[factor, scenario].</summary>
    public abstract double[] Shocks();

    /// <summary>P&amp;L per contract of all instruments, [instrument, scenario].</summary>
    public abstract double[] Changes();

    /// <summary>P&amp;L of all accounts, [account, scenario].</summary>
    public abstract double[] ProfitAndLoss();

    public abstract void Dispose();
}

sealed unsafe class StageTile<T, TWord> : StageTile
    where T : unmanaged, IHostLane<T>
    where TWord : unmanaged, IHostWordLane<TWord>
{
    readonly PlanMemory<T> memory;
    readonly ScenarioBatch<T, TWord> scenarios;
    readonly GrowthTile<T> rows;
    readonly RevaluationTile<T> revaluation;
    readonly AlignedBuffer sums;
    readonly int instruments;

    public StageTile(ValuationRun plan)
    {
        memory = new(plan);
        instruments = plan.Instruments.Count;
        scenarios = new(memory.Drawn!, SetS.Tile, 1);
        rows = new(memory.Instruments.Growths, SetS.Tile);
        revaluation = new(memory.Instruments, rows, SetS.Tile, memory.Positions.Instruments);
        sums = new((long)plan.Positions.Accounts * SetS.Tile * sizeof(double));
    }

    public override void Draw() => scenarios.Draw(0, 0, 0);

    public override void Correlate() => scenarios.Correlate(0);

    public override void Evolve()
    {
        scenarios[0].Start();
        scenarios.Evolve(1);
    }

    public override void FillRows() => rows.Fill(scenarios[0].Shocks);

    public override void Revalue()
    {
        for (int block = 0; block < memory.Positions.Blocks; block++)
        {
            Revalue(block);
        }
    }

    public override void Aggregate()
    {
        for (int block = 0; block < memory.Positions.Blocks; block++)
        {
            memory.Positions.Add(block, 0, SetS.Accounts, revaluation.Changes.Pointer, SetS.Tile, (double*)sums.Pointer);
        }
    }

    public override double[] Variates() => Copy(scenarios[0].Variates, scenarios[0].Variates.Length);

    public override double[] Shocks() => Copy(scenarios[0].Shocks, scenarios[0].Shocks.Length);

    public override double[] Changes()
    {
        List<double> changes = new(instruments * SetS.Tile);
        for (int block = 0; block < memory.Positions.Blocks; block++)
        {
            changes.AddRange(Copy(revaluation.Changes, (long)Revalue(block) * SetS.Tile));
        }

        return [.. changes];
    }

    public override double[] ProfitAndLoss()
    {
        Span<double> profitAndLoss = new(sums.Pointer, memory.Plan.Positions.Accounts * SetS.Tile);
        for (int block = 0; block < memory.Positions.Blocks; block++)
        {
            Revalue(block);
            memory.Positions.Add(block, 0, SetS.Accounts, revaluation.Changes.Pointer, SetS.Tile, (double*)sums.Pointer);
        }

        return profitAndLoss.ToArray();
    }

    public override void Dispose()
    {
        memory.Dispose();
        scenarios.Dispose();
        rows.Dispose();
        revaluation.Dispose();
        sums.Dispose();
    }

    int Revalue(int block)
    {
        int first = block * memory.Positions.Instruments;
        int count = Math.Min(memory.Positions.Instruments, instruments - first);
        revaluation.Revalue(first, count, scenarios[0].Shocks);
        return count;
    }

    static double[] Copy(LaneArray<T> array, long count)
    {
        double[] values = new double[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = array[i];
        }

        return values;
    }
}
