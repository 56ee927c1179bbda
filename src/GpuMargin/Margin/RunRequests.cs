using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>Rows of a book that a measure is taken of.</summary>
enum BookPart
{
    /// <summary>The book itself.</summary>
    Whole,

    /// <summary>Its positions, which product classes and sub-books are parts of: the book without simulated collateral, unless the policy counts that everywhere.</summary>
    Positions,

    /// <summary>Each of the positions' product classes alone.</summary>
    ProductClasses,

    /// <summary>The positions on one of the two underlyings with the largest expected shortfall alone.</summary>
    WorstSubBook,

    /// <summary>Those on the other.</summary>
    SecondSubBook,

    /// <summary>The positions without their two worst sub-books.</summary>
    Remainder,
}

/// <summary>A measure that was asked for; <see cref="BookMeasures"/> has its value for each book.</summary>
readonly record struct MeasureHandle(int Index);

/// <summary>A measure that a component asks for.</summary>
/// <param name="Key">The policy's key whose confidence it is, for refusals.</param>
/// <param name="Interval">Confidence of the estimate's two-sided interval, which takes a longer tail; <see langword="null"/>: its ends are not read.</param>
sealed record MeasureRequest(ModelSource Source, BookPart Part, RiskMeasure Measure, decimal Confidence, string Key, decimal? Interval);

/// <summary>What components ask to be measured; equal requests are one, and those of one source share its run.</summary>
sealed class RunRequests
{
    readonly List<MeasureRequest> all = [];

    public IReadOnlyList<MeasureRequest> All => all;

    /// <summary>Whether parts of books are asked for.</summary>
    public bool AskFor(params BookPart[] parts) => all.Any(request => parts.Contains(request.Part));

    /// <summary>Asks for the point estimate of a measure of every book.</summary>
    /// <param name="key">The policy's key whose confidence it is.</param>
    public MeasureHandle Measure(ModelSource source, BookPart part, RiskMeasure measure, decimal confidence, string key) =>
        Add(new MeasureRequest(source, part, measure, confidence, key, Interval: null));

    /// <summary>Asks for the estimate of a measure with its two-sided interval.</summary>
    /// <param name="key">The policy's key whose confidence it is.</param>
    /// <param name="interval">Confidence of the interval.</param>
    public MeasureHandle Interval(ModelSource source, BookPart part, RiskMeasure measure, decimal confidence, string key, decimal interval) =>
        Add(new MeasureRequest(source, part, measure, confidence, key, interval));

    MeasureHandle Add(MeasureRequest request)
    {
        int known = all.FindIndex(other => other with { Key = request.Key } == request);
        if (known < 0)
        {
            known = all.Count;
            all.Add(request);
        }

        return new MeasureHandle(known);
    }

    /// <summary>The requests as runs measure them: each source once.</summary>
    /// <param name="set">With simulated collateral joined.</param>
    /// <exception cref="RefusedInputException">A confidence has fewer than one scenario in its tail.</exception>
    public IReadOnlyList<SourceRequests> BySource(ClearingSet set, ScenarioSource estimated, CancellationToken cancellation = default)
    {
        List<Fault> faults = [];
        Dictionary<string, ScenarioSource> sources = [];
        List<SourceRequests> groups = [];
        for (int i = 0; i < all.Count; i++)
        {
            MeasureRequest request = all[i];
            if (!sources.TryGetValue(request.Source.Name, out ScenarioSource? source))
            {
                source = sources[request.Source.Name] = request.Source.Of(set, estimated, cancellation);
            }

            SourceRequests? group = groups.Find(known => ReferenceEquals(known.Source, source));
            if (group is null)
            {
                group = new SourceRequests(source, source.Count ?? set.Settings.Scenarios);
                groups.Add(group);
            }

            QuantileRanks ranks = QuantileRanks.For(group.Scenarios, request.Confidence, request.Interval ?? IntervalLevel.Reported);
            if (ranks.Whole < 1 && faults.TrueForAll(fault => fault.Found != Text(request.Confidence)))
            {
                faults.Add(new Fault("policy.json", null, request.Key, Text(request.Confidence), string.Create(
                    CultureInfo.InvariantCulture, $"at least 1/(1 - {request.Confidence}) scenarios for expected shortfall, the run has {group.Scenarios}")));
            }

            group.Add(i, request, ranks);
        }

        return faults.Count > 0 ? throw new RefusedInputException(faults) : groups;
    }

    static string Text(decimal confidence) => confidence.ToString(CultureInfo.InvariantCulture);
}
