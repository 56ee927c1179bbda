using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuMargin.Backends.Cpu;

/// <summary>
/// The worst losses of every account, shared by all workers. An account keeps a little more than its tail; when that is
/// full, the best are dropped and the account's threshold rises. What is kept in the end does not depend on the order of
/// arrival: losses are ordered by size, then by scenario.
/// </summary>
sealed class TailStore
{
    /// <summary>Accounts that share a lock: taking one for every row, with a store to memory outside the caches before each release, cost half of the stage.</summary>
    const int BlockAccounts = 64;

    const int BitsOfMask = 64;

    readonly int length;
    readonly int capacity;
    readonly Entry[] entries;
    readonly int[] counts;
    readonly double[] thresholds;
    readonly Lock[] locks; // one for each block of accounts

    public TailStore(int accounts, int length)
    {
        this.length = length;
        capacity = checked((int)Capacity(length));
        entries = new Entry[(long)accounts * capacity];
        counts = new int[accounts];
        thresholds = new double[accounts];
        Array.Fill(thresholds, double.NegativeInfinity);
        locks = new Lock[(accounts + BlockAccounts - 1) / BlockAccounts];
        for (int i = 0; i < locks.Length; i++)
        {
            locks[i] = new Lock();
        }
    }

    /// <summary>Losses that an account has room for: the more beyond its tail, the less often it selects.</summary>
    public static long Capacity(int length) => length + (long)Math.Max(256, length / 4);

    /// <summary>Takes what may belong to the tails.</summary>
    /// <param name="scenarios">Neighbouring scenarios of each account, at most 64.</param>
    /// <param name="profitAndLoss">[account, scenario], gain &gt; 0.</param>
    /// <exception cref="NonFiniteProfitAndLossException">A value is NaN or infinite.</exception>
    public void Add(int firstAccount, int firstScenario, int scenarios, ReadOnlySpan<double> profitAndLoss)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scenarios, BitsOfMask);
        while (!profitAndLoss.IsEmpty)
        {
            int accounts = Math.Min(profitAndLoss.Length / scenarios, BlockAccounts - firstAccount % BlockAccounts);
            AddBlock(firstAccount, firstScenario, scenarios, profitAndLoss[..(accounts * scenarios)]);
            firstAccount += accounts;
            profitAndLoss = profitAndLoss[(accounts * scenarios)..];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddBlock(int firstAccount, int firstScenario, int scenarios, ReadOnlySpan<double> profitAndLoss)
    {
        int accounts = profitAndLoss.Length / scenarios;
        Span<ulong> candidates = stackalloc ulong[BlockAccounts];
        for (int i = 0; i < accounts; i++)
        {
            // Read without the lock: thresholds only rise, so an old one lets too much through, never too little.
            double level = 0.0 - Volatile.Read(ref thresholds[firstAccount + i]);
            candidates[i] = Candidates(profitAndLoss.Slice(i * scenarios, scenarios), level);
            Prefetch(firstAccount + i);
        }

        lock (locks[firstAccount / BlockAccounts])
        {
            for (int i = 0; i < accounts; i++)
            {
                if (candidates[i] != 0)
                {
                    Append(firstAccount + i, firstScenario, profitAndLoss.Slice(i * scenarios, scenarios), candidates[i]);
                }
            }
        }
    }

    public LossTail Tail(int account)
    {
        Span<Entry> kept = Entries(account)[..counts[account]];
        if (kept.Length > length)
        {
            Select(kept, length - 1);
            kept = kept[..length];
        }

        kept.Sort();
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

    // An account's next entry is rarely in a cache; the rest of the block is scanned until it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    unsafe void Prefetch(int account)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref entries[checked(account * capacity) + Volatile.Read(ref counts[account])]));
        }
    }

    // One bit for each P&L that is not strictly between the level of a loss at the threshold and +∞: NaN is one of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Candidates(ReadOnlySpan<double> profitAndLoss, double level)
    {
        ulong candidates = 0;
        int s = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; s <= profitAndLoss.Length - Vector512<double>.Count; s += Vector512<double>.Count)
            {
                Vector512<double> x = Vector512.Create(profitAndLoss.Slice(s, Vector512<double>.Count));
                Vector512<double> better = Vector512.GreaterThan(x, Vector512.Create(level))
                    & Vector512.LessThan(x, Vector512.Create(double.PositiveInfinity));
                candidates |= (~better.ExtractMostSignificantBits() & 0xFF) << s;
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (; s <= profitAndLoss.Length - Vector256<double>.Count; s += Vector256<double>.Count)
            {
                Vector256<double> x = Vector256.Create(profitAndLoss.Slice(s, Vector256<double>.Count));
                Vector256<double> better = Vector256.GreaterThan(x, Vector256.Create(level))
                    & Vector256.LessThan(x, Vector256.Create(double.PositiveInfinity));
                candidates |= (ulong)(~better.ExtractMostSignificantBits() & 0xF) << s;
            }
        }

        for (; s < profitAndLoss.Length; s++)
        {
            bool better = profitAndLoss[s] > level && profitAndLoss[s] < double.PositiveInfinity;
            candidates |= (better ? 0ul : 1ul) << s;
        }

        return candidates;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Append(int account, int firstScenario, ReadOnlySpan<double> profitAndLoss, ulong candidates)
    {
        Span<Entry> own = Entries(account);
        int count = counts[account];
        double threshold = thresholds[account];
        for (; candidates != 0; candidates &= candidates - 1)
        {
            int s = BitOperations.TrailingZeroCount(candidates);
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
