using GpuMargin.Aggregation;
using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends;

/// <summary>Width of the vectors that carry scenarios.</summary>
public enum LaneWidth
{
    /// <summary>The widest the processor has.</summary>
    Widest = 0,

    Scalar = 1,

    /// <summary>AVX2 with FMA.</summary>
    Bits256 = 256,

    /// <summary>AVX-512.</summary>
    Bits512 = 512,
}

/// <summary>The processor's own lanes on all its cores.</summary>
public sealed class CpuBackend : IBackend
{
    readonly int threads;
    readonly int width;

    /// <param name="threads">0: one per logical processor.</param>
    /// <param name="lanes">Must be one the processor has.</param>
    /// <param name="tileScenarios">Scenarios walked together, a multiple of 64; 0: the measured best. Changes no result.</param>
    public CpuBackend(int threads = 0, LaneWidth lanes = LaneWidth.Widest, int tileScenarios = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfNegative(tileScenarios);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tileScenarios % ProfitAndLossHash.LeafScenarios, 0, nameof(tileScenarios));
        if (lanes > WidestSupported)
        {
            throw new PlatformNotSupportedException($"This processor has no {(int)lanes}-bit lanes; its widest are {WidestSupported}.");
        }

        this.threads = threads == 0 ? Environment.ProcessorCount : threads;
        Lanes = lanes == LaneWidth.Widest ? WidestSupported : lanes;
        width = tileScenarios == 0 ? ProfitAndLossHash.LeafScenarios : tileScenarios;
    }

    public static LaneWidth WidestSupported =>
        Float32x16.IsSupported ? LaneWidth.Bits512 : Float32x8.IsSupported ? LaneWidth.Bits256 : LaneWidth.Scalar;

    public LaneWidth Lanes { get; }

    public string Name => "cpu";

    public string Device => $"{CpuIdentity.Name}, {(Lanes == LaneWidth.Scalar ? "scalar" : $"{(int)Lanes}-bit")} lanes, {threads} thread{(threads == 1 ? "" : "s")}";

    public bool RunsSideBySide => true;

    public MemoryNeed Memory(ValuationRun plan, RunSize size) => HostMemory.OfRun(plan.Fingerprint, size, plan.KeepsDigests);

    public EngineResult Run(ValuationRun plan, IProgress<long>? scenariosDone = null, CancellationToken cancellation = default) =>
        Engine(plan.Precision).Run(plan, scenariosDone, cancellation);

    public void VisitScenarios(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default) =>
        VisitScenarios(plan, (_, _) => true, visit, cancellation);

    /// <summary>Visits some of the scenarios; others are not drawn.</summary>
    /// <param name="wants">Whether scenarios that are drawn together, the first and their number, are visited.</param>
    internal void VisitScenarios(ValuationRun plan, Func<int, int, bool> wants, ScenarioVisitor visit, CancellationToken cancellation = default) =>
        Engine(plan.Precision).VisitScenarios(plan, wants, visit, cancellation);

    public void VisitProfitAndLoss(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default) =>
        Engine(plan.Precision).VisitProfitAndLoss(plan, visit, cancellation);

    /// <summary>The shocks of every scenario on all days that instruments read, [scenario, row of <see cref="ValuationRun.ShockRows"/>]; the doubles hold the working precision exactly.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    internal double[] Shocks(ValuationRun plan, CancellationToken cancellation) => Engine(plan.Precision).Shocks(plan, cancellation);

    ICpuEngine Engine(Precision precision) => (precision, Lanes) switch
    {
        (Precision.Mixed, LaneWidth.Bits512) => new CpuEngine<Float32x16, UInt32x16>(threads, width),
        (Precision.Mixed, LaneWidth.Bits256) => new CpuEngine<Float32x8, UInt32x8>(threads, width),
        (Precision.Mixed, _) => new CpuEngine<Float32, UInt32x1>(threads, width),
        (Precision.Double, LaneWidth.Bits512) => new CpuEngine<Float64x8, UInt32x16>(threads, width),
        (Precision.Double, LaneWidth.Bits256) => new CpuEngine<Float64x4, UInt32x8>(threads, width),
        _ => new CpuEngine<Float64, UInt32x1>(threads, width),
    };
}
