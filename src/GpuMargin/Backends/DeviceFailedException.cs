namespace GpuMargin.Backends;

/// <summary>A device could not be opened, ran out of memory or was lost. Nothing that it computed may be used.</summary>
/// <param name="backend">As <see cref="IBackend.Name"/>.</param>
/// <param name="device">The device in words.</param>
/// <param name="reason">What happened, as the end of a sentence.</param>
public sealed class DeviceFailedException(string backend, string device, string reason, Exception? cause = null)
    : Exception($"{backend}: {device} failed: {reason}", cause)
{
    public string Backend { get; } = backend;

    public string Device { get; } = device;

    public string Reason { get; } = reason;
}
