using System.CommandLine;
using GpuMargin.Backends;

namespace GpuMargin.Cli.Options;

/// <summary>Where to compute. Every backend gives the same bits, so the choice is about time only.</summary>
sealed class BackendOptions
{
    internal const string WithoutIlgpu = "this build was made without the ILGPU backend";

    /// <summary>Backends that need ILGPU, as the command line names them.</summary>
    internal static IReadOnlyList<string> Missing { get; } = ["cuda", "opencl", "ilgpu-cpu"];

    static readonly string[] Known = ["auto", "cpu", .. Missing];

    readonly Option<int?> _backend = ValueOptions.Word("--backend", "Where to compute",
        Enumerable.Range(0, Known.Length).ToDictionary(index => Known[index]));

    readonly Option<int?> _threads = ValueOptions.Number<int>(
        "--threads", "N", "Threads of the CPU backend (all cores when left out)", "a whole number above 0", value => value > 0);

    internal BackendOptions(Command command)
    {
        command.Add(_backend);
        command.Add(_threads);
    }

    /// <exception cref="DeviceMissingException">The asked-for device is not there.</exception>
    internal IBackend Create(ParseResult command)
    {
        string backend = Known[command.GetValue(_backend) ?? 0];
        if (Missing.Contains(backend))
            throw new DeviceMissingException($"--backend {backend}: {WithoutIlgpu}; --backend cpu is there");
        return new CpuBackend(command.GetValue(_threads) ?? 0);
    }
}
