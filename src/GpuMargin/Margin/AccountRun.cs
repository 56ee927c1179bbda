using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>The run that values a set's accounts under its model.</summary>
static class AccountRun
{
    /// <param name="progress">Told the share of the correlation's factorisation that is done, from any thread.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static ValuationRun Of(ClearingSet set, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        RunSettings settings = set.Settings;
        ScenarioPlan? model = null;
        InstrumentPlan? instruments = null;
        PositionRows? positions = null;
        SideBySide.Invoke(
            () =>
            {
                instruments = InstrumentPlanner.Plan(settings, set.Factors, set.Instruments, cancellation);
                positions = Positions(set, instruments);
            },
            () => model = ScenarioPlanner.Plan(settings, set.Factors, set.Correlation, set.Policy?.Depegs, progress, cancellation));
        return Of(set, model!, instruments!, positions!);
    }

    /// <summary>The run of a set's accounts in the scenarios of a source.</summary>
    /// <inheritdoc cref="Of(ClearingSet, IProgress{double}, CancellationToken)" path="/exception"/>
    public static ValuationRun In(ScenarioSource source, ClearingSet set, CancellationToken cancellation = default)
    {
        InstrumentPlan instruments = InstrumentPlanner.Plan(set.Settings, set.Factors, set.Instruments, source, cancellation);
        return Of(set, source, instruments, Positions(set, instruments));
    }

    /// <summary>The run of other accounts and positions with the settings, factors, instruments and policy of a run.</summary>
    public static ValuationRun Like(ValuationRun run, ClearingSet set) => Of(set, run.Source, run.Instruments, Positions(set, run.Instruments));

    /// <summary>A row per account.</summary>
    static PositionRows Positions(ClearingSet set, InstrumentPlan instruments) =>
        PositionRows.From(set.Positions, Keys(set.Accounts), instruments);

    static RowKey[] Keys(IReadOnlyList<string> accounts)
    {
        RowKey[] keys = new RowKey[accounts.Count];
        for (int account = 0; account < keys.Length; account++)
        {
            keys[account] = RowKey.Account(accounts[account]);
        }

        return keys;
    }

    /// <summary>The run of accounts in the scenarios of a source.</summary>
    /// <param name="positions">A row per account.</param>
    /// <inheritdoc cref="Of(ClearingSet, IProgress{double}, CancellationToken)" path="/exception"/>
    public static ValuationRun Of(ClearingSet set, ScenarioSource source, InstrumentPlan instruments, PositionRows positions)
    {
        int scenarios = source.Count ?? set.Settings.Scenarios;
        int tail = TailLength.Required(QuantileRanks.For(scenarios, set.Settings.Confidence), source.Weights());
        return new ValuationRun
        {
            Precision = set.Settings.Precision,
            Fingerprint = set.Settings.Fingerprint,
            Source = source,
            Scenarios = scenarios,
            Instruments = instruments,
            Positions = positions,
            TailLength = tail,
        };
    }
}
