using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin.Attribution;

namespace GpuMargin.Cli.Json;

/// <summary>Expected shortfall of an account by parts, the scenarios that make it up and the moves in them; run currency, loss &gt; 0.</summary>
/// <param name="Underlyings">Like the other lists of parts, largest component first; components of a list sum to <paramref name="ExpectedShortfall"/>.</param>
/// <param name="Drivers">Mean moves in the tail, in standard deviations; largest first.</param>
/// <param name="Worst">Scenarios with the largest losses.</param>
/// <param name="NettingBenefit">What the underlyings alone need more than together; absent where it was not computed.</param>
sealed record AttributionPrint(
    string Account, string Currency, double ExpectedShortfall, double StandardError,
    PartPrint[] Positions, PartPrint[] Underlyings, PartPrint[] Types, PartPrint[] ProductClasses,
    MovePrint[] Drivers, ScenarioPrint[] Worst, double? NettingBenefit = null)
{
    const int WorstScenarios = 5, MovesShown = 5;

    /// <summary>The print with what parts need alone, save and add.</summary>
    /// <param name="account">Number in the set.</param>
    public static AttributionPrint Of(ClearingSet set, int account, AttributedSet attributed, IBackend backend, CancellationToken cancellation)
    {
        (PositionTail tail, TailMoves moves) = attributed.One(account, backend, cancellation);
        AttributionPrint print = Of(set, tail, moves);
        int[] all = [.. Enumerable.Range(0, tail.Instruments.Count)];
        IGrouping<string, int>[] underlyings = [.. all.GroupBy(position => Underlying(set, tail, position))];
        PartShortfalls ofUnderlyings = attributed.Parts(account, [.. underlyings.Select(group => group.ToArray())], backend, cancellation);
        PartShortfalls ofPositions = attributed.Parts(account, [.. all.Select(position => (int[])[position])], backend, cancellation);
        double[] marginal = attributed.Marginal(account, backend, cancellation);
        Dictionary<string, int> placeOf = underlyings.Index().ToDictionary(pair => pair.Item.Key, pair => pair.Index, StringComparer.Ordinal);
        Dictionary<string, int> positionOf = all.ToDictionary(position => set.Instruments[tail.Instruments[position]].Name, StringComparer.Ordinal);
        return print with
        {
            Underlyings = [.. print.Underlyings.Select(part => With(part, ofUnderlyings, placeOf[part.Name]))],
            Positions = [.. print.Positions.Select(part => With(part, ofPositions, positionOf[part.Name]) with { Marginal = marginal[positionOf[part.Name]] })],
            NettingBenefit = ofUnderlyings.NettingBenefit,
        };

        static PartPrint With(PartPrint part, PartShortfalls amounts, int place) =>
            part with { Alone = amounts.Alone[place], Incremental = amounts.Whole - amounts.Without[place] };
    }

    static string Underlying(ClearingSet set, PositionTail tail, int position) => set.Factors[set.Instruments[tail.Instruments[position]].Underlying].Name;

    public static AttributionPrint Of(ClearingSet set, PositionTail tail, TailMoves moves)
    {
        int[] all = [.. Enumerable.Range(0, tail.Instruments.Count)];
        ShortfallPart whole = tail.Part(all);
        return new AttributionPrint(
            tail.Account, set.Settings.Currency, whole.Component, whole.StandardError,
            Parts(position => set.Instruments[tail.Instruments[position]].Name),
            Parts(position => Underlying(set, tail, position)),
            Parts(position => set.Instruments[tail.Instruments[position]].Type.Word),
            Parts(position => set.Instruments[tail.Instruments[position]].ProductClass),
            Moves(moves.Drivers),
            [.. tail.Scenarios.Take(WorstScenarios).Select((scenario, k) => new ScenarioPrint(scenario, tail.Losses[k], tail.Shares[k], Moves(moves.In(k))))]);

        PartPrint[] Parts(Func<int, string> name) =>
        [
            .. all.GroupBy(name).Select(group => (group.Key, Part: tail.Part([.. group])))
                .Select(pair => new PartPrint(pair.Key, pair.Part.Component, pair.Part.StandardError)).OrderByDescending(part => part.Component),
        ];

        MovePrint[] Moves(IReadOnlyList<FactorMove> found) =>
            [.. found.Take(MovesShown).Select(move => new MovePrint(set.Factors[move.Factor].Name, move.Shock, move.Deviations))];
    }
}

/// <param name="Component">Part of expected shortfall.</param>
/// <param name="Alone">Expected shortfall of the part alone; this and what follows only where it was computed.</param>
/// <param name="Incremental">What the account's would fall by without the part.</param>
/// <param name="Marginal">What it would rise by with one more contract, in the direction held; of positions.</param>
sealed record PartPrint(string Name, double Component, double StandardError, double? Alone = null, double? Incremental = null, double? Marginal = null);

/// <param name="Shock">Log-return; of a rate or an additive price a change.</param>
/// <param name="Deviations">Standard deviations from the mean.</param>
sealed record MovePrint(string Factor, double Shock, double Deviations);

/// <param name="Share">Of the scenario in expected shortfall's mean.</param>
/// <param name="Moves">Largest first.</param>
sealed record ScenarioPrint(int Scenario, double Loss, double Share, MovePrint[] Moves);
