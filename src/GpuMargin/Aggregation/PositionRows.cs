using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Numerics;
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

    /// <summary>Identities of the rows with positions.</summary>
    public required IReadOnlyList<RowKey> Keys { get; init; }

    /// <summary>Rows without positions, behind the accounts'.</summary>
    public RemainderRows Remainders { get; init; } = RemainderRows.None;

    /// <summary>Accounts and remainders.</summary>
    public int Rows => Accounts + Remainders.Count;

    /// <summary>Identity of a row, with positions or not.</summary>
    public RowKey Key(int row) => row < Accounts ? Keys[row] : Remainders.Key(row - Accounts, Keys);

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

        return new PositionRows(start, instrument, quantity, runStart, runEnd) { Keys = [.. accounts.Select(account => Keys[account])] };
    }

    /// <summary>Some rows, remainders among them, and behind the accounts of these what those are remainders of.</summary>
    /// <param name="rows">Ascending.</param>
    /// <returns>The new rows, and the place among them of each of <paramref name="rows"/>.</returns>
    public (PositionRows Rows, int[] Places) Only(int[] rows)
    {
        int asked = rows.TakeWhile(row => row < Accounts).Count();
        List<int> accounts = [.. rows[..asked]];
        Dictionary<int, int> places = accounts.Index().ToDictionary(account => account.Item, account => account.Index);
        List<int> of = [], start = [0], less = [];
        foreach (int row in rows[asked..])
        {
            int r = row - Accounts;
            of.Add(Place(Remainders.Of[r]));
            less.AddRange(Remainders.Less[Remainders.Start[r]..Remainders.Start[r + 1]].Select(Place));
            start.Add(less.Count);
        }

        PositionRows only = Select(accounts) with { Remainders = new RemainderRows([.. of], [.. start], [.. less]) { Keys = [.. rows[asked..].Select(Key)] } };
        return (only, [.. rows.Select((_, i) => i < asked ? i : accounts.Count + i - asked)]);

        int Place(int account)
        {
            if (places.TryAdd(account, accounts.Count))
            {
                accounts.Add(account);
            }

            return places[account];
        }
    }

    /// <summary>Further rows behind these.</summary>
    /// <param name="remainders">Of all of them.</param>
    public PositionRows With(PositionRows more, RemainderRows remainders)
    {
        int positions = Instrument.Length, runs = RunEnd.Length;
        return new PositionRows(
            [.. Start, .. Shifted(more.Start.AsSpan(1), positions)],
            [.. Instrument, .. more.Instrument],
            [.. Quantity, .. more.Quantity],
            [.. RunStart, .. Shifted(more.RunStart.AsSpan(1), runs)],
            [.. RunEnd, .. Shifted(more.RunEnd, positions)])
        {
            Keys = [.. Keys, .. more.Keys],
            Remainders = remainders,
        };
    }

    static int[] Shifted(ReadOnlySpan<int> places, int by)
    {
        int[] shifted = new int[places.Length];
        for (int i = 0; i < shifted.Length; i++)
        {
            shifted[i] = places[i] + by;
        }

        return shifted;
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

    /// <param name="keys">Of the rows that the table's accounts number.</param>
    public static PositionRows From(PositionTable table, IReadOnlyList<RowKey> keys, InstrumentPlan instruments)
    {
        int accounts = keys.Count;
        (int[] rows, int[] start) = ByAccountAndPlace(table, accounts, instruments);
        int[] instrument = GC.AllocateUninitializedArray<int>(rows.Length);
        double[] quantity = GC.AllocateUninitializedArray<double>(rows.Length);
        int[] merged = new int[accounts + 1];
        int[] runStart = new int[accounts + 1];
        SideBySide.For(accounts, account =>
        {
            int from = start[account], to = from;
            for (int k = from; k < start[account + 1];)
            {
                int place = instruments.PlaceOf[table.Instrument[rows[k]]], first = k;
                QuantitySum merging = default;
                for (; k < start[account + 1] && instruments.PlaceOf[table.Instrument[rows[k]]] == place; k++)
                {
                    merging.Add(table.Quantity[rows[k]]);
                }

                double sum = merging.IsDoubtful ? QuantitySum.Exact(table.Quantity, rows.AsSpan(first..k)) : merging.Sum;
                if (sum != 0)
                {
                    instrument[to] = place;
                    quantity[to++] = sum;
                }
            }

            merged[account + 1] = to - from;
            for (int k = from; k < to; k = EndOfRun(instrument, k, to))
            {
                runStart[account + 1]++;
            }
        });
        Accumulate(merged);
        Accumulate(runStart);
        return Packed(keys, instrument, quantity, start, merged, runStart);
    }

    // Rows in order of account, then place, then file: two counting sorts, each stable.
    static (int[] Rows, int[] Start) ByAccountAndPlace(PositionTable table, int accounts, InstrumentPlan instruments)
    {
        int[] start = new int[accounts + 1];
        int[] startOfPlace = new int[instruments.Count + 1];
        for (int row = 0; row < table.Count; row++)
        {
            start[table.Account[row] + 1]++;
            startOfPlace[instruments.PlaceOf[table.Instrument[row]] + 1]++;
        }

        Accumulate(start);
        Accumulate(startOfPlace);
        int[] byPlace = GC.AllocateUninitializedArray<int>(table.Count);
        for (int row = 0; row < byPlace.Length; row++)
        {
            byPlace[startOfPlace[instruments.PlaceOf[table.Instrument[row]]]++] = row;
        }

        int[] rows = GC.AllocateUninitializedArray<int>(byPlace.Length);
        int[] next = start[..accounts];
        foreach (int row in byPlace)
        {
            rows[next[table.Account[row]]++] = row;
        }

        return (rows, start);
    }

    // Closes the gaps that merged rows left.
    static PositionRows Packed(IReadOnlyList<RowKey> keys, int[] instrument, double[] quantity, int[] from, int[] start, int[] runStart)
    {
        bool gaps = start[^1] != instrument.Length;
        int[] packedInstrument = gaps ? new int[start[^1]] : instrument;
        double[] packedQuantity = gaps ? new double[start[^1]] : quantity;
        int[] runEnd = new int[runStart[^1]];
        SideBySide.For(start.Length - 1, account =>
        {
            int first = start[account], end = start[account + 1];
            if (gaps)
            {
                Array.Copy(instrument, from[account], packedInstrument, first, end - first);
                Array.Copy(quantity, from[account], packedQuantity, first, end - first);
            }

            for (int k = first, run = runStart[account]; k < end; run++)
            {
                runEnd[run] = k = EndOfRun(packedInstrument, k, end);
            }
        });
        return new PositionRows(start, packedInstrument, packedQuantity, runStart, runEnd) { Keys = keys };
    }

    static int EndOfRun(int[] instrument, int first, int end)
    {
        int block = instrument[first] / PositionSum.InstrumentBlock;
        int k = first;
        while (k < end && k - first < PositionSum.RunLength && instrument[k] / PositionSum.InstrumentBlock == block)
        {
            k++;
        }

        return k;
    }

    static void Accumulate(int[] counts)
    {
        for (int i = 1; i < counts.Length; i++)
        {
            counts[i] += counts[i - 1];
        }
    }
}
