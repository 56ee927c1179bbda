using GpuMargin.ClearingSets;
using GpuMargin.Margin.Attribution;

namespace GpuMargin.Cli.Json;

/// <summary>Expected shortfall of an account by parts, the scenarios that make it up and the moves in them; run currency, loss &gt; 0.</summary>
/// <param name="Underlyings">Like the other lists of parts, largest component first; components of a list sum to <paramref name="ExpectedShortfall"/>.</param>
/// <param name="Drivers">Mean moves in the tail, in standard deviations; largest first.</param>
/// <param name="Worst">Scenarios with the largest losses.</param>
sealed record AttributionPrint(
    string Account, string Currency, double ExpectedShortfall, double StandardError,
    PartPrint[] Positions, PartPrint[] Underlyings, PartPrint[] Types, PartPrint[] ProductClasses,
    MovePrint[] Drivers, ScenarioPrint[] Worst)
{
    const int WorstScenarios = 5, MovesShown = 5;

    public static AttributionPrint Of(ClearingSet set, PositionTail tail, TailMoves moves)
    {
        int[] all = [.. Enumerable.Range(0, tail.Instruments.Count)];
        ShortfallPart whole = tail.Part(all);
        return new AttributionPrint(
            tail.Account, set.Settings.Currency, whole.Component, whole.StandardError,
            Parts(position => set.Instruments[tail.Instruments[position]].Name),
            Parts(position => set.Factors[set.Instruments[tail.Instruments[position]].Underlying].Name),
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
sealed record PartPrint(string Name, double Component, double StandardError);

/// <param name="Shock">Log-return; of a rate or an additive price a change.</param>
/// <param name="Deviations">Standard deviations from the mean.</param>
sealed record MovePrint(string Factor, double Shock, double Deviations);

/// <param name="Share">Of the scenario in expected shortfall's mean.</param>
/// <param name="Moves">Largest first.</param>
sealed record ScenarioPrint(int Scenario, double Loss, double Share, MovePrint[] Moves);
