using BenchmarkDotNet.Attributes;
using GpuMargin.Backends;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;
using GpuMargin.ClearingSets;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>A stage of the engine over one tile of job S on one thread, in the widest lanes and in scalar ones.</summary>
public abstract class StageSuite
{
    [Params(Precision.Mixed, Precision.Double)]
    public Precision Precision { get; set; }

    internal StageTile Scalar { get; private set; } = null!;

    internal StageTile Widest { get; private set; } = null!;

    [GlobalSetup]
    public virtual void Prove()
    {
        Scalar = StageTile.Of(SetS.Plan, Precision, LaneWidth.Scalar);
        Widest = StageTile.Of(SetS.Plan, Precision, CpuBackend.WidestSupported);
        Both("normals", tile => tile.Draw(), tile => tile.Variates());
        Both("correlated normals", tile => tile.Correlate(), tile => tile.Variates());
        Both("shocks", tile => tile.Evolve(), tile => tile.Shocks());
        Both("changes", tile => tile.FillRows(), tile => tile.Changes());
        Both("P&L", _ => { }, tile => tile.ProfitAndLoss());
    }

    [GlobalCleanup]
    public void Free()
    {
        Scalar.Dispose();
        Widest.Dispose();
    }

    void Both(string what, Action<StageTile> compute, Func<StageTile, double[]> result)
    {
        compute(Scalar);
        compute(Widest);
        double[] expected = result(Scalar);
        Parity.RequireMoved(expected, what);
        Parity.RequireEqualBits(expected, result(Widest), what);
    }
}
