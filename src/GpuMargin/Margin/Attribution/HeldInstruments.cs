using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin.Attribution;

/// <summary>One contract of every instrument that some accounts hold, as rows of a run, and where the P&amp;L of these rows goes.</summary>
sealed class HeldInstruments
{
    readonly PositionTail[] tails;
    readonly int[] rowOf; // per instrument of the set, or −1
    readonly int[] start; // per scenario, the first of its visits
    readonly (int Tail, int K)[] visits;

    public HeldInstruments(ClearingSet set, InstrumentPlan plan, PositionTail[] tails)
    {
        this.tails = tails;
        rowOf = new int[set.Instruments.Count];
        Array.Fill(rowOf, -1);
        List<int> held = [];
        foreach (int instrument in tails.SelectMany(tail => tail.Instruments))
        {
            if (rowOf[instrument] < 0)
            {
                rowOf[instrument] = held.Count;
                held.Add(instrument);
            }
        }

        double[] one = new double[held.Count];
        Array.Fill(one, 1);
        Rows = PositionRows.From(
            new PositionTable([.. Enumerable.Range(0, held.Count)], [.. held], one),
            [.. held.Select(instrument => new RowKey(RowKind.Instrument, "", set.Instruments[instrument].Name))],
            plan);
        (start, visits) = ByScenario(tails);
    }

    public int Count => Rows.Accounts;

    public PositionRows Rows { get; }

    /// <summary>Takes the P&amp;L of a block of scenarios, [scenario, row].</summary>
    public void Take(int firstScenario, int scenarios, ReadOnlySpan<double> values)
    {
        for (int s = 0; s < scenarios && firstScenario + s < start.Length - 1; s++)
        {
            ReadOnlySpan<double> row = values.Slice(s * Count, Count);
            foreach ((int tail, int k) in visits.AsSpan(start[firstScenario + s]..start[firstScenario + s + 1]))
            {
                PositionTail account = tails[tail];
                for (int position = 0; position < account.Instruments.Count; position++)
                {
                    account.Set(k, position, account.Quantities[position] * row[rowOf[account.Instruments[position]]]);
                }
            }
        }
    }

    static (int[] Start, (int Tail, int K)[] Visits) ByScenario(PositionTail[] tails)
    {
        int last = tails.SelectMany(tail => tail.Scenarios).DefaultIfEmpty(-1).Max();
        int[] start = new int[last + 2];
        foreach (int scenario in tails.SelectMany(tail => tail.Scenarios))
        {
            start[scenario + 1]++;
        }

        for (int s = 1; s < start.Length; s++)
        {
            start[s] += start[s - 1];
        }

        var visits = new (int, int)[start[^1]];
        int[] next = start[..^1];
        for (int i = 0; i < tails.Length; i++)
        {
            for (int k = 0; k < tails[i].Scenarios.Count; k++)
            {
                visits[next[tails[i].Scenarios[k]]++] = (i, k);
            }
        }

        return (start, visits);
    }
}
