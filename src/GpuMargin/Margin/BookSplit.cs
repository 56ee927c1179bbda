namespace GpuMargin.Margin;

/// <summary>How a book falls into product classes and single-factor sub-books.</summary>
/// <param name="Classes">Product classes in order of the book's instruments, with their numbers of positions; empty where it has one only.</param>
/// <param name="Worst">One of the two worst sub-books.</param>
/// <param name="Second">The other.</param>
/// <param name="Underlyings">Sub-books there are; 0 without the concentration component.</param>
readonly record struct BookSplit(
    (int Class, int Positions)[] Classes, (int Underlying, int Positions) Worst, (int Underlying, int Positions) Second, int Underlyings)
{
    /// <summary>The class with the most positions, of equal ones the first; −1 where there is one only.</summary>
    public int LargestClass => Classes.Length == 0 ? -1 : Classes.MaxBy(part => part.Positions).Class;

    /// <summary>Rows of the classes and sub-books whose positions are added up.</summary>
    public int Parts => Math.Max(0, Classes.Length - 1) + Math.Clamp(Underlyings - 1, 0, 2);

    /// <summary>Rows that are what is left.</summary>
    public int Remainders => Math.Min(1, Classes.Length) + (Underlyings > 1 ? 1 : 0);
}
