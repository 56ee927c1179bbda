using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin;

/// <summary>The measures of all books: per request and book an estimate for each row that was measured.</summary>
sealed class MeasureTable(int requests)
{
    readonly (int[] Start, Estimate[] Estimates)[] columns = new (int[], Estimate[])[requests];

    /// <summary>Makes room for a request's estimates.</summary>
    /// <param name="rows">Of a book.</param>
    public void Reserve(int request, int books, Func<int, int> rows)
    {
        int[] start = new int[books + 1];
        for (int book = 0; book < books; book++)
        {
            start[book + 1] = start[book] + rows(book);
        }

        columns[request] = (start, new Estimate[start[^1]]);
    }

    /// <summary>Estimates of a request for a book; none before they are reserved.</summary>
    public Span<Estimate> Of(int request, int book) => columns[request] is { Estimates: { } estimates } column
        ? estimates.AsSpan(column.Start[book]..column.Start[book + 1])
        : [];
}
