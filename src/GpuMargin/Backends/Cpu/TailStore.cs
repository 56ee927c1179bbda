using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GpuMargin.Aggregation;

namespace GpuMargin.Backends.Cpu;

/// <summary>
/// The worst losses of every account, shared by all workers. An account keeps what its level admits; from time to time most of the best are
/// dropped and the level falls. What is kept in the end does not depend on the order of arrival: losses are ordered by size, then by scenario.
/// </summary>
/// <remarks>
/// Of a run whose number of scenarios is known the level falls before the tail is full: when n of N scenarios are seen, those that
/// belong to the K worst of all are among the K·n/N + 6·√(K·n/N) + 6 worst so far, but for a chance below 1e-9 where scenarios are independent. What
/// is dropped lies strictly above the level, so an account that is left with K losses has its true tail, and one that is not
/// <see cref="Lacks">lacks</see> losses and is computed again. At 10,000 scenarios an account takes 440 losses in instead of 900, at 100,000
/// 1,900 instead of 6,800.
/// </remarks>
sealed unsafe class TailStore
{
    /// <summary>Accounts that share a lock: taking one for every row, with a store to memory outside the caches before each release, cost half of the stage.</summary>
    const int BlockAccounts = 64;

    /// <summary>Scenarios of one row, the bits of a mask of candidates.</summary>
    const int RowScenarios = 64;

    const int FirstSelection = 2 * RowScenarios;

    readonly Converter<int, RowKey> keys;
    readonly int length;
    readonly int scenariosOfAll;
    readonly int capacity;
    readonly double[] gains; // [account, capacity], P&L
    readonly int[] scenarios; // [account, capacity]
    readonly Account[] accounts;
    readonly Lock[] locks; // one for each block of accounts

    /// <param name="keys">Identity of each row, for refusals.</param>
    /// <param name="length">K: losses of a tail.</param>
    /// <param name="scenarios">N: scenarios that every account will be given; 0: not known, and no account will lack losses.</param>
    public TailStore(int accounts, Converter<int, RowKey> keys, int length, int scenarios = 0)
    {
        this.keys = keys;
        this.length = length;
        scenariosOfAll = scenarios;
        capacity = checked((int)Capacity(length));
        gains = GC.AllocateUninitializedArray<double>(checked(accounts * capacity), pinned: true);
        this.scenarios = GC.AllocateUninitializedArray<int>(gains.Length, pinned: true);
        this.accounts = new Account[accounts];
        for (int i = 0; i < accounts; i++)
        {
            this.accounts[i] = new Account { Level = double.PositiveInfinity, Limit = scenarios > 0 ? Math.Min(FirstSelection, Full) : Full };
        }

        locks = new Lock[(accounts + BlockAccounts - 1) / BlockAccounts];
        for (int i = 0; i < locks.Length; i++)
        {
            locks[i] = new Lock();
        }
    }

    /// <summary>Losses that an account has room for, whole cache lines: the more beyond its tail, the less often it selects.</summary>
    public static long Capacity(int length) => (length + (long)Math.Max(192, length / 8) + 15) / 16 * 16;

    /// <summary>Fill from which on there is no room for a row and for the vector that is written behind the last loss.</summary>
    int Full => capacity - RowScenarios - Vector512<double>.Count;

    /// <summary>Takes what may belong to the tails.</summary>
    /// <param name="scenarios">Neighbouring scenarios of each account, at most 64.</param>
    /// <param name="profitAndLoss">[account, scenario], gain &gt; 0.</param>
    /// <exception cref="NonFiniteProfitAndLossException">A value is NaN or infinite.</exception>
    public void Add(int firstAccount, int firstScenario, int scenarios, ReadOnlySpan<double> profitAndLoss)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scenarios, RowScenarios);
        Debug.Assert(scenarios > 0 && profitAndLoss.Length % scenarios == 0, "Every account has a whole row.");
        Debug.Assert(firstAccount >= 0 && firstAccount + profitAndLoss.Length / scenarios <= accounts.Length, "There are more rows than accounts.");
        fixed (double* rows = profitAndLoss)
        {
            int count = profitAndLoss.Length / scenarios;
            for (int from = 0; from < count;)
            {
                int block = Math.Min(count - from, BlockAccounts - (firstAccount + from) % BlockAccounts);
                AddBlock(firstAccount + from, block, firstScenario, scenarios, rows + (nint)from * scenarios);
                from += block;
            }
        }
    }

    /// <summary>Takes what may belong to the tail of one account, in scenarios that are no neighbours.</summary>
    /// <param name="scenarios">At most 64.</param>
    /// <param name="profitAndLoss">[scenario], gain &gt; 0.</param>
    /// <exception cref="NonFiniteProfitAndLossException">A value is NaN or infinite.</exception>
    public void Add(int account, ReadOnlySpan<int> scenarios, ReadOnlySpan<double> profitAndLoss)
    {
        Debug.Assert(scenarios.Length is > 0 and <= RowScenarios && profitAndLoss.Length == scenarios.Length, "Every scenario has a value.");
        fixed (double* row = profitAndLoss)
        {
            ulong candidates = Candidates(row, scenarios.Length, Level(account));
            lock (locks[account / BlockAccounts])
            {
                ref Account own = ref accounts[account];
                own.Seen += scenarios.Length;
                if (candidates == 0)
                {
                    return;
                }

                int before = own.Count;
                try
                {
                    Append(account, 0, row, scenarios.Length, candidates);
                }
                catch (NonFiniteProfitAndLossException exception)
                {
                    throw new NonFiniteProfitAndLossException(exception.Row, scenarios[exception.Scenario]);
                }

                for (int* place = Scenarios(account) + before, end = Scenarios(account) + own.Count; place < end; place++)
                {
                    *place = scenarios[*place];
                }

                if (own.Count > own.Limit)
                {
                    Select(account);
                }
            }
        }
    }

    /// <summary>P&amp;L above it is not in the account's tail; it only falls.</summary>
    public double Level(int account) => Volatile.Read(ref accounts[account].Level);

    void AddBlock(int firstAccount, int count, int firstScenario, int rowLength, double* rows)
    {
        Debug.Assert(count > 0 && firstAccount / BlockAccounts == (firstAccount + count - 1) / BlockAccounts, "A block has one lock.");
        ulong* candidates = stackalloc ulong[BlockAccounts];
        for (int i = 0; i < count; i++)
        {
            // Read without the lock: levels only fall, so an old one lets too much through, never too little.
            candidates[i] = Candidates(rows + i * rowLength, rowLength, Level(firstAccount + i));
            if (candidates[i] != 0)
            {
                Prefetch(firstAccount + i);
            }
        }

        lock (locks[firstAccount / BlockAccounts])
        {
            for (int i = 0; i < count; i++)
            {
                ref Account account = ref accounts[firstAccount + i];
                account.Seen += rowLength;
                if (candidates[i] != 0)
                {
                    Append(firstAccount + i, firstScenario, rows + i * rowLength, rowLength, candidates[i]);
                    if (account.Count > account.Limit)
                    {
                        Select(firstAccount + i);
                    }
                }
            }
        }
    }

    /// <summary>Whether the account's level fell too far, so that its tail is not known.</summary>
    public bool Lacks(int account) => accounts[account].Count < Math.Min(length, accounts[account].Seen);

    /// <summary>A tail, of an account that does not lack losses, once all scenarios were added.</summary>
    /// <param name="memory">Another account's tail, which may be overwritten.</param>
    public LossTail Tail(int account, LossTail memory = default)
    {
        lock (locks[account / BlockAccounts])
        {
            int count = accounts[account].Count;
            bool fits = memory.Losses?.Length == Math.Min(count, length);
            double[] losses = fits ? memory.Losses! : new double[Math.Min(count, length)];
            int[] places = fits ? memory.Scenarios : new int[losses.Length];
            TailSelection.Worst(Gains(account), Scenarios(account), count, losses, places);
            for (int i = 0; i < losses.Length; i++)
            {
                losses[i] = 0.0 - losses[i]; // +0 for a P&L of either zero
            }

            return new LossTail(losses, places);
        }
    }

    // How many of the worst so far may belong to the tail.
    int Rank(int seen)
    {
        double mean = (double)length * seen / scenariosOfAll;
        double rank = mean + 6 * Math.Sqrt(mean) + 6;
        return scenariosOfAll > 0 && rank < length ? (int)rank : length;
    }

    void Select(int account)
    {
        ref Account own = ref accounts[account];
        int rank = Rank(own.Seen);
        int most = rank < length ? Math.Min(rank + rank / 8, (length + Full) / 2) : length + (Full - length) / 8;
        int kept = TailSelection.Narrow(Gains(account), Scenarios(account), own.Count, rank, most, out double level);
        if (kept > most && (rank == length || kept > Full))
        {
            // Ties: of those beyond the tail itself some may be dropped.
            kept = TailSelection.KeepExactly(Gains(account), Scenarios(account), kept, length, out level);
        }

        Debug.Assert(kept >= 0 && kept <= Full, "A selection leaves no room for a row.");
        own.Count = kept;
        own.Limit = Math.Min(Full, rank < length ? 2 * kept : Full);
        Volatile.Write(ref own.Level, level);
    }

    // Pinned arrays do not move.
    double* Gains(int account) => (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(gains)) + (nint)account * capacity;

    int* Scenarios(int account) => (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(scenarios)) + (nint)account * capacity;

    // An account's next entry is rarely in a cache; the rest of the block is scanned until it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Prefetch(int account)
    {
        if (Sse.IsSupported)
        {
            int count = Volatile.Read(ref accounts[account].Count);
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
                Vector512<double> x = Avx512F.LoadVector512(row + s);
                top = Avx512F.Max(top, x);
                candidates |= Avx512F.CompareNotGreaterThan(x, bound).ExtractMostSignificantBits() << s;
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
                Vector256<double> x = Avx.LoadVector256(row + s);
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

    void Append(int account, int firstScenario, double* row, int rowLength, ulong candidates)
    {
        double level = accounts[account].Level;
        double* ownGains = Gains(account);
        int* ownScenarios = Scenarios(account);
        int count = accounts[account].Count;
        Debug.Assert(count >= 0 && count + rowLength + Vector512<double>.Count <= capacity, "There is no room for a row and a vector.");
        Debug.Assert(rowLength == RowScenarios || candidates >> rowLength == 0, "A candidate is behind the row.");
        if (Avx512F.VL.IsSupported)
        {
            int whole = rowLength & -Vector512<double>.Count;
            ulong vectors = whole == RowScenarios ? candidates : candidates & ((1ul << whole) - 1);
            candidates &= ~vectors;
            while (vectors != 0)
            {
                int s = BitOperations.TrailingZeroCount(vectors) & -Vector512<double>.Count;
                vectors &= ~(0xFFul << s);
                count = AppendVector(account, firstScenario + s, Avx512F.LoadVector512(row + s), level, ownGains, ownScenarios, count);
            }
        }

        for (; candidates != 0; candidates &= candidates - 1)
        {
            int s = BitOperations.TrailingZeroCount(candidates);
            double gain = row[s];
            if (!double.IsFinite(gain))
            {
                throw new NonFiniteProfitAndLossException(keys(account), firstScenario + s);
            }

            ownGains[count] = gain;
            ownScenarios[count] = firstScenario + s;
            count += gain <= level ? 1 : 0;
        }

        accounts[account].Count = count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int AppendVector(int account, int firstScenario, Vector512<double> x, double level, double* gains, int* scenarios, int count)
    {
        if (!Vector512.LessThanAll(Vector512.Abs(x), Vector512.Create(double.PositiveInfinity)))
        {
            ThrowNonFinite(account, firstScenario, x);
        }

        Vector512<double> kept = Vector512.LessThanOrEqual(x, Vector512.Create(level));
        Vector256<int> places = Vector256.Create(firstScenario) + Vector256<int>.Indices;
        Avx512F.Store(gains + count, Avx512F.Compress(Vector512<double>.Zero, kept, x));
        Avx.Store(scenarios + count, Avx512F.VL.Compress(Vector256<int>.Zero, Avx512F.ConvertToVector256Int32(kept.AsInt64()), places));
        return count + BitOperations.PopCount(kept.ExtractMostSignificantBits());
    }

    void ThrowNonFinite(int account, int firstScenario, Vector512<double> x)
    {
        int s = 0;
        while (double.IsFinite(x[s]))
        {
            s++;
        }

        throw new NonFiniteProfitAndLossException(keys(account), firstScenario + s);
    }

    struct Account
    {
        /// <summary>P&amp;L above it is not in the tail.</summary>
        public double Level;

        public int Count;

        /// <summary>Losses at which the next selection is due.</summary>
        public int Limit;

        /// <summary>Scenarios given.</summary>
        public int Seen;
    }
}
