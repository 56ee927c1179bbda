using System.Text.RegularExpressions;

namespace GpuMargin.Files.Mapping;

/// <summary>Where a field stands in the files of a vendor, and how it is written there.</summary>
/// <param name="Line">Of the mapping.</param>
sealed record FieldMapping(int Line)
{
    /// <summary>Columns that hold it; of several the mean of their numbers.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Its value in every row, in place of a column.</summary>
    public string? Constant { get; init; }

    /// <summary>Its first group is the part of the cell that counts.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>Words of the files and what they mean; others stand for themselves.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>A number is multiplied by it.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Unit of a price.</summary>
    public PriceUnit Unit { get; init; }

    public TimeFormat Time { get; init; } = TimeFormat.Iso;
}
