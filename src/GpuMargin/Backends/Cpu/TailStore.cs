using System.Numerics;

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
    readonly double[] losses;
    readonly int[] scenarios;
    readonly int[] counts;
    readonly double[] thresholds;
    readonly SpinLock[] locks;

    public TailStore(int accounts, int length)
    {
        this.length = length;
        capacity = length + Math.Max(128, length / 4);
        losses = new double[(long)accounts * capacity];
        scenarios = new int[(long)accounts * capacity];
        counts = new int[accounts];
        thresholds = new double[accounts];
        Array.Fill(thresholds, double.NegativeInfinity);
        locks = new SpinLock[accounts];
    }

    /// <summary>Takes what may belong to the tail.</summary>
    /// <param name="profitAndLoss">Neighbouring scenarios of one account, gain &gt; 0.</param>
    /// <exception cref="NonFiniteProfitAndLossException">A value is NaN or infinite.</exception>
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
            for (int s = 0; s < profitAndLoss.Length; s++)
            {
                double loss = 0.0 - profitAndLoss[s]; // +0 for a P&L of either zero
                if (!double.IsFinite(loss))
                {
                    throw new NonFiniteProfitAndLossException(account, firstScenario + s);
                }

                if (loss >= thresholds[account])
                {
                    Append(account, loss, firstScenario + s);
                }
            }
        }
        finally
        {
            locks[account].Exit(useMemoryBarrier: true);
        }
    }

    public LossTail Tail(int account)
    {
        int start = account * capacity;
        int kept = Math.Min(counts[account], length);
        int[] order = new int[counts[account]];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = start + i;
        }

        Array.Sort(order, (a, b) => Worse(a, b) ? -1 : Worse(b, a) ? 1 : 0);
        return new LossTail(
            Array.ConvertAll(order[..kept], i => losses[i]),
            Array.ConvertAll(order[..kept], i => scenarios[i]));
    }

    // P&L strictly between the level that a loss at the threshold has and +∞; false for NaN.
    static bool AllBetter(ReadOnlySpan<double> profitAndLoss, double level)
    {
        int s = 0;
        for (; s <= profitAndLoss.Length - Vector<double>.Count; s += Vector<double>.Count)
        {
            Vector<double> x = new(profitAndLoss[s..]);
            if (!Vector.GreaterThanAll(x, new Vector<double>(level)) || !Vector.LessThanAll(x, new Vector<double>(double.PositiveInfinity)))
            {
                return false;
            }
        }

        for (; s < profitAndLoss.Length; s++)
        {
            if (!(profitAndLoss[s] > level && profitAndLoss[s] < double.PositiveInfinity))
            {
                return false;
            }
        }

        return true;
    }

    void Append(int account, double loss, int scenario)
    {
        int start = account * capacity;
        losses[start + counts[account]] = loss;
        scenarios[start + counts[account]] = scenario;
        if (++counts[account] == capacity)
        {
            Partition(start, start + capacity - 1, start + length - 1);
            counts[account] = length;
            Volatile.Write(ref thresholds[account], losses[start + length - 1]);
        }
    }

    bool Worse(int a, int b) => losses[a] > losses[b] || (losses[a] == losses[b] && scenarios[a] < scenarios[b]);

    // Hoare's selection: afterwards `middle` holds what sorting would put there, with nothing worse behind it.
    void Partition(int low, int high, int middle)
    {
        while (low < high)
        {
            Swap(low + (high - low) / 2, high);
            int store = low;
            for (int i = low; i < high; i++)
            {
                if (Worse(i, high))
                {
                    Swap(i, store++);
                }
            }

            Swap(store, high);
            if (store == middle)
            {
                return;
            }

            if (store < middle)
            {
                low = store + 1;
            }
            else
            {
                high = store - 1;
            }
        }
    }

    void Swap(int a, int b)
    {
        (losses[a], losses[b]) = (losses[b], losses[a]);
        (scenarios[a], scenarios[b]) = (scenarios[b], scenarios[a]);
    }
}
