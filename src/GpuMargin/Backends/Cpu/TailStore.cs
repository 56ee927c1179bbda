using System.Numerics;
using System.Runtime.CompilerServices;

namespace GpuMargin.Backends.Cpu;

/// <summary>
/// The worst losses of every account, shared by all workers. An account keeps a little more than its tail; when that is
/// full, the best are dropped and the account's threshold rises. What is kept in the end does not depend on the order of
/// arrival: losses are ordered by size, then by scenario.
/// </summary>
sealed class TailStore
{
    readonly int length;
    readonly int capacity;
    readonly Entry[] entries;
    readonly int[] counts;
    readonly double[] thresholds;
    readonly SpinLock[] locks;

    public TailStore(int accounts, int length)
    {
        this.length = length;
        capacity = length + Math.Max(128, length / 4);
        entries = new Entry[(long)accounts * capacity];
        counts = new int[accounts];
        thresholds = new double[accounts];
        Array.Fill(thresholds, double.NegativeInfinity);
        locks = new SpinLock[accounts];
        Array.Fill(locks, new SpinLock(enableThreadOwnerTracking: false));
    }

    /// <summary>Takes what may belong to the tail.</summary>
    /// <param name="profitAndLoss">Neighbouring scenarios of one account, gain &gt; 0.</param>
    /// <exception cref="NonFiniteProfitAndLossException">A value is NaN or infinite.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int account, int firstScenario, ReadOnlySpan<double> profitAndLoss)
    {
        // Read without the lock: thresholds only rise, so an old one lets too much through, never too little.
        if (AllBetter(profitAndLoss, 0.0 - Volatile.Read(ref thresholds[account])))
        {
            return;
        }

        bool taken = false;
        locks[account].Enter(ref taken);
        try
        {
            Append(account, firstScenario, profitAndLoss);
        }
        finally
        {
            locks[account].Exit(useMemoryBarrier: true);
        }
    }

    public LossTail Tail(int account)
    {
        Span<Entry> kept = Entries(account)[..counts[account]];
        kept.Sort();
        kept = kept[..Math.Min(kept.Length, length)];
        double[] losses = new double[kept.Length];
        int[] scenarios = new int[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            losses[i] = kept[i].Loss;
            scenarios[i] = kept[i].Scenario;
        }

        return new LossTail(losses, scenarios);
    }

    Span<Entry> Entries(int account) => entries.AsSpan(checked(account * capacity), capacity);

    // P&L strictly between the level of a loss at the threshold and +∞; false for NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool AllBetter(ReadOnlySpan<double> profitAndLoss, double level)
    {
        int s = 0;
        Vector<double> best = Vector<double>.Zero;
        Vector<double> worst = new(double.PositiveInfinity);
        for (; s <= profitAndLoss.Length - Vector<double>.Count; s += Vector<double>.Count)
        {
            // A comparison with NaN is false, so NaN ends up in `worst` as the level.
            Vector<double> x = new(profitAndLoss.Slice(s, Vector<double>.Count));
            worst = Vector.ConditionalSelect(Vector.GreaterThan(x, worst), worst, Vector.ConditionalSelect(Vector.Equals(x, x), x, new(level)));
            best = Vector.ConditionalSelect(Vector.GreaterThan(x, best), x, best);
        }

        bool all = Vector.GreaterThanAll(worst, new(level)) && Vector.LessThanAll(best, new(double.PositiveInfinity));
        for (; s < profitAndLoss.Length; s++)
        {
            all &= profitAndLoss[s] > level && profitAndLoss[s] < double.PositiveInfinity;
        }

        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Append(int account, int firstScenario, ReadOnlySpan<double> profitAndLoss)
    {
        Span<Entry> own = Entries(account);
        int count = counts[account];
        double threshold = thresholds[account];
        for (int s = 0; s < profitAndLoss.Length; s++)
        {
            double loss = 0.0 - profitAndLoss[s]; // +0 for a P&L of either zero
            if (!double.IsFinite(loss))
            {
                throw new NonFiniteProfitAndLossException(account, firstScenario + s);
            }

            if (loss < threshold)
            {
                continue;
            }

            own[count++] = new Entry(loss, firstScenario + s);
            if (count == capacity)
            {
                Select(own, length - 1);
                count = length;
                threshold = own[length - 1].Loss;
            }
        }

        counts[account] = count;
        Volatile.Write(ref thresholds[account], threshold);
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

    readonly record struct Entry(double Loss, int Scenario) : IComparable<Entry>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsWorseThan(Entry other) => Loss > other.Loss | (Loss == other.Loss & Scenario < other.Scenario);

        public int CompareTo(Entry other) => IsWorseThan(other) ? -1 : other.IsWorseThan(this) ? 1 : 0;
    }
}
