using System.CommandLine;
using GpuMargin.Backends;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;

namespace GpuMargin.Cli.Commands;

/// <summary>What can be computed on, and why what is missing is missing.</summary>
static class DevicesCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json)
    {
        var command = new Command("devices", "List what can be computed on, and why what is missing is missing");
        command.SetAction(parsed =>
        {
            var cpu = new CpuBackend();
            DeviceEntry[] devices =
            [
                new DeviceEntry(cpu.Name, true, $"{cpu.Device}; the processor offers {Offered}"),
                .. BackendOptions.Missing.Select(name => new DeviceEntry(name, false, BackendOptions.WithoutIlgpu)),
            ];
            if (parsed.GetValue(json))
                JsonOutput.Print(terminal, new DeviceList(devices), CliJson.Readable.DeviceList);
            else
                foreach (DeviceEntry device in devices)
                    terminal.Out.WriteLine($"{device.Backend,-10} {(device.Available ? "" : "missing: ")}{device.Description}");
            return ExitCode.Done;
        });
        return command;
    }

    static string Offered => CpuBackend.WidestSupported switch
    {
        LaneWidth.Bits512 => "512-bit (AVX-512), 256-bit (AVX2) and scalar lanes",
        LaneWidth.Bits256 => "256-bit (AVX2) and scalar lanes",
        _ => "scalar lanes",
    };
}
