using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Ilgpu.Fingerprints;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
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
    readonly DeviceBuffers buffers;
    readonly IDeviceShocks<T> scenarios;
    readonly DeviceInstruments<T> instruments;
    readonly DevicePositions<T> positions;
    readonly DeviceTails tails;
    readonly DeviceFingerprint? fingerprint; // none of a run without one
    readonly DeviceClock clock;
    readonly DeviceClock secondClock;
    readonly ArrayView<double>[] profitAndLoss;
    int slice;

    /// <param name="second">Fingerprints the last slice while the stream computes the next.</param>
    public DeviceRun(
        ComputeDevice device, DeviceKernels<T> kernels, AcceleratorStream stream, AcceleratorStream second,
        ValuationRun plan, int width)
    {
        plan.Check();
        this.stream = stream;
        this.second = second;
        this.width = width;
        firstScenario = plan.FirstScenario;
        rows = plan.Positions.Rows;
        clock = new DeviceClock(stream);
        secondClock = new DeviceClock(second);
        buffers = new DeviceBuffers(device);
        try
        {
            using Upload upload = new(buffers, stream);
            scenarios = DeviceShocks.Of(buffers, upload, kernels, plan, width);
            instruments = new DeviceInstruments<T>(buffers, upload, kernels, plan.Instruments, plan.Positions.Held(plan.Instruments.Count), width);
            positions = new DevicePositions<T>(upload, kernels, plan, width);
            tails = new DeviceTails(buffers, rows, plan.TailLength) { Keys = plan.Positions.Key, FirstScenario = firstScenario };
            int fingerprinted = plan.FingerprintRows;
            fingerprint = fingerprinted == 0 ? null : new DeviceFingerprint(buffers, plan.Fingerprint, fingerprinted, plan.Scenarios, width);
            profitAndLoss = [Slice(), Slice()];
        }
        catch
        {
            buffers.Dispose();
            throw;
        }

        ArrayView<double> Slice() => buffers.Allocate<double>((long)rows * width).View.BaseView;
    }

    /// <param name="first">Counted from the plan's first scenario.</param>
    public void Compute(int first, int count)
    {
        ArrayView<double> values = profitAndLoss[slice & 1];
        clock.Start();
        Launch(first, values);
        tails.Add(stream, values, width, first, count);
        clock.Lap(Stage.Tails);
        tails.ThrowIfNotFinite(stream);

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
        Launch(first, profitAndLoss[0]);
        double[] values = new double[(long)rows * width];
        profitAndLoss[0].CopyToCPU(stream, values);
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

    void Launch(int first, ArrayView<double> target)
    {
        scenarios.Generate(stream, firstScenario + first, clock);
        instruments.Revalue(stream, scenarios.Shocks, clock);
        positions.Add(stream, instruments.Changes, target, clock);
    }

    public void Dispose()
    {
        buffers.Dispose();
        clock.Dispose();
        secondClock.Dispose();
    }
}
