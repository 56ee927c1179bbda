using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Cli.Options;
using GpuMargin.Ilgpu.Devices;

namespace GpuMargin.Tests.Cli;

/// <summary>Moment at which a device fails.</summary>
enum Failure
{
    None,
    TooSmall,
    OnOpening,
    HalfWay,
    AtTheEnd,
}

/// <summary>A backend of the given name that computes on the processor and fails when told to, as a device without memory does.</summary>
sealed class FakeDevice(string name, Failure failure) : IBackend, IDisposable
{
    internal const string Reason = "out of device memory";

    readonly CpuBackend cpu = new();

    internal bool Disposed { get; private set; }

    public string Name => name;

    public string Device => "Fake GPU";

    public bool RunsSideBySide => false;

    public MemoryNeed Memory(ValuationRun plan, RunSize size) => cpu.Memory(plan, size) with { Available = failure == Failure.TooSmall ? 0 : double.PositiveInfinity };

    public EngineResult Run(ValuationRun plan, IProgress<long>? scenariosDone = null, CancellationToken cancellation = default)
    {
        if (failure == Failure.HalfWay)
        {
            scenariosDone?.Report(plan.Scenarios / 2);
            throw Failed();
        }

        EngineResult result = cpu.Run(plan, scenariosDone, cancellation);
        return failure == Failure.AtTheEnd ? throw Failed() : result;
    }

    public void VisitScenarios(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default) =>
        Visit(plan, visit, failing => cpu.VisitScenarios(plan, failing, cancellation));

    public void VisitProfitAndLoss(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default) =>
        Visit(plan, visit, failing => cpu.VisitProfitAndLoss(plan, failing, cancellation));

    public void Dispose() => Disposed = true;

    internal DeviceFailedException Failed() => new(Name, Device, Reason);

    void Visit(ValuationRun plan, ScenarioVisitor visit, Action<ScenarioVisitor> compute)
    {
        bool late = false;
        compute((first, rows, values) =>
        {
            late |= failure == Failure.HalfWay && first + rows > plan.Scenarios / 2;
            if (!late)
            {
                visit(first, rows, values);
            }
        });
        if (late || failure == Failure.AtTheEnd)
        {
            throw Failed();
        }
    }
}

/// <summary>A machine with one CUDA device, which may fail, or none; and with nothing else that ILGPU reaches.</summary>
sealed class FakeDevices(Failure failure, bool usable = true)
{
    internal const string Missing = "no driver is installed";

    internal List<FakeDevice> Opened { get; } = [];

    internal List<(string Backend, int? Device)> Asked { get; } = [];

    internal BackendSource Source => new(Find, Open);

    BackendDevices Find(string backend) => backend == IlgpuDevices.Cuda && usable
        ? new BackendDevices(backend, [Description(0, null), Description(1, null)], null)
        : new BackendDevices(backend, [], Missing);

    internal static DeviceDescription Description(int index, string? unusable) =>
        new(index, "Fake GPU", 3L << 29, "fake driver 1.2", "9.0", true, 132, unusable);

    FakeDevice Open(string backend, int? device)
    {
        Asked.Add((backend, device));
        var opened = new FakeDevice(backend, failure);
        if (failure == Failure.OnOpening)
        {
            throw opened.Failed();
        }

        Opened.Add(opened);
        return opened;
    }
}
