using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu.Checks;
using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Ilgpu.Engine;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu;

/// <summary>The kernels on devices of one kind; rows are split over several, each generating the scenarios it needs.</summary>
sealed class IlgpuBackend : IBackend, IDisposable
{
    readonly Context context;
    readonly IReadOnlyList<ComputeDevice> devices;
    readonly int mostScenarios;
    readonly Dictionary<(ComputeDevice, Precision), IDeviceEngine> engines = [];

    /// <param name="name">As the command line names it.</param>
    /// <param name="context">Disposed with the backend, as are the devices.</param>
    /// <param name="devices">At least one.</param>
    /// <param name="mostScenarios">Of a slice, a multiple of 64. Changes no result.</param>
    public IlgpuBackend(string name, Context context, IReadOnlyList<ComputeDevice> devices, int mostScenarios = SliceWidth.Most)
    {
        ArgumentOutOfRangeException.ThrowIfZero(devices.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(mostScenarios % ProfitAndLossHash.LeafScenarios, 0, nameof(mostScenarios));
        Name = name;
        this.context = context;
        this.devices = devices;
        this.mostScenarios = mostScenarios;
    }

    public string Name { get; }

    public string Device => string.Join(", ", devices.GroupBy(device => device.Accelerator.Name).Select(same => same.Count() == 1 ? same.Key : $"{same.Count()} × {same.Key}"));

    public bool RunsSideBySide => false;

    /// <summary>Memory of the host for the results, or of the device with the least memory for its share of the rows: whichever is scarcer.</summary>
    public MemoryNeed Memory(ValuationRun plan, RunSize size)
    {
        RunSize share = size with
        {
            Rows = (size.Rows + devices.Count - 1) / devices.Count,
            FingerprintRows = (size.FingerprintRows + devices.Count - 1) / devices.Count,
        };
        long needed = plan.Precision == Precision.Mixed
            ? SliceWidth.BytesNeeded<DeviceFloat32>(plan, share)
            : SliceWidth.BytesNeeded<DeviceFloat64>(plan, share);
        MemoryNeed device = new(needed, SliceWidth.Budget(devices.Min(FreeMemory)), 0);
        MemoryNeed host = HostMemory.OfResults(plan.Fingerprint, size, keepsDigests: true);
        return host.Fits ? device : host;
    }

    static long FreeMemory(ComputeDevice device)
    {
        device.Accelerator.Bind();
        return device.FreeMemory;
    }

    /// <exception cref="DeviceFailedException">A device ran out of memory or was lost.</exception>
    public EngineResult Run(ValuationRun plan, IProgress<long>? scenariosDone = null, CancellationToken cancellation = default) => Guarded(() =>
    {
        DeviceShare[] shares = DeviceShare.Split(plan, devices.Count);
        IDeviceEngine[] used = [.. devices.Take(shares.Length).Select(device => Engine(device, plan.Precision))];
        DeviceResult[] results = new DeviceResult[shares.Length];
        long[] done = new long[shares.Length];
        ThreadTeam.Run(shares.Length, (device, stop) => results[device] = Compute(used[device], shares[device], Report(device), stop), cancellation);
        return Combine(plan, shares, results);

        Action<int> Report(int device) => count =>
        {
            Interlocked.Add(ref done[device], count);
            scenariosDone?.Report(done.Min());
        };
    });

    /// <exception cref="DeviceFailedException">A device ran out of memory or was lost.</exception>
    public void VisitScenarios(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default) => Guarded(() =>
    {
        Engine(devices[0], plan.Precision).VisitScenarios(plan, visit, cancellation);
        return true;
    });

    /// <exception cref="DeviceFailedException">A device ran out of memory or was lost.</exception>
    public void VisitProfitAndLoss(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default) => Guarded(() =>
    {
        try
        {
            Engine(devices[0], plan.Precision).VisitProfitAndLoss(plan, visit, cancellation);
            return true;
        }
        catch (NonFiniteProfitAndLossException exception)
        {
            ProcessorScenario.RequireNonFinite(plan, exception);
            throw;
        }
    });

    static DeviceResult Compute(IDeviceEngine engine, DeviceShare share, Action<int> scenariosDone, CancellationToken stop)
    {
        try
        {
            return engine.Run(share.Plan, scenariosDone, stop);
        }
        catch (NonFiniteProfitAndLossException exception)
        {
            ProcessorScenario.RequireNonFinite(share.Plan, exception);
            throw;
        }
    }

    static EngineResult Combine(ValuationRun plan, DeviceShare[] shares, DeviceResult[] results)
    {
        using ProfitAndLossHash hash = new(plan);
        LossTail[] tails = new LossTail[plan.Positions.Rows];
        for (int device = 0; device < shares.Length; device++)
        {
            DeviceShare share = shares[device];
            if (share.Blocks > 0)
            {
                hash.AddDigests(share.FirstAccount / ProfitAndLossHash.LeafAccounts, share.Blocks, results[device].Digests);
            }

            for (int i = 0; i < share.Rows.Length; i++)
            {
                tails[share.Rows[i]] = results[device].Tails[share.Places[i]];
            }
        }

        StageTime[] stages = Stages.Times(stage => results.Max(result => result.Seconds[(int)stage]));
        return new EngineResult(tails, hash.Root(), stages) { Digests = hash.Digests };
    }

    IDeviceEngine Engine(ComputeDevice device, Precision precision)
    {
        if (!engines.TryGetValue((device, precision), out IDeviceEngine? engine))
        {
            engine = precision == Precision.Mixed
                ? new DeviceEngine<DeviceFloat32>(device, mostScenarios)
                : new DeviceEngine<DeviceFloat64>(device, mostScenarios);
            KnownSlices.Check(engine, precision);
            engines[(device, precision)] = engine;
        }

        return engine;
    }

    TResult Guarded<TResult>(Func<TResult> compute)
    {
        try
        {
            return compute();
        }
        catch (Exception failure) when (DeviceFailure.Reason(failure) is { } reason)
        {
            throw new DeviceFailedException(Name, Device, reason, failure);
        }
    }

    // A lost device throws from every call, also from those that free its memory; nothing is to be done about it then.
    public void Dispose()
    {
        foreach (IDisposable owned in engines.Values.Cast<IDisposable>().Concat(devices).Append(context))
        {
            try
            {
                owned.Dispose();
            }
            catch (AcceleratorException)
            {
            }
        }

        engines.Clear();
    }
}
