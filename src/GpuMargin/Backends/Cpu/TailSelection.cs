using System.Diagnostics;
using System.Runtime.InteropServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>Keeps the smallest P&amp;L of a list, and the scenarios beside it.</summary>
/// <remarks>Not the library's sorting and <c>Vector&lt;T&gt;</c>: their code for these types is not compiled ahead of time, and a cold run sorts thousands of tails.</remarks>
static unsafe class TailSelection
{
    /// <summary>Halvings of the range: enough to part 2^−40 of it, so what is left is ties or far outliers.</summary>
    const int Halvings = 40;

    const int SortedByInsertion = 16;

    /// <summary>Drops most of what is not among the worst, never one of several equal P&amp;L alone.</summary>
    /// <param name="gains">P&amp;L; room for a vector behind the last.</param>
    /// <param name="count">Entries, at least one; no more than <paramref name="most"/> all stay.</param>
    /// <param name="length">The worst that stay.</param>
    /// <param name="most">At least as many: what may stay; where ties do not part, more does.</param>
    /// <param name="level">P&amp;L above it was dropped.</param>
    /// <returns>Entries that stay, in no order.</returns>
    public static int Narrow(double* gains, int* scenarios, int count, int length, int most, out double level)
    {
        Debug.Assert(count > 0 && length > 0 && most >= length, $"The {length} to {most} worst of {count}.");
        if (Float64x8.IsSupported)
        {
            return Narrow<Float64x8>(gains, scenarios, count, length, most, out level);
        }

        return Float64x4.IsSupported
            ? Narrow<Float64x4>(gains, scenarios, count, length, most, out level)
            : Narrow<Float64>(gains, scenarios, count, length, most, out level);
    }

    static int Narrow<T>(double* gains, int* scenarios, int count, int length, int most, out double level)
        where T : unmanaged, IHostLane<T>
    {
        for (int i = 0; i < T.Width; i++)
        {
            gains[count + i] = gains[0];
        }

        (double low, double high) = Range<T>(gains, count);
        for (int i = 0; i < T.Width; i++)
        {
            gains[count + i] = double.PositiveInfinity;
        }

        int kept = count;
        for (int i = 0; i < Halvings && kept > most; i++)
        {
            double middle = 0.5 * low + 0.5 * high;
            int below = Count<T>(gains, count, middle);
            if (below < length)
            {
                low = middle;
            }
            else
            {
                high = middle;
                kept = below;
            }
        }

        Debug.Assert(kept >= Math.Min(length, count) && kept <= count, "Too much would be dropped.");
        level = high;
        int place = 0;
        for (int i = 0; i < count; i++)
        {
            double gain = gains[i];
            gains[place] = gain;
            scenarios[place] = scenarios[i];
            place += gain <= level ? 1 : 0;
        }

        return place;
    }

    // Least and greatest; behind the last stands one of them again.
    static (double Low, double High) Range<T>(double* gains, int count)
        where T : unmanaged, IHostLane<T>
    {
        T low = T.Broadcast(gains, 0), high = low;
        for (nint i = 0; i < count; i += T.Width)
        {
            T gain = T.Load(gains, i);
            low = T.SelectGreater(low, gain, gain, low);
            high = T.SelectGreater(gain, high, gain, high);
        }

        double* lows = stackalloc double[2 * T.Width];
        double* highs = lows + T.Width;
        T.Store(low, lows, 0);
        T.Store(high, highs, 0);
        for (int i = 1; i < T.Width; i++)
        {
            lows[0] = lows[i] < lows[0] ? lows[i] : lows[0];
            highs[0] = highs[i] > highs[0] ? highs[i] : highs[0];
        }

        return (lows[0], highs[0]);
    }

    // Entries up to the level; those behind the last are +∞.
    static int Count<T>(double* gains, int count, double level)
        where T : unmanaged, IHostLane<T>
    {
        T bound = T.Of(level);
        T sum = T.Of(0);
        for (nint i = 0; i < count; i += T.Width)
        {
            sum += T.SelectGreater(T.Load(gains, i), bound, T.Of(0), T.Of(1));
        }

        double* counts = stackalloc double[T.Width];
        T.Store(sum, counts, 0);
        double total = 0;
        for (int i = 0; i < T.Width; i++)
        {
            total += counts[i];
        }

        return (int)total;
    }

    /// <summary>Keeps the <paramref name="length"/> worst, ties by scenario.</summary>
    /// <param name="count">Entries, at least <paramref name="length"/>.</param>
    /// <param name="level">The greatest P&amp;L kept.</param>
    public static int KeepExactly(double* gains, int* scenarios, int count, int length, out double level)
    {
        Debug.Assert(length > 0 && count >= length, $"The {length} worst of {count}.");

        // Hoare's selection: afterwards the last place holds what sorting would put there, with nothing worse behind it.
        int first = 0, end = count;
        while (end - first > 1)
        {
            int pivot = first + Partition(gains + first, scenarios + first, end - first);
            if (pivot == length - 1)
            {
                break;
            }

            (first, end) = pivot < length - 1 ? (pivot + 1, end) : (first, pivot);
        }

        level = gains[length - 1];
        return length;
    }

    /// <summary>The worst of a list, ascending by P&amp;L, then by scenario; zeros of either sign tie.</summary>
    /// <remarks>
    /// Dealt to as many buckets as there are entries by where they lie between the extremes, which is in order but within a bucket; half the time of sorting
    /// alone, and no more where an outlier leaves all others in one bucket.
    /// </remarks>
    /// <param name="count">Entries, at least as many as there are places in the results.</param>
    public static void Worst(double* gains, int* scenarios, int count, Span<double> worstGains, Span<int> worstScenarios)
    {
        Debug.Assert(count >= worstGains.Length && worstGains.Length == worstScenarios.Length, $"The {worstGains.Length} worst of {count}.");
        if (count == 0)
        {
            return;
        }

        double* sortedGains = (double*)NativeMemory.Alloc((nuint)count, sizeof(double) + 2 * sizeof(int));
        int* sortedScenarios = (int*)(sortedGains + count);
        int* next = sortedScenarios + count;
        new Span<int>(next, count).Clear();
        (double low, double high) = (gains[0], gains[0]);
        for (int i = 1; i < count; i++)
        {
            low = gains[i] < low ? gains[i] : low;
            high = gains[i] > high ? gains[i] : high;
        }

        double scale = high > low ? (count - 1) / (high - low) : 0;
        scale = double.IsFinite(scale) ? scale : 0; // extremes that differ by less than the least normal number: one bucket
        for (int i = 0; i < count; i++)
        {
            Debug.Assert((uint)(int)((gains[i] - low) * scale) < (uint)count, $"{gains[i]} is in no bucket.");
            next[(int)((gains[i] - low) * scale)]++;
        }

        for (int bucket = 0, first = 0; bucket < count; bucket++)
        {
            int size = next[bucket];
            next[bucket] = first;
            first += size;
        }

        for (int i = 0; i < count; i++)
        {
            int place = next[(int)((gains[i] - low) * scale)]++;
            Debug.Assert((uint)place < (uint)count, "A bucket overflows.");
            sortedGains[place] = gains[i];
            sortedScenarios[place] = scenarios[i];
        }

        for (int bucket = 0, first = 0; first < worstGains.Length; first = next[bucket++])
        {
            Sort(sortedGains + first, sortedScenarios + first, next[bucket] - first);
        }

        new Span<double>(sortedGains, worstGains.Length).CopyTo(worstGains);
        new Span<int>(sortedScenarios, worstGains.Length).CopyTo(worstScenarios);
        NativeMemory.Free(sortedGains);
    }

    static void Sort(double* gains, int* scenarios, int count)
    {
        while (count > SortedByInsertion)
        {
            int pivot = Partition(gains, scenarios, count);
            int behind = count - pivot - 1;
            if (pivot < behind)
            {
                Sort(gains, scenarios, pivot);
                gains += pivot + 1;
                scenarios += pivot + 1;
                count = behind;
            }
            else
            {
                Sort(gains + pivot + 1, scenarios + pivot + 1, behind);
                count = pivot;
            }
        }

        for (int i = 1; i < count; i++)
        {
            (double gain, int scenario) = (gains[i], scenarios[i]);
            int place = i;
            for (; place > 0 && IsWorse(gain, scenario, gains[place - 1], scenarios[place - 1]); place--)
            {
                (gains[place], scenarios[place]) = (gains[place - 1], scenarios[place - 1]);
            }

            (gains[place], scenarios[place]) = (gain, scenario);
        }
    }

    // Puts the median of the first, middle and last where it belongs: the worse before it, the rest behind.
    static int Partition(double* gains, int* scenarios, int count)
    {
        int last = count - 1;
        Order(gains, scenarios, 0, count / 2);
        Order(gains, scenarios, count / 2, last);
        Order(gains, scenarios, 0, count / 2);
        Exchange(gains, scenarios, count / 2, last);
        (double pivot, int pivotScenario) = (gains[last], scenarios[last]);
        int store = 0;
        for (int i = 0; i < last; i++)
        {
            (double gain, int scenario) = (gains[i], scenarios[i]);
            (gains[i], scenarios[i]) = (gains[store], scenarios[store]);
            (gains[store], scenarios[store]) = (gain, scenario);
            store += IsWorse(gain, scenario, pivot, pivotScenario) ? 1 : 0;
        }

        Exchange(gains, scenarios, store, last);
        return store;
    }

    static void Order(double* gains, int* scenarios, int i, int j)
    {
        if (IsWorse(gains[j], scenarios[j], gains[i], scenarios[i]))
        {
            Exchange(gains, scenarios, i, j);
        }
    }

    static void Exchange(double* gains, int* scenarios, int i, int j)
    {
        (gains[i], gains[j]) = (gains[j], gains[i]);
        (scenarios[i], scenarios[j]) = (scenarios[j], scenarios[i]);
    }

    static bool IsWorse(double gain, int scenario, double other, int otherScenario) =>
        gain < other | (gain == other & scenario < otherScenario);
}
