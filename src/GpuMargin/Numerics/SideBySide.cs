using System.Runtime.ExceptionServices;

namespace GpuMargin.Numerics;

/// <summary>Bodies on several threads whose first exception is thrown as it is: callers are promised a refusal or a failure of a file, not a list of them.</summary>
static class SideBySide
{
    /// <param name="threads">0: as many as there are processors.</param>
    public static void For(int count, Action<int> body, int threads = 0, CancellationToken cancellation = default)
    {
        ParallelOptions options = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads };
        Unwrapped(() => Parallel.For(0, count, options, body));
    }

    /// <param name="memory">Of one thread.</param>
    public static void For<TMemory>(int count, Func<TMemory> memory, Action<int, TMemory> body, CancellationToken cancellation = default)
    {
        ParallelOptions options = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Unwrapped(() => Parallel.For(0, count, options, memory, (i, _, own) =>
        {
            body(i, own);
            return own;
        }, _ => { }));
    }

    /// <summary>Whether every body succeeds; one that does not stops the others.</summary>
    public static bool All(int count, Predicate<int> body, CancellationToken cancellation = default)
    {
        ParallelOptions options = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        bool all = false;
        Unwrapped(() => all = Parallel.For(0, count, options, (i, loop) =>
        {
            if (!body(i))
            {
                loop.Stop();
            }
        }).IsCompleted);
        return all;
    }

    public static void Invoke(params Action[] bodies) => Unwrapped(() => Parallel.Invoke(bodies));

    static void Unwrapped(Action run)
    {
        try
        {
            run();
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
    }
}
