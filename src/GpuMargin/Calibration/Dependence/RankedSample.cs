namespace GpuMargin.Calibration.Dependence;

/// <summary>One factor's observations by rank; ties keep their day's order and know their group.</summary>
sealed class RankedSample
{
    RankedSample(int count)
    {
        Order = new int[count];
        Slot = new int[count];
        GroupStart = new int[count];
        GroupEnd = new int[count];
    }

    /// <summary>Days by value, upwards.</summary>
    public int[] Order { get; }

    /// <summary>Place of each day in <see cref="Order"/>.</summary>
    public int[] Slot { get; }

    /// <summary>First slot by day of the days with the same value.</summary>
    public int[] GroupStart { get; }

    /// <summary>One past the last slot by day of the days with the same value.</summary>
    public int[] GroupEnd { get; }

    /// <summary>Pairs of days with the same value.</summary>
    public long TiedPairs { get; private set; }

    public bool HasTies => TiedPairs > 0;

    public bool IsConstant => GroupEnd[0] - GroupStart[0] == Order.Length;

    /// <param name="values">Finite, one per day; at least one.</param>
    public static RankedSample Of(double[] values)
    {
        int count = values.Length;
        RankedSample ranked = new(count);
        double[] sorted = [.. values];
        int[] order = ranked.Order;
        for (int day = 0; day < count; day++)
        {
            order[day] = day;
        }

        Array.Sort(sorted, order);
        for (int start = 0, end; start < count; start = end)
        {
            end = start + 1;
            while (end < count && sorted[end] == sorted[start])
            {
                end++;
            }

            Array.Sort(order, start, end - start);
            ranked.TiedPairs += (long)(end - start) * (end - start - 1) / 2;
            for (int slot = start; slot < end; slot++)
            {
                ranked.Slot[order[slot]] = slot;
                ranked.GroupStart[order[slot]] = start;
                ranked.GroupEnd[order[slot]] = end;
            }
        }

        return ranked;
    }
}
