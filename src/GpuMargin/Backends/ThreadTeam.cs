using System.Runtime.ExceptionServices;

namespace GpuMargin.Backends;

/// <summary>Threads that do one job together, each for itself or for a device.</summary>
/// <remarks>Threads of their own: a pool may start them one after the other, and a thread waits for its device most of the time.</remarks>
static class ThreadTeam
{
    /// <summary>Runs the body on that many threads and waits; the first exception stops the others and is thrown on.</summary>
    public static void Run(int threads, Action<int, CancellationToken> body, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? failure = null;
        Thread[] team = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            int index = i;
            team[i] = new Thread(() => Guarded(index)) { IsBackground = true, Name = $"gpumargin {index}" };
            team[i].Start();
        }

        foreach (Thread thread in team)
        {
            thread.Join();
        }

        cancellation.ThrowIfCancellationRequested();
        failure?.Throw();

        void Guarded(int index)
        {
            try
            {
                body(index, stop.Token);
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
