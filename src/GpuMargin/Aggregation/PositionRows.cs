using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Revaluation;

namespace GpuMargin.Aggregation;

/// <summary>The positions as one sparse row per account; duplicates merged, zero quantities left out, instruments ascending.</summary>
/// <param name="Start">Account a holds the entries Start[a] … Start[a + 1] − 1.</param>
/// <param name="Instrument">Place in <see cref="InstrumentPlan"/>.</param>
/// <param name="Quantity">Contracts, signed.</param>
/// <param name="RunStart">Account a's runs are RunStart[a] … RunStart[a + 1] − 1.</param>
/// <param name="RunEnd">Behind the last entry of each run; runs follow one another. See <see cref="PositionSum"/>.</param>
public sealed record PositionRows(int[] Start, int[] Instrument, double[] Quantity, int[] RunStart, int[] RunEnd)
{
    public int Accounts => Start.Length - 1;

    public int Count(int account) => Start[account + 1] - Start[account];

    /// <summary>Per instrument, whether any account holds it.</summary>
    public bool[] Held(int instruments)
    {
        bool[] held = new bool[instruments];
        foreach (int place in Instrument)
        {
            held[place] = true;
        }

        return held;
    }

    /// <summary>The rows of some accounts; their sums keep their order and so their bits.</summary>
    /// <param name="accounts">In the order of the new rows.</param>
    public PositionRows Select(IReadOnlyList<int> accounts)
    {
        int[] start = new int[accounts.Count + 1];
        int[] runStart = new int[accounts.Count + 1];
        for (int row = 0; row < accounts.Count; row++)
        {
            start[row + 1] = start[row] + Count(accounts[row]);
            runStart[row + 1] = runStart[row] + RunStart[accounts[row] + 1] - RunStart[accounts[row]];
        }

        int[] instrument = new int[start[^1]];
        double[] quantity = new double[start[^1]];
        int[] runEnd = new int[runStart[^1]];
        for (int row = 0; row < accounts.Count; row++)
        {
            int from = Start[accounts[row]];
            Instrument.AsSpan(from, Count(accounts[row])).CopyTo(instrument.AsSpan(start[row]));
            Quantity.AsSpan(from, Count(accounts[row])).CopyTo(quantity.AsSpan(start[row]));
            for (int run = 0; run < runStart[row + 1] - runStart[row]; run++)
            {
                runEnd[runStart[row] + run] = RunEnd[RunStart[accounts[row]] + run] - from + start[row];
            }
        }

        return new PositionRows(start, instrument, quantity, runStart, runEnd);
    }

    /// <summary>Today's value of what each account holds, run currency.</summary>
    public double[] Values(InstrumentPlan instruments)
    {
        double[] values = new double[Accounts];
        for (int account = 0; account < values.Length; account++)
        {
            for (int k = Start[account]; k < Start[account + 1]; k++)
            {
                int place = Instrument[k];
                values[account] += Quantity[k] * (instruments.HeldValue[place] * instruments.FxRate[place]);
            }
        }

        return values;
    }

    public static PositionRows From(PositionTable table, int accounts, InstrumentPlan instruments)
    {
        // Counting sort by account keeps file order; within a row, a stable sort by place does.
        int[] start = new int[accounts + 1];
        foreach (int account in table.Account)
        {
            start[account + 1]++;
        }

        for (int account = 0; account < accounts; account++)
        {
            start[account + 1] += start[account];
        }

        long[] keys = new long[table.Count];
        int[] next = start[..accounts];
        for (int row = 0; row < table.Count; row++)
        {
            keys[next[table.Account[row]]++] = ((long)instruments.PlaceOf[table.Instrument[row]] << 32) | (uint)row;
        }

        Parallel.For(0, accounts, account => Array.Sort(keys, start[account], start[account + 1] - start[account]));
        return Merge(table, keys, start);
    }

    static PositionRows Merge(PositionTable table, long[] keys, int[] start)
    {
        int accounts = start.Length - 1;
        int[] mergedStart = new int[accounts + 1];
        int[] instrument = new int[keys.Length];
        double[] quantity = new double[keys.Length];
        int[] runStart = new int[accounts + 1];
        List<int> runEnd = [];
        int count = 0;
        for (int account = 0; account < accounts; account++)
        {
            for (int k = start[account]; k < start[account + 1];)
            {
                int place = (int)(keys[k] >> 32);
                double sum = 0;
                for (; k < start[account + 1] && (int)(keys[k] >> 32) == place; k++)
                {
                    sum += table.Quantity[(int)(uint)keys[k]];
                }

                if (sum != 0)
                {
                    instrument[count] = place;
                    quantity[count++] = sum;
                }
            }

            mergedStart[account + 1] = count;
            AddRuns(instrument, mergedStart[account], count, runEnd);
            runStart[account + 1] = runEnd.Count;
        }

        return new PositionRows(mergedStart, instrument[..count], quantity[..count], runStart, [.. runEnd]);
    }

    static void AddRuns(int[] instrument, int from, int to, List<int> runEnd)
    {
        for (int k = from; k < to;)
        {
            int block = instrument[k] / PositionSum.InstrumentBlock;
            int first = k;
            while (k < to && k - first < PositionSum.RunLength && instrument[k] / PositionSum.InstrumentBlock == block)
            {
                k++;
            }

            runEnd.Add(k);
        }
    }
}
