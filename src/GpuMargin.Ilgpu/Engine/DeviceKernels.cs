using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>All kernels of a precision, compiled and loaded once per device.</summary>
sealed class DeviceKernels<T>
    where T : unmanaged, IDeviceLane<T>
{
    public DeviceKernels(Accelerator accelerator)
    {
        DrawNormals = Load<DrawNormals<T>>(accelerator);
        DrawMixing = Load<DrawMixing<T>>(accelerator);
        DrawComponents = Load<DrawComponents<T>>(accelerator);
        DrawBridgedMixing = Load<DrawBridgedMixing<T>>(accelerator);
        ApplyLoadings = Load<ApplyLoadings<T>>(accelerator);
        Correlate = Load<Correlate<T>>(accelerator);
        Evolve = Load<Evolve<T>>(accelerator);
        Jump = Load<Jump<T>>(accelerator);
        FillRows = Load<FillRows<T>>(accelerator);
        RevalueDeltaOne = Load<RevalueDeltaOne<T>>(accelerator);
        RevalueOptions = Load<RevalueOptions<T>>(accelerator);
        Subtract = Load<SubtractRows>(accelerator);
        Aggregate = accelerator.LoadKernel<Aggregate<T>>(AggregateEntry.Run);
    }

    public Action<AcceleratorStream, Index1D, DrawNormals<T>> DrawNormals { get; }

    public Action<AcceleratorStream, Index1D, DrawMixing<T>> DrawMixing { get; }

    public Action<AcceleratorStream, Index1D, DrawComponents<T>> DrawComponents { get; }

    public Action<AcceleratorStream, Index1D, DrawBridgedMixing<T>> DrawBridgedMixing { get; }

    public Action<AcceleratorStream, Index1D, ApplyLoadings<T>> ApplyLoadings { get; }

    public Action<AcceleratorStream, Index1D, Correlate<T>> Correlate { get; }

    public Action<AcceleratorStream, Index1D, Evolve<T>> Evolve { get; }

    public Action<AcceleratorStream, Index1D, Jump<T>> Jump { get; }

    public Action<AcceleratorStream, Index1D, FillRows<T>> FillRows { get; }

    public Action<AcceleratorStream, Index1D, RevalueDeltaOne<T>> RevalueDeltaOne { get; }

    public Action<AcceleratorStream, Index1D, RevalueOptions<T>> RevalueOptions { get; }

    public Action<AcceleratorStream, Index1D, SubtractRows> Subtract { get; }

    public Action<AcceleratorStream, KernelConfig, Aggregate<T>> Aggregate { get; }

    static Action<AcceleratorStream, Index1D, TKernel> Load<TKernel>(Accelerator accelerator)
        where TKernel : struct, IKernel =>
        accelerator.LoadAutoGroupedKernel<Index1D, TKernel>(KernelEntry.Run);
}
