namespace GpuMargin.Ilgpu.Devices;

/// <summary>What a backend can compute on here.</summary>
/// <param name="Backend">As the command line names it.</param>
/// <param name="Devices">Every device there is, usable or not.</param>
/// <param name="Missing">Why there is none; <see langword="null"/> when there is one.</param>
public sealed record BackendDevices(string Backend, IReadOnlyList<DeviceDescription> Devices, string? Missing)
{
    /// <summary>Whether at least one device can be computed on.</summary>
    public bool Available => Devices.Any(device => device.Unusable is null);

    /// <summary>Why the backend, or its device of that number, cannot be used; <see langword="null"/> when it can.</summary>
    public string? WhyNot(int? device)
    {
        if (Missing is not null)
        {
            return Missing;
        }

        if (device is { } index && Devices.All(known => known.Index != index))
        {
            return $"there is no device {index}, only {string.Join(", ", Devices.Select(known => known.Index))}";
        }

        DeviceDescription[] wanted = [.. Devices.Where(known => device is null || known.Index == device)];
        return wanted.Any(known => known.Unusable is null)
            ? null
            : string.Join("; ", wanted.Select(known => $"{known.Name}: {known.Unusable}"));
    }

    internal static BackendDevices None(string backend, string reason) => new(backend, [], reason);
}
