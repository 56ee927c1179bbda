namespace GpuMargin.Backends.Cpu;

/// <summary>One thread's walk over scenarios.</summary>
interface IWorker : IDisposable
{
    StageClock Clock { get; }

    /// <summary>Generates neighbouring tiles and passes their P&amp;L to the sink.</summary>
    void Compute(int firstScenario, int tiles, IProfitAndLossSink sink);
}
