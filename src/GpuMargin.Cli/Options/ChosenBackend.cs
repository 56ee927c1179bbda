using GpuMargin.Backends;
using GpuMargin.ClearingSets;

namespace GpuMargin.Cli.Options;

/// <summary>The backend of a command, and the CPU backend in reserve where the program and not its user chose the device.</summary>
sealed class ChosenBackend : IDisposable
{
    readonly IBackend? reserve;
    readonly Action<string> tell;
    IBackend backend;

    /// <param name="reserve"><see langword="null"/>: a failure of the device ends the command.</param>
    /// <param name="tell">Takes the one line that tells of a failure.</param>
    internal ChosenBackend(IBackend backend, IBackend? reserve, Action<string> tell) => (this.backend, this.reserve, this.tell) = (backend, reserve, tell);

    /// <summary>Tells of a device that failed and was replaced; <see langword="null"/>: none did.</summary>
    internal string? Warning { get; private set; }

    /// <summary>Readies what the CPU backend needs, beside what the command does first.</summary>
    internal void WarmUp(Precision? precision)
    {
        if (backend is CpuBackend)
        {
            Cli.WarmUp.Begin(precision ?? Precision.Mixed);
        }
    }

    /// <summary>Computes; when the device fails or is too small and there is a reserve, once more from the beginning on the CPU backend.</summary>
    /// <param name="compute">Leaves nothing behind when it ends with an exception.</param>
    /// <exception cref="DeviceFailedException">The device failed and was asked for by name.</exception>
    internal T Compute<T>(Func<IBackend, T> compute)
    {
        try
        {
            return compute(backend);
        }
        catch (DeviceFailedException failure) when (reserve is not null && backend != reserve)
        {
            FallBack(failure);
        }
        catch (RefusedInputException refused) when (reserve is not null && backend != reserve && refused.InnerException is DeviceFailedException)
        {
            FallBack((DeviceFailedException)refused.InnerException);
        }

        return compute(backend);
    }

    internal void FallBack(DeviceFailedException failure)
    {
        Dispose();
        backend = reserve!;
        Warning = $"{failure.Message}; started again on the {backend.Name} backend";
        tell(Warning);
    }

    public void Dispose() => (backend as IDisposable)?.Dispose();
}
