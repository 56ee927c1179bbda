using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin;

/// <summary>The measures of one book that were asked for; losses in run currency, loss &gt; 0, not floored at zero.</summary>
readonly struct BookMeasures(MeasureTable table, int book)
{
    /// <summary>Point estimate; of a part that the book does not have 0.</summary>
    public double this[MeasureHandle handle] => Interval(handle).Value;

    /// <summary>Estimate with its interval, of a handle that was asked for with it.</summary>
    public Estimate Interval(MeasureHandle handle) => table.Of(handle.Index, book) is { Length: > 0 } estimates ? estimates[0] : default;

    /// <summary>One estimate per product class, in order of the book's instruments; of a book with one class that of the book.</summary>
    public ReadOnlySpan<Estimate> Classes(MeasureHandle handle) => table.Of(handle.Index, book);
}
