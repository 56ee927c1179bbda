using GpuMargin.Ilgpu.Fingerprints;
using GpuMargin.Ilgpu.Lanes;
using ILGPU;

namespace GpuMargin.Ilgpu.Devices.Drivers;

/// <summary>The one place that makes ILGPU contexts, so that every kernel is compiled alike.</summary>
static class IlgpuContext
{
    /// <remarks>
    /// O2, because O1 leaves loads with generic addresses. Everything is inlined: a lane's members are single instructions.
    /// Default math: no approximate functions and no narrowing to 32 bits. Devices are not registered on the builder, since
    /// its CUDA part sets ILGPU's own import resolver on some systems and fails when there is one already. Profiling lets
    /// markers into streams, which time the stages.
    /// </remarks>
    internal static Context Create()
    {
        Context context = Context.Create(builder => builder
            .Optimize(OptimizationLevel.O2)
            .Inlining(InliningMode.Aggressive)
            .Math(MathMode.Default)
            .Profiling());
        DeviceIntrinsics.Register(context);
        WordIntrinsics.Register(context);
        return context;
    }
}
