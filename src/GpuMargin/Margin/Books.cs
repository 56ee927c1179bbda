using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Margin;

/// <summary>From positions to books.</summary>
static class Books
{
    /// <param name="set">With simulated collateral among its instruments and positions.</param>
    /// <param name="collateralFrom">Instruments from here on are collateral, which is in the cross book whatever the account's mode.</param>
    public static IReadOnlyList<Book> Of(ClearingSet set, IReadOnlyList<NettingSet> nettingSets, int collateralFrom)
    {
        int[][] rows = RowsOfAccounts(set);
        List<Book>[] books = new List<Book>[nettingSets.Count];
        Parallel.For(0, books.Length, i => books[i] = Of(set, i, nettingSets[i].Accounts, rows, collateralFrom));
        return [.. books.SelectMany(own => own)];
    }

    static List<Book> Of(ClearingSet set, int nettingSet, IReadOnlyList<int> accounts, int[][] rows, int collateralFrom)
    {
        List<Book> books = [];
        List<int> cross = [];
        foreach (int account in accounts)
        {
            if (NettingSet.Terms(set, account).Mode == MarginMode.Cross)
            {
                cross.AddRange(rows[account]);
                continue;
            }

            (int[] instrument, double[] quantity) = Merge(set.Positions, rows[account]);
            for (int k = 0; k < instrument.Length; k++)
            {
                if (instrument[k] < collateralFrom)
                {
                    books.Add(new Book(nettingSet, BookKind.Isolated, -1, [instrument[k]], [quantity[k]]));
                }
            }

            cross.AddRange(rows[account].Where(row => set.Positions.Instrument[row] >= collateralFrom));
        }

        bool isolated = books.Count > 0;
        int single = accounts.Count == 1 ? accounts[0] : -1;
        Add(BookKind.Cross, isolated ? -1 : single, cross);
        if (isolated)
        {
            Add(BookKind.WereItNetted, single, accounts.SelectMany(account => rows[account]));
        }

        return books;

        void Add(BookKind kind, int account, IEnumerable<int> positions)
        {
            (int[] instrument, double[] quantity) = Merge(set.Positions, positions);
            if (instrument.Length > 0)
            {
                books.Add(new Book(nettingSet, kind, account, instrument, quantity));
            }
        }
    }

    static int[][] RowsOfAccounts(ClearingSet set)
    {
        int[] count = new int[set.Accounts.Count];
        foreach (int account in set.Positions.Account)
        {
            count[account]++;
        }

        int[][] rows = [.. count.Select(n => new int[n])];
        Array.Clear(count);
        for (int row = 0; row < set.Positions.Count; row++)
        {
            int account = set.Positions.Account[row];
            rows[account][count[account]++] = row;
        }

        return rows;
    }

    // Rows of one instrument add up in file order.
    static (int[] Instrument, double[] Quantity) Merge(PositionTable table, IEnumerable<int> rows)
    {
        long[] keys = [.. rows.Select(row => ((long)table.Instrument[row] << 32) | (uint)row)];
        Array.Sort(keys);
        int[] instrument = new int[keys.Length];
        double[] quantity = new double[keys.Length];
        int count = 0;
        for (int k = 0; k < keys.Length;)
        {
            int place = (int)(keys[k] >> 32);
            double sum = 0;
            for (; k < keys.Length && (int)(keys[k] >> 32) == place; k++)
            {
                sum += table.Quantity[(int)(uint)keys[k]];
            }

            if (sum != 0)
            {
                instrument[count] = place;
                quantity[count++] = sum;
            }
        }

        return (instrument[..count], quantity[..count]);
    }
}
