using System.CommandLine;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu.Devices;

namespace GpuMargin.Cli.Options;

/// <summary>Choice of the backend. Every backend gives the same bits, so the choice is about time only.</summary>
sealed class BackendOptions
{
    const string Auto = "auto", Cpu = "cpu";

    static readonly string[] s_known = [Auto, Cpu, .. IlgpuDevices.Backends];

    readonly Option<int?> backend;

    readonly Option<int?> device = ValueOptions.Number<int>(
        "--device", "N", "Device of --backend cuda or opencl, as devices numbers them (all CUDA devices when left out)", "a whole number from 0", value => value >= 0);

    readonly Option<int?> threads;
    readonly BackendSource source;
    readonly Terminal terminal;
    readonly bool sideBySide;

    /// <param name="sideBySide">Many runs of one thread each go side by side on the CPU, which is the default; else one run takes all threads.</param>
    internal BackendOptions(Command command, BackendSource source, Terminal terminal, bool sideBySide = false)
    {
        (this.source, this.terminal, this.sideBySide) = (source, terminal, sideBySide);
        backend = ValueOptions.Word(
            "--backend", sideBySide ? "Where to compute (the CPU when left out)" : "Where to compute (CUDA when there is a device, else the CPU, when left out)",
            new Vocabulary<int>([.. s_known.Index().Select(known => (known.Item, known.Index))]));
        threads = ValueOptions.Number<int>(
            "--threads", "N", sideBySide ? "Days computed side by side on the CPU (all cores when left out)" : "Threads of the CPU backend (all cores when left out)",
            "a whole number above 0", value => value > 0);
        command.Add(backend);
        command.Add(device);
        command.Add(threads);
    }

    /// <summary>Threads that were asked for; 0: all cores.</summary>
    internal int Threads(ParseResult command) => command.GetValue(threads) ?? 0;

    /// <param name="quiet">Tell of no failing device on stderr.</param>
    /// <exception cref="CommandRefusedException">A device's number without a backend that numbers them.</exception>
    /// <exception cref="DeviceMissingException">The asked-for device is not there.</exception>
    /// <exception cref="DeviceFailedException">It is, but does not open.</exception>
    internal ChosenBackend Open(ParseResult command, bool quiet = false)
    {
        string name = command.GetValue(backend) is { } chosen ? s_known[chosen] : sideBySide ? Cpu : Auto;
        int? device = command.GetValue(this.device);
        if (device is not null && name is not (IlgpuDevices.Cuda or IlgpuDevices.OpenCl))
        {
            throw new CommandRefusedException(Text.Invariant($"--device: found '{device}', expected --backend cuda or opencl beside it"));
        }

        var cpu = new CpuBackend(sideBySide ? 1 : Threads(command));
        return name switch
        {
            Auto => OpenBest(cpu, warning =>
            {
                if (!quiet)
                {
                    terminal.Error.WriteLine($"warning: {warning}");
                }
            }),
            Cpu => new ChosenBackend(cpu, null, _ => { }),
            _ => new ChosenBackend(OpenNamed(name, device), null, _ => { }),
        };
    }

    ChosenBackend OpenBest(CpuBackend cpu, Action<string> tell)
    {
        var chosen = new ChosenBackend(cpu, cpu, tell);
        if (!source.Find(IlgpuDevices.Cuda).Available)
        {
            return chosen;
        }

        try
        {
            return new ChosenBackend(source.Open(IlgpuDevices.Cuda, null), cpu, tell);
        }
        catch (DeviceFailedException failure)
        {
            chosen.FallBack(failure);
            return chosen;
        }
    }

    IBackend OpenNamed(string name, int? device) => source.Find(name).WhyNot(device) is { } reason
        ? throw new DeviceMissingException($"--backend {name}: {reason}; --backend cpu is there")
        : source.Open(name, device);
}
