using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>All kernels of a precision, compiled and loaded once per device.</summary>
sealed class DeviceKernels<T>
    where T : unmanaged, IDeviceLane<T>
{
    public DeviceKernels(ComputeDevice device)
    {
        DrawNormals = device.Load<DrawNormals<T>>();
        DrawMixing = device.Load<DrawMixing<T>>();
        DrawComponents = device.Load<DrawComponents<T>>();
        DrawBridgedMixing = device.Load<DrawBridgedMixing<T>>();
        ApplyLoadings = device.Load<ApplyLoadings<T>>();
        Correlate = device.Load<Correlate<T>>();
        Evolve = device.Load<Evolve<T>>();
        Jump = device.Load<Jump<T>>();
        FillRows = device.Load<FillRows<T>>();
        MoveVolatilities = device.Load<MoveVolatilities<T>>();
        RevalueDeltaOne = device.Load<RevalueDeltaOne<T>>();
        RevalueOptions = device.Load<RevalueOptions<T>>();
        RevalueNormalOptions = device.Load<RevalueNormalOptions<T>>();
        RevalueAmerican = device.Load<RevalueAmerican<T>>();
        RevalueAmericanInDouble = device.Load<RevalueAmericanInDouble<T>>();
        RevalueInDouble = device.Load<RevalueInDouble<T>>();
        Subtract = device.Load<SubtractRows>();
        Aggregate = device.LoadGrouped<Action<AcceleratorStream, KernelConfig, Aggregate<T>>>(AggregateEntry.Run<T>);
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

    public Action<AcceleratorStream, Index1D, MoveVolatilities<T>> MoveVolatilities { get; }

    public Action<AcceleratorStream, Index1D, RevalueDeltaOne<T>> RevalueDeltaOne { get; }

    public Action<AcceleratorStream, Index1D, RevalueOptions<T>> RevalueOptions { get; }

    public Action<AcceleratorStream, Index1D, RevalueNormalOptions<T>> RevalueNormalOptions { get; }

    public Action<AcceleratorStream, Index1D, RevalueAmerican<T>> RevalueAmerican { get; }

    public Action<AcceleratorStream, Index1D, RevalueAmericanInDouble<T>> RevalueAmericanInDouble { get; }

    public Action<AcceleratorStream, Index1D, RevalueInDouble<T>> RevalueInDouble { get; }

    public Action<AcceleratorStream, Index1D, SubtractRows> Subtract { get; }

    public GroupedKernel<Action<AcceleratorStream, KernelConfig, Aggregate<T>>> Aggregate { get; }
}
