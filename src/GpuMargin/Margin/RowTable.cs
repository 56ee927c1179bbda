using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>Rows of a run under construction: to a backend, a book, a sub-book and an account are the same.</summary>
sealed class RowTable
{
    readonly List<int> rows = [];
    readonly List<int> instruments = [];
    readonly List<double> quantities = [];

    public int Count { get; private set; }

    /// <summary>Starts a row.</summary>
    public int Add() => Count++;

    /// <summary>Adds a position to the row started last.</summary>
    public void Position(int instrument, double quantity)
    {
        rows.Add(Count - 1);
        instruments.Add(instrument);
        quantities.Add(quantity);
    }

    public PositionRows Rows(InstrumentPlan plan) =>
        PositionRows.From(new PositionTable([.. rows], [.. instruments], [.. quantities]), Count, plan);
}
