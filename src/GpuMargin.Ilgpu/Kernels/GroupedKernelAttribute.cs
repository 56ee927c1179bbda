namespace GpuMargin.Ilgpu.Kernels;

/// <summary>An entry point whose threads work in groups; by it the checks of device code find all of them.</summary>
/// <remarks>A generic one is over the lane.</remarks>
[AttributeUsage(AttributeTargets.Method)]
sealed class GroupedKernelAttribute : Attribute;
