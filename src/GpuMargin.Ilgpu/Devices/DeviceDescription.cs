namespace GpuMargin.Ilgpu.Devices;

/// <summary>A device that a driver names, whether or not it can be computed on.</summary>
/// <param name="Index">Number of the device, as <c>--device</c> takes it.</param>
/// <param name="MemoryBytes">Its own memory; <see langword="null"/> when it uses the host's.</param>
/// <param name="Driver">Driver and version in words.</param>
/// <param name="ComputeCapability">Of CUDA devices.</param>
/// <param name="DoublePrecision"><see langword="null"/> when the driver was not asked, the device being unusable for another reason.</param>
/// <param name="Unusable">Why it cannot be computed on; <see langword="null"/> when it can.</param>
public sealed record DeviceDescription(
    int Index,
    string Name,
    long? MemoryBytes,
    string Driver,
    string? ComputeCapability,
    bool? DoublePrecision,
    int? Multiprocessors,
    string? Unusable);
