using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin;

/// <summary>The measures of all books: per request and book an estimate for each row that was measured.</summary>
sealed class MeasureTable(int requests)
{
    readonly (int[] Start, Estimate[] Estimates)[] columns = new (int[], Estimate[])[requests];

    /// <summary>Makes room for a request's estimates.</summary>
    /// <param name="rows">Per book.</param>
    public void Reserve(int request, IEnumerable<int> rows)
    {
        List<int> start = [0];
        foreach (int count in rows)
        {
            start.Add(start[^1] + count);
        }

        columns[request] = ([.. start], new Estimate[start[^1]]);
    }

    /// <summary>Estimates of a request for a book; none before they are reserved.</summary>
    public Span<Estimate> Of(int request, int book) => columns[request] is { Estimates: { } estimates } column
        ? estimates.AsSpan(column.Start[book]..column.Start[book + 1])
        : [];
}
