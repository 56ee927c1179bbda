using GpuMargin.ClearingSets;
using GpuMargin.Margin;

namespace GpuMargin.Cli.Display;

/// <summary>What the rows of a run's tables are sorted by.</summary>
enum RowOrder
{
    Name,
    Value,
    ValueAtRisk,
    ExpectedShortfall,
    Margin,
    Requirement,
    Collateral,
    Excess,
    Call,
}

/// <summary>Words and amounts of <see cref="RowOrder"/>.</summary>
static class RowOrders
{
    internal static Vocabulary<RowOrder> Words { get; } = new(
        ("name", RowOrder.Name), ("value", RowOrder.Value), ("var", RowOrder.ValueAtRisk), ("es", RowOrder.ExpectedShortfall), ("margin", RowOrder.Margin),
        ("requirement", RowOrder.Requirement), ("collateral", RowOrder.Collateral), ("excess", RowOrder.Excess), ("call", RowOrder.Call));

    /// <returns><see langword="null"/>: an account has no such amount of its own.</returns>
    internal static Func<AccountMargin, double>? OfAccount(RowOrder order) => order switch
    {
        RowOrder.Value => row => row.Value,
        RowOrder.ValueAtRisk => row => row.ValueAtRisk.Value,
        RowOrder.ExpectedShortfall => row => row.ExpectedShortfall.Value,
        RowOrder.Margin => row => row.Margin,
        _ => null,
    };

    /// <returns><see langword="null"/>: a netting set or member has no such amount.</returns>
    internal static Func<Covered, decimal>? OfRequirement(RowOrder order) => order switch
    {
        RowOrder.Requirement => row => row.Required,
        RowOrder.Collateral => row => row.Collateral,
        RowOrder.Excess => row => row.Excess,
        RowOrder.Call => row => row.Called,
        _ => null,
    };
}
