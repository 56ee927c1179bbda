namespace GpuMargin.Ilgpu.Launch;

/// <summary>A device that cannot compute, or computed wrongly: never the fault of what it was given.</summary>
/// <param name="reason">What it lacks or did, as the end of a sentence.</param>
sealed class DeviceFaultException(string reason) : Exception(reason);
