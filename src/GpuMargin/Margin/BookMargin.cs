namespace GpuMargin.Margin;

/// <summary>Components and levels of one book, or of several together.</summary>
/// <param name="Initial">The largest of initial level · model, alternatives and lower bounds.</param>
/// <param name="Maintenance">The largest of maintenance level · model, the alternatives' own maintenance margins and lower bounds.</param>
sealed record BookMargin(ComponentAmounts Components, decimal Initial, decimal Maintenance)
{
    public static BookMargin Sum(IReadOnlyList<RequirementLine> lines, IReadOnlyList<BookMargin> books) =>
        new(ComponentAmounts.Sum(lines, books.Select(book => book.Components)), books.Sum(book => book.Initial), books.Sum(book => book.Maintenance));
}
