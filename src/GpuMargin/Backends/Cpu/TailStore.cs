using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuMargin.Backends.Cpu;

/// <summary>
/// The worst losses of every account, shared by all workers. An account keeps a little more than its tail; when that is
/// full, most of the best are dropped and the account's level falls. What is kept in the end does not depend on the order
/// of arrival: losses are ordered by size, then by scenario.
/// </summary>
sealed unsafe class TailStore : IDisposable
{
    /// <summary>Accounts that share a lock: taking one for every row, with a store to memory outside the caches before each release, cost half of the stage.</summary>
    const int BlockAccounts = 64;

    /// <summary>Scenarios of one row, the bits of a mask of candidates.</summary>
    const int RowScenarios = 64;

    readonly int length;
    readonly int capacity;
    readonly AlignedBuffer gains; // [account, capacity], P&L
    readonly AlignedBuffer scenarios; // [account, capacity]
    readonly int[] counts;
    readonly double[] levels; // P&L above it is not in the tail; +∞ until the first selection
    readonly Lock[] locks; // one for each block of accounts

    public TailStore(int accounts, int length)
    {
        this.length = length;
        capacity = checked((int)Capacity(length));
        gains = AlignedBuffer.Uninitialized((long)accounts * capacity * sizeof(double));
        scenarios = AlignedBuffer.Uninitialized((long)accounts * capacity * sizeof(int));
        counts = new int[accounts];
        levels = new double[accounts];
        Array.Fill(levels, double.PositiveInfinity);
        locks = new Lock[(accounts + BlockAccounts - 1) / BlockAccounts];
        for (int i = 0; i < locks.Length; i++)
        {
            locks[i] = new Lock();
        }
    }

    /// <summary>Losses that an account has room for, whole cache lines: the more beyond its tail, the less often it selects.</summary>
    public static long Capacity(int length) => (length + (long)Math.Max(256, length / 4) + 15) / 16 * 16;

    /// <summary>From here on there is no room for a row and for the vector that is written behind the last loss.</summary>
    int Full => capacity - RowScenarios - Vector512<double>.Count;

    /// <summary>Takes what may belong to the tails.</summary>
    /// <param name="scenarios">Neighbouring scenarios of each account, at most 64.</param>
    /// <param name="profitAndLoss">[account, scenario], gain &gt; 0.</param>
    /// <exception cref="NonFiniteProfitAndLossException">A value is NaN or infinite.</exception>
    public void Add(int firstAccount, int firstScenario, int scenarios, ReadOnlySpan<double> profitAndLoss)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scenarios, RowScenarios);
        fixed (double* rows = profitAndLoss)
        {
            int accounts = profitAndLoss.Length / scenarios;
            for (int from = 0; from < accounts;)
            {
                int count = Math.Min(accounts - from, BlockAccounts - (firstAccount + from) % BlockAccounts);
                AddBlock(firstAccount + from, count, firstScenario, scenarios, rows + (nint)from * scenarios);
                from += count;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddBlock(int firstAccount, int accounts, int firstScenario, int count, double* rows)
    {
        ulong* candidates = stackalloc ulong[BlockAccounts];
        for (int i = 0; i < accounts; i++)
        {
            // Read without the lock: levels only fall, so an old one lets too much through, never too little.
            candidates[i] = Candidates(rows + i * count, count, Volatile.Read(ref levels[firstAccount + i]));
            if (candidates[i] != 0)
            {
                Prefetch(firstAccount + i);
            }
        }

        lock (locks[firstAccount / BlockAccounts])
        {
            for (int i = 0; i < accounts; i++)
            {
                if (candidates[i] != 0)
                {
                    Append(firstAccount + i, firstScenario, rows + i * count, count, candidates[i]);
                }
            }
        }
    }

    public LossTail Tail(int account)
    {
        int count = counts[account];
        if (count > length)
        {
            count = TailSelection.KeepWorst(Gains(account), Scenarios(account), count, length, length, out _);
        }

        double[] losses = new Span<double>(Gains(account), count).ToArray();
        int[] places = new Span<int>(Scenarios(account), count).ToArray();
        TailSelection.Sort(losses, places);
        for (int i = 0; i < count; i++)
        {
            losses[i] = 0.0 - losses[i]; // +0 for a P&L of either zero
        }

        return new LossTail(losses, places);
    }

    double* Gains(int account) => (double*)gains.Pointer + (nint)account * capacity;

    int* Scenarios(int account) => (int*)scenarios.Pointer + (nint)account * capacity;

    // An account's next entry is rarely in a cache; the rest of the block is scanned until it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Prefetch(int account)
    {
        if (Sse.IsSupported)
        {
            int count = Volatile.Read(ref counts[account]);
            Sse.Prefetch0(Gains(account) + count);
            Sse.Prefetch0(Scenarios(account) + count);
        }
    }

    // One bit for each P&L that is not strictly between the level and +∞: NaN is one of them. In 512-bit vectors a row with
    // +∞ has all bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Candidates(double* row, int count, double level)
    {
        ulong candidates = 0;
        int s = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<double> bound = Vector512.Create(level);
            Vector512<double> top = bound;
            for (; s <= count - Vector512<double>.Count; s += Vector512<double>.Count)
            {
                Vector512<double> x = Vector512.Load(row + s);
                top = Vector512.MaxNative(top, x);
                candidates |= (~Vector512.GreaterThan(x, bound).ExtractMostSignificantBits() & 0xFF) << s;
            }

            if (Vector512.EqualsAny(top, Vector512.Create(double.PositiveInfinity)))
            {
                candidates = s == 0 ? 0 : ulong.MaxValue >> (RowScenarios - s);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (; s <= count - Vector256<double>.Count; s += Vector256<double>.Count)
            {
                Vector256<double> x = Vector256.Load(row + s);
                Vector256<double> better = Vector256.GreaterThan(x, Vector256.Create(level))
                    & Vector256.LessThan(x, Vector256.Create(double.PositiveInfinity));
                candidates |= (ulong)(~better.ExtractMostSignificantBits() & 0xF) << s;
            }
        }

        for (; s < count; s++)
        {
            bool better = row[s] > level && row[s] < double.PositiveInfinity;
            candidates |= (better ? 0ul : 1ul) << s;
        }

        return candidates;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Append(int account, int firstScenario, double* row, int rowLength, ulong candidates)
    {
        double level = levels[account];
        double* ownGains = Gains(account);
        int* ownScenarios = Scenarios(account);
        int count = counts[account];
        if (Avx512F.VL.IsSupported)
        {
            int whole = rowLength & -Vector512<double>.Count;
            ulong vectors = whole == RowScenarios ? candidates : candidates & ((1ul << whole) - 1);
            candidates &= ~vectors;
            while (vectors != 0)
            {
                int s = BitOperations.TrailingZeroCount(vectors) & -Vector512<double>.Count;
                vectors &= ~(0xFFul << s);
                count = AppendVector(account, firstScenario + s, Vector512.Load(row + s), level, ownGains, ownScenarios, count);
            }
        }

        for (; candidates != 0; candidates &= candidates - 1)
        {
            int s = BitOperations.TrailingZeroCount(candidates);
            double gain = row[s];
            if (!double.IsFinite(gain))
            {
                throw new NonFiniteProfitAndLossException(account, firstScenario + s);
            }

            ownGains[count] = gain;
            ownScenarios[count] = firstScenario + s;
            count += gain <= level ? 1 : 0;
        }

        if (count > Full)
        {
            count = TailSelection.KeepWorst(ownGains, ownScenarios, count, length, length + (Full - length) / 8, out level);
            Volatile.Write(ref levels[account], level);
        }

        counts[account] = count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int AppendVector(int account, int firstScenario, Vector512<double> x, double level, double* gains, int* scenarios, int count)
    {
        if (!Vector512.LessThanAll(Vector512.Abs(x), Vector512.Create(double.PositiveInfinity)))
        {
            ThrowNonFinite(account, firstScenario, x);
        }

        Vector512<double> kept = Vector512.LessThanOrEqual(x, Vector512.Create(level));
        Vector256<int> places = Vector256.Create(firstScenario) + Vector256<int>.Indices;
        Avx512F.Compress(Vector512<double>.Zero, kept, x).Store(gains + count);
        Avx512F.VL.Compress(Vector256<int>.Zero, Avx512F.ConvertToVector256Int32(kept.AsInt64()), places).Store(scenarios + count);
        return count + BitOperations.PopCount(kept.ExtractMostSignificantBits());
    }

    static void ThrowNonFinite(int account, int firstScenario, Vector512<double> x)
    {
        int s = 0;
        while (double.IsFinite(x[s]))
        {
            s++;
        }

        throw new NonFiniteProfitAndLossException(account, firstScenario + s);
    }

    public void Dispose()
    {
        gains.Dispose();
        scenarios.Dispose();
    }
}
