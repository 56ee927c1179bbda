using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;
using GpuMargin.Scenarios;

namespace GpuMargin.Aggregation;

/// <summary>One run of an engine, as plain arrays: rows of positions valued in a range of a source's scenarios. Nothing in it grows with the number of scenarios.</summary>
/// <remarks>A value: it can be hashed, sent elsewhere, cut by scenarios and put together again.</remarks>
public sealed record ValuationRun
{
    /// <summary>Scenarios that belong together: ranges begin at a multiple of it, which is a leaf of the fingerprint and made of whole nets of Sobol points.</summary>
    public const int ScenarioBlock = 64;

    readonly int fingerprintRows = int.MaxValue;

    public required Precision Precision { get; init; }

    public required ScenarioSource Source { get; init; }

    /// <summary>Number of the first scenario, a multiple of <see cref="ScenarioBlock"/>.</summary>
    public int FirstScenario { get; init; }

    /// <summary>Number of scenarios.</summary>
    public required int Scenarios { get; init; }

    /// <summary>Number behind the last scenario.</summary>
    public int EndScenario => FirstScenario + Scenarios;

    public required InstrumentPlan Instruments { get; init; }

    public required PositionRows Positions { get; init; }

    /// <summary>The shocks that instruments read: days and factors.</summary>
    public ShockRows ShockRows => Instruments.Shocks;

    /// <summary>Worst losses kept per row: enough for the quantiles and their intervals.</summary>
    public required int TailLength { get; init; }

    /// <summary>Rows, from the first on, whose P&amp;L the fingerprint covers: all with positions unless fewer are said; 0: the run has none.</summary>
    public int FingerprintRows
    {
        get => Math.Min(fingerprintRows, Positions.Accounts);
        init => fingerprintRows = value;
    }

    /// <summary>Definition of the fingerprint.</summary>
    public Fingerprint Fingerprint { get; init; } = Fingerprint.XxhLeaves;

    /// <summary>Whether the result keeps the digests that the fingerprint is the hash of, so that results of cut runs can be merged: 32 bytes for each 64 scenarios, by fingerprint 1 for each 64 rows of them.</summary>
    public bool KeepsDigests { get; init; }

    /// <summary>SHA-256 over everything that the run is made of, lower-case hexadecimal: runs with the same identity have the same result.</summary>
    public string Identity() => ContentHash.Of(this);

    /// <summary>Refuses what no engine can value.</summary>
    /// <exception cref="ArgumentException">The range begins inside a block or ends behind the source's last scenario, or instruments read what the source does not have.</exception>
    public void Check()
    {
        if (FirstScenario % ScenarioBlock != 0 || Scenarios > (Source.Count ?? int.MaxValue) - FirstScenario)
        {
            throw new ArgumentException($"Scenarios {FirstScenario} to {EndScenario - 1} are not a range of '{Source.Name}'.");
        }

        ShockRows.Of(Source.Horizon, Source.Factors);
        (Source as GivenScenarios)?.Columns(ShockRows);
    }

    /// <summary>The run of some of the scenarios.</summary>
    /// <param name="first">Counted from the run's first scenario, a multiple of <see cref="ScenarioBlock"/>.</param>
    public ValuationRun Range(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(first % ScenarioBlock, 0, nameof(first));
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Scenarios - first);
        return this with { FirstScenario = FirstScenario + first, Scenarios = count };
    }

    /// <summary>The run in parts of about equal length that follow one another, whose results can be merged; fewer parts than asked for where blocks are few.</summary>
    public IReadOnlyList<ValuationRun> Cut(int parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parts);
        ValuationRun whole = this with { KeepsDigests = true };
        int blocks = (Scenarios + ScenarioBlock - 1) / ScenarioBlock;
        parts = Math.Clamp(parts, 1, Math.Max(blocks, 1));
        int[] starts = [.. Enumerable.Range(0, parts).Select(part => (int)((long)blocks * part / parts) * ScenarioBlock), Scenarios];
        return [.. Enumerable.Range(0, parts).Select(part => whole.Range(starts[part], starts[part + 1] - starts[part]))];
    }
}
