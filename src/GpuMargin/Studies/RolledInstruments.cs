using GpuMargin.Calibration;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.Revaluation.Surfaces;

namespace GpuMargin.Studies;

/// <summary>The instruments as they would have stood on an earlier day: the same moneyness, the same time to expiry, the implied volatility that the day's model forecast.</summary>
/// <remarks>
/// A fixed book of absolute strikes and dates would drift out of the money and expire, and its margin would change for that reason. Rolled, strike / spot and
/// T stay, and dividends stay the same share of the price, so that what changes is the market: K_t = K·S_t/S_ref, of additive prices K + S_t − S_ref. σ = √(D × mean of the variance forecasts for the
/// next D·T days), D days of the market in a year, at every strike; a smile is not known of days on which no option prices were recorded.
/// </remarks>
static class RolledInstruments
{
    /// <param name="levels">By price factor, of the day.</param>
    /// <param name="volatilities">By instrument, of the day; see <see cref="Volatilities"/>.</param>
    public static Instrument[] On(HistorySet set, IReadOnlyList<double> levels, IReadOnlyList<double> volatilities)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(volatilities);
        RiskFactorKind[] kinds = set.History.KindOfEach();
        Instrument[] rolled = new Instrument[set.Instruments.Count];
        for (int i = 0; i < rolled.Length; i++)
        {
            Instrument instrument = set.Instruments[i];
            double growth = levels[instrument.Underlying] / set.ReferenceLevels[instrument.Underlying];
            if (instrument.Dividends.Count > 0)
            {
                instrument = instrument with { Dividends = [.. instrument.Dividends.Select(dividend => dividend with { Amount = dividend.Amount * growth })] };
            }

            rolled[i] = instrument.Type.Has(InstrumentColumn.Strike)
                ? instrument with
                {
                    Strike = Rolled(instrument.Strike, kinds[instrument.Underlying], levels[instrument.Underlying], set.ReferenceLevels[instrument.Underlying]),
                    Volatility = volatilities[i],
                }
                : instrument;
        }

        return rolled;
    }

    /// <summary>Implied volatility per √year by instrument, 0 unless an option: the root mean variance that the fits forecast until expiry.</summary>
    /// <param name="row">The day.</param>
    /// <remarks>Where the history has implied volatilities of the instrument's volatility factor, today's volatility moves as they did: σ_t = σ·V_t/V_ref; of its surface's pivots σ·Π (V_t/V_ref)^l.</remarks>
    public static double[] Volatilities(HistorySet set, IReadOnlyList<FactorCalibration> factors, int row, double daysPerYear)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(factors);
        Dictionary<(int Factor, int Days), double> known = [];
        double[] volatilities = new double[set.Instruments.Count];
        for (int i = 0; i < volatilities.Length; i++)
        {
            Instrument instrument = set.Instruments[i];
            if (!instrument.Type.Has(InstrumentColumn.Volatility))
            {
                continue;
            }

            if (instrument.VolatilityFactor is var recorded && recorded >= 0 && recorded < set.History.Factors.Count && set.History.Levels is { } levels)
            {
                volatilities[i] = instrument.Volatility * (levels[row, recorded] / set.ReferenceLevels[recorded]);
            }
            else if (RecordedPivots(set, instrument) is { Count: > 0 } pivots)
            {
                volatilities[i] = instrument.Volatility * HostMath.Exp(pivots.Sum(pivot =>
                    pivot.Loading * HostMath.Log(set.History.Levels![row, pivot.Factor] / set.ReferenceLevels[pivot.Factor])));
            }
            else
            {
                (int, int) key = (instrument.Underlying, Math.Max(1, (int)Math.Round(daysPerYear * instrument.YearsToExpiry)));
                if (!known.TryGetValue(key, out double volatility))
                {
                    known[key] = volatility = Forecast(factors[key.Item1].Volatility.Fit, key.Item2, daysPerYear);
                }

                volatilities[i] = volatility;
            }
        }

        return volatilities;
    }

    // Of an instrument on a surface whose pivots the history has.
    static IReadOnlyList<PivotLoading> RecordedPivots(HistorySet set, Instrument instrument)
    {
        if (instrument.Surface is null || set.History.Levels is null)
        {
            return [];
        }

        RiskFactor underlying = new() { Name = "", Kind = set.History.KindOfEach()[instrument.Underlying], Level = set.ReferenceLevels[instrument.Underlying], Variance = 0 };
        IReadOnlyList<PivotLoading> pivots = VolatilityDynamics.Of(instrument, underlying).Loadings;
        return pivots.All(pivot => pivot.Factor < set.History.Factors.Count) ? pivots : [];
    }

    static double Rolled(double strike, RiskFactorKind kind, double level, double reference) =>
        kind == RiskFactorKind.Additive ? strike + (level - reference) : strike * (level / reference);

    static double Forecast(VolatilityFit fit, int days, double daysPerYear) => Math.Sqrt(daysPerYear * fit.Forecast(days).Average());
}
