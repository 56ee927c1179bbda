using GpuMargin.Aggregation;

namespace GpuMargin.Backends;

/// <summary>What has to be valued, run by run, and what becomes of it.</summary>
/// <remarks>Runs are enumerated once; each is taken before the next is asked for, because later runs may depend on earlier results.</remarks>
interface IValuationSchedule
{
    /// <summary>The runs in order.</summary>
    IEnumerable<ValuationRun> Runs { get; }

    /// <summary>Takes the result of the run that was enumerated last.</summary>
    void Take(ValuationRun run, EngineResult result);
}
