using System.CommandLine;
using GpuMargin.Backends;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Ilgpu.Devices;

namespace GpuMargin.Cli.Commands;

/// <summary>What can be computed on, and why what is missing is missing.</summary>
static class DevicesCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json, BackendSource source)
    {
        var command = new Command("devices", "List what can be computed on, and why what is missing is missing");
        command.SetAction(parsed =>
        {
            var cpu = new CpuBackend();
            DeviceEntry[] devices =
            [
                new DeviceEntry(cpu.Name, true, $"{cpu.Device}; the processor offers {Offered}"),
                .. IlgpuDevices.Backends.Select(source.Find).SelectMany(Entries),
            ];
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, new DeviceList(devices), CliJson.Readable.DeviceList);
            }
            else
            {
                foreach (DeviceEntry device in devices)
                {
                    terminal.Out.WriteLine($"{device.Backend,-10} {Finding(device)}{device.Description}");
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    static string Finding(DeviceEntry device) => device.Available ? "" : device.Device is null ? "missing: " : "unusable: ";

    static IEnumerable<DeviceEntry> Entries(BackendDevices found) => found.Missing is { } reason
        ? [new DeviceEntry(found.Backend, false, reason)]
        : found.Devices.Select(device => Entry(found.Backend, device, numbered: found.Devices.Count > 1));

    static DeviceEntry Entry(string backend, DeviceDescription device, bool numbered)
    {
        string number = numbered ? Text.Invariant($"device {device.Index}: ") : "";
        string[] words =
        [
            $"{number}{device.Name}",
            .. device.MemoryBytes is { } bytes ? [Text.Invariant($"{(double)bytes / (1L << 30):F1} GiB")] : Array.Empty<string>(),
            .. device.Multiprocessors is { } count ? [Text.Invariant($"{count} multiprocessor{(count == 1 ? "" : "s")}")] : Array.Empty<string>(),
            .. device.ComputeCapability is { } capability ? [$"compute capability {capability}"] : Array.Empty<string>(),
            .. device.DoublePrecision switch { true => ["double precision"], false => ["single precision only"], _ => Array.Empty<string>() },
            device.Driver,
        ];
        string reason = device.Unusable is null ? "" : $": {device.Unusable}";
        return new DeviceEntry(
            backend, device.Unusable is null, string.Join("; ", words) + reason, device.Index, device.Name, device.MemoryBytes,
            device.Driver, device.ComputeCapability, device.DoublePrecision, device.Multiprocessors, device.Unusable);
    }

    static string Offered => CpuBackend.WidestSupported switch
    {
        LaneWidth.Bits512 => "512-bit (AVX-512), 256-bit (AVX2) and scalar lanes",
        LaneWidth.Bits256 => "256-bit (AVX2) and scalar lanes",
        _ => "scalar lanes",
    };
}
