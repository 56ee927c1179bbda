using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Ilgpu.Fingerprints;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Tails;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>One plan on one device: inputs uploaded once, then slice after slice of scenarios; only tails and digests come back.</summary>
sealed class DeviceRun<T> : IDisposable
    where T : unmanaged, IDeviceLane<T>
{
    readonly AcceleratorStream stream;
    readonly AcceleratorStream second;
    readonly int width;
    readonly int firstScenario;
    readonly int rows;
    readonly Upload upload;
    readonly DeviceScenarios<T> scenarios;
    readonly DeviceInstruments<T> instruments;
    readonly DevicePositions<T> positions;
    readonly DeviceTails tails;
    readonly DeviceFingerprint? fingerprint; // none of a run without one
    readonly DeviceClock clock;
    readonly DeviceClock secondClock;
    readonly MemoryBuffer1D<double, Stride1D.Dense>[] profitAndLoss;
    int slice;

    /// <param name="second">Fingerprints the last slice while the stream computes the next.</param>
    public DeviceRun(
        Accelerator accelerator, DeviceKernels<T> kernels, AcceleratorStream stream, AcceleratorStream second,
        MarginPlan plan, int width)
    {
        this.stream = stream;
        this.second = second;
        this.width = width;
        firstScenario = plan.Scenarios.FirstScenario;
        rows = plan.Positions.Rows;
        upload = new Upload(accelerator, stream);
        scenarios = new DeviceScenarios<T>(accelerator, upload, kernels, plan.Scenarios, plan.Instruments.Shocks, width);
        instruments = new DeviceInstruments<T>(accelerator, upload, kernels, plan.Instruments, width);
        positions = new DevicePositions<T>(accelerator, upload, kernels, plan, width);
        tails = new DeviceTails(accelerator, rows, plan.TailLength);
        int fingerprinted = plan.FingerprintAccounts ?? plan.Positions.Accounts;
        fingerprint = fingerprinted == 0 ? null : new DeviceFingerprint(accelerator, fingerprinted, plan.Scenarios.Scenarios);
        profitAndLoss = [Slice(), Slice()];
        clock = new DeviceClock(stream);
        secondClock = new DeviceClock(second);
        upload.Complete();

        MemoryBuffer1D<double, Stride1D.Dense> Slice() => accelerator.Allocate1D<double>((long)rows * width);
    }

    /// <param name="first">Counted from the plan's first scenario.</param>
    public void Compute(int first, int count)
    {
        ArrayView<double> values = profitAndLoss[slice & 1].View.BaseView;
        clock.Start();
        Launch(first, values);
        tails.Add(stream, values, width, first, count);
        clock.Lap(Stage.Tails);
        RequireFinite();

        // The fingerprint of the slice before: the next slice takes its memory.
        second.Synchronize();
        secondClock.Start();
        fingerprint?.Add(second, values, width, first, count);
        secondClock.Lap(Stage.Fingerprint);
        slice++;
    }

    /// <summary>[row, scenario of the slice].</summary>
    /// <param name="first">As for <see cref="Compute"/>.</param>
    public double[] ProfitAndLoss(int first)
    {
        Launch(first, profitAndLoss[0].View.BaseView);
        double[] values = new double[(long)rows * width];
        profitAndLoss[0].View.BaseView.CopyToCPU(stream, values);
        return values;
    }

    public DeviceResult Result()
    {
        LossTail[] losses = tails.Tails(stream);
        if (firstScenario > 0)
        {
            foreach (LossTail tail in losses)
            {
                for (int i = 0; i < tail.Scenarios.Length; i++)
                {
                    tail.Scenarios[i] += firstScenario;
                }
            }
        }

        byte[] digests = fingerprint?.Digests(second) ?? [];
        double[] seconds = clock.Read();
        double[] alongside = secondClock.Read();
        seconds[(int)Stage.Fingerprint] = alongside[(int)Stage.Fingerprint];
        return new DeviceResult(losses, digests, seconds);
    }

    // Waits for the slice.
    void RequireFinite()
    {
        try
        {
            tails.ThrowIfNotFinite(stream);
        }
        catch (NonFiniteProfitAndLossException exception) when (firstScenario > 0)
        {
            throw new NonFiniteProfitAndLossException(exception.Account, firstScenario + exception.Scenario);
        }
    }

    void Launch(int first, ArrayView<double> target)
    {
        scenarios.Generate(stream, firstScenario + first, clock);
        instruments.Revalue(stream, scenarios.Shocks, clock);
        positions.Add(stream, instruments.Changes, target, clock);
    }

    public void Dispose()
    {
        upload.Dispose();
        scenarios.Dispose();
        instruments.Dispose();
        tails.Dispose();
        fingerprint?.Dispose();
        clock.Dispose();
        secondClock.Dispose();
        foreach (MemoryBuffer1D<double, Stride1D.Dense> buffer in profitAndLoss)
        {
            buffer.Dispose();
        }
    }
}
