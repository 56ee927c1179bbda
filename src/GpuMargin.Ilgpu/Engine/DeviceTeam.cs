using System.Runtime.ExceptionServices;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>One host thread per device.</summary>
static class DeviceTeam
{
    /// <summary>Runs the body for every device and waits; the first exception stops the others and is thrown on.</summary>
    public static void Run(int devices, Action<int, CancellationToken> body, CancellationToken cancellation)
    {
        if (devices == 1)
        {
            body(0, cancellation);
            return;
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? failure = null;
        Parallel.For(0, devices, new ParallelOptions { MaxDegreeOfParallelism = devices }, device =>
        {
            try
            {
                body(device, stop.Token);
            }
#pragma warning disable CA1031 // thrown on by the calling thread
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
                stop.Cancel();
            }
        });
        cancellation.ThrowIfCancellationRequested();
        failure?.Throw();
    }
}
