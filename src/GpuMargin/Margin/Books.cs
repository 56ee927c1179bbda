using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Numerics;

namespace GpuMargin.Margin;

/// <summary>Books made of positions.</summary>
static class Books
{
    /// <param name="set">With simulated collateral among its instruments and positions.</param>
    /// <param name="collateralFrom">Instruments from here on are collateral, which is in the cross book whatever the account's mode.</param>
    public static IReadOnlyList<Book> Of(ClearingSet set, IReadOnlyList<NettingSet> nettingSets, int collateralFrom)
    {
        int[][] rows = RowsOfAccounts(set);
        List<Book>[] books = new List<Book>[nettingSets.Count];
        SideBySide.For(books.Length, i => books[i] = Of(set, i, nettingSets[i].Accounts, rows, collateralFrom));
        return [.. books.SelectMany(own => own)];
    }

    static List<Book> Of(ClearingSet set, int nettingSet, IReadOnlyList<int> accounts, int[][] rows, int collateralFrom)
    {
        List<Book> books = [];
        List<int[]> cross = [];
        foreach (int account in accounts)
        {
            if (NettingSet.Terms(set, account).Mode == MarginMode.Cross)
            {
                cross.Add(rows[account]);
                continue;
            }

            (int[] instrument, double[] quantity) = Merge(set.Positions, rows[account]);
            for (int k = 0; k < instrument.Length; k++)
            {
                if (instrument[k] < collateralFrom)
                {
                    books.Add(new Book(nettingSet, BookKind.Isolated, -1, [instrument[k]], [quantity[k]]) { IsolatedIn = account });
                }
            }

            cross.Add([.. rows[account].Where(row => set.Positions.Instrument[row] >= collateralFrom)]);
        }

        bool isolated = books.Count > 0;
        int single = accounts.Count == 1 ? accounts[0] : -1;
        Add(BookKind.Cross, isolated ? -1 : single, cross);
        if (isolated)
        {
            Add(BookKind.WereItNetted, single, accounts.Select(account => rows[account]));
        }

        return books;

        void Add(BookKind kind, int account, IEnumerable<int[]> positions)
        {
            (int[] instrument, double[] quantity) = Merge(set.Positions, Together(set.Positions, [.. positions]));
            if (instrument.Length > 0)
            {
                books.Add(new Book(nettingSet, kind, account, instrument, quantity));
            }
        }
    }

    // Per account its rows in order of instrument, then file: two counting sorts, each stable.
    static int[][] RowsOfAccounts(ClearingSet set)
    {
        PositionTable table = set.Positions;
        int[] count = new int[set.Accounts.Count];
        int[] next = new int[set.Instruments.Count + 1];
        for (int row = 0; row < table.Count; row++)
        {
            count[table.Account[row]]++;
            next[table.Instrument[row] + 1]++;
        }

        for (int i = 1; i < next.Length; i++)
        {
            next[i] += next[i - 1];
        }

        int[] byInstrument = new int[table.Count];
        for (int row = 0; row < byInstrument.Length; row++)
        {
            byInstrument[next[table.Instrument[row]]++] = row;
        }

        int[][] rows = [.. count.Select(n => new int[n])];
        Array.Clear(count);
        foreach (int row in byInstrument)
        {
            int account = table.Account[row];
            rows[account][count[account]++] = row;
        }

        return rows;
    }

    static int[] Together(PositionTable table, int[][] rows) => rows.Length switch
    {
        0 => [],
        1 => rows[0],
        _ => [.. rows.SelectMany(own => own).OrderBy(row => ((long)table.Instrument[row] << 32) | (uint)row)],
    };

    // Rows of one instrument add up in file order.
    static (int[] Instrument, double[] Quantity) Merge(PositionTable table, ReadOnlySpan<int> rows)
    {
        int[] instrument = new int[rows.Length];
        double[] quantity = new double[rows.Length];
        int count = 0;
        for (int k = 0; k < rows.Length;)
        {
            int place = table.Instrument[rows[k]], first = k;
            QuantitySum merging = default;
            for (; k < rows.Length && table.Instrument[rows[k]] == place; k++)
            {
                merging.Add(table.Quantity[rows[k]]);
            }

            double sum = merging.IsDoubtful ? QuantitySum.Exact(table.Quantity, rows[first..k]) : merging.Sum;
            if (sum != 0)
            {
                instrument[count] = place;
                quantity[count++] = sum;
            }
        }

        return count == rows.Length ? (instrument, quantity) : (instrument[..count], quantity[..count]);
    }
}
