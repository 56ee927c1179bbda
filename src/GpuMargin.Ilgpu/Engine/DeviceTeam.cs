using System.Runtime.ExceptionServices;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>One host thread per device.</summary>
static class DeviceTeam
{
    /// <summary>Runs the body for every device and waits; the first exception stops the others and is thrown on.</summary>
    /// <remarks>Threads of their own: a pool may start them one after the other, and each waits for its device most of the time.</remarks>
    public static void Run(int devices, Action<int, CancellationToken> body, CancellationToken cancellation)
    {
        if (devices == 1)
        {
            body(0, cancellation);
            return;
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, devices).Select(device => new Thread(() => Work(device)) { IsBackground = true, Name = $"device {device}" })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        cancellation.ThrowIfCancellationRequested();
        failure?.Throw();

        void Work(int device)
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
        }
    }
}
