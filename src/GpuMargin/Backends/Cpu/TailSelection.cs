using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GpuMargin.Backends.Cpu;

/// <summary>Keeps the smallest P&amp;L of a list, ties by scenario, and the scenarios beside it.</summary>
static unsafe class TailSelection
{
    /// <summary>Halvings of the range before the exact selection: enough to part 2^−40 of it, so what is left is ties or far outliers.</summary>
    const int Halvings = 40;

    /// <summary>Drops what is not among the worst.</summary>
    /// <param name="gains">P&amp;L; room for a vector behind the last.</param>
    /// <param name="count">Entries, more than <paramref name="length"/>.</param>
    /// <param name="length">The worst to keep.</param>
    /// <param name="most">At least as many: what may stay.</param>
    /// <param name="level">P&amp;L above it is not among the worst.</param>
    /// <returns>Entries that stay, in no order.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int KeepWorst(double* gains, int* scenarios, int count, int length, int most, out double level)
    {
        for (int i = 0; i < Vector<double>.Count; i++)
        {
            gains[count + i] = double.PositiveInfinity;
        }

        (double low, double high) = Range(gains, count);
        int kept = count;
        for (int i = 0; i < Halvings && kept > most; i++)
        {
            double middle = 0.5 * low + 0.5 * high;
            int below = Count(gains, count, middle);
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

        if (kept > most)
        {
            return KeepExactly(gains, scenarios, count, length, out level);
        }

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

    /// <summary>Ascending by P&amp;L, then by scenario.</summary>
    public static void Sort(Span<double> gains, Span<int> scenarios)
    {
        gains.Sort(scenarios);
        for (int i = 0; i < gains.Length;)
        {
            int first = i++;
            while (i < gains.Length && gains[i] == gains[first])
            {
                i++;
            }

            // Zeros of either sign tie, and become the same loss: their order does not matter.
            scenarios[first..i].Sort();
        }
    }

    static (double Low, double High) Range(double* gains, int count)
    {
        Vector<double> low = new(double.PositiveInfinity);
        Vector<double> high = new(double.NegativeInfinity);
        int i = 0;
        for (; i <= count - Vector<double>.Count; i += Vector<double>.Count)
        {
            low = Vector.MinNative(low, Vector.Load(gains + i));
            high = Vector.MaxNative(high, Vector.Load(gains + i));
        }

        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int lane = 0; lane < Vector<double>.Count; lane++)
        {
            least = Math.Min(least, low[lane]);
            most = Math.Max(most, high[lane]);
        }

        for (; i < count; i++)
        {
            least = Math.Min(least, gains[i]);
            most = Math.Max(most, gains[i]);
        }

        return (least, most);
    }

    // Entries up to the level; those behind the last are +∞.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Count(double* gains, int count, double level)
    {
        Vector<double> bound = new(level);
        Vector<long> sum = Vector<long>.Zero;
        for (int i = 0; i < count; i += Vector<double>.Count)
        {
            sum -= Vector.LessThanOrEqual(Vector.Load(gains + i), bound);
        }

        return (int)Vector.Sum(sum);
    }

    static int KeepExactly(double* gains, int* scenarios, int count, int length, out double level)
    {
        Entry[] rented = ArrayPool<Entry>.Shared.Rent(count);
        Span<Entry> entries = rented.AsSpan(0, count);
        for (int i = 0; i < count; i++)
        {
            entries[i] = new Entry(gains[i], scenarios[i]);
        }

        Select(entries, length - 1);
        for (int i = 0; i < length; i++)
        {
            gains[i] = entries[i].Gain;
            scenarios[i] = entries[i].Scenario;
        }

        level = entries[length - 1].Gain;
        ArrayPool<Entry>.Shared.Return(rented);
        return length;
    }

    // Hoare's selection: afterwards `place` holds what sorting would put there, with nothing worse behind it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Select(Span<Entry> entries, int place)
    {
        while (entries.Length > 1)
        {
            Entry pivot = entries[entries.Length / 2];
            entries[entries.Length / 2] = entries[^1];
            int store = 0;
            for (int i = 0; i < entries.Length - 1; i++)
            {
                Entry entry = entries[i];
                entries[i] = entries[store];
                entries[store] = entry;
                store += entry.IsWorseThan(pivot) ? 1 : 0;
            }

            entries[^1] = entries[store];
            entries[store] = pivot;
            if (store == place)
            {
                return;
            }

            if (store < place)
            {
                entries = entries[(store + 1)..];
                place -= store + 1;
            }
            else
            {
                entries = entries[..store];
            }
        }
    }

    readonly record struct Entry(double Gain, int Scenario)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsWorseThan(Entry other) => Gain < other.Gain | (Gain == other.Gain & Scenario < other.Scenario);
    }
}
