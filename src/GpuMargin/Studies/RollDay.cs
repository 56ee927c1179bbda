using GpuMargin.Calibration;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.Scenarios;

namespace GpuMargin.Studies;

/// <summary>One day of a roll: the clearing set of what was known, and what stays of it when it is done.</summary>
/// <param name="Row">Of the history.</param>
/// <param name="Levels">By price factor.</param>
/// <param name="Volatilities">Implied volatility by instrument.</param>
/// <param name="VolatilityShocks">By price factor: the change of ln V of its volatility factor over the margin period that ends on the day; empty without volatility factors.</param>
sealed record RollDay(int Row, double[] Levels, double[] Volatilities, double[] VolatilityShocks)
{
    public static RollDay Of(HistorySet set, CalibrationResult calibration, int row)
    {
        int prices = set.History.Factors.Count;
        double[] shocks = calibration.Factors.Count == prices ? [] : new double[prices];
        for (int factor = 0; factor < shocks.Length; factor++)
        {
            shocks[factor] = VolatilityProxy.Changes(calibration.Factors[factor].Volatility.Fit).TakeLast(set.Settings.HorizonDays).Sum();
        }

        return new RollDay(row, KnownHistory.Levels(set.History, row), RolledInstruments.Volatilities(set, calibration.Factors), shocks);
    }

    /// <summary>The clearing set that would have been run on the day.</summary>
    /// <remarks>Under a policy the factors' long-run variance is that of the ten years known, or of all days.</remarks>
    public ClearingSet ClearingSet(HistorySet set, CalibrationResult calibration)
    {
        RiskFactor[] factors = [.. calibration.Factors.Select(factor => factor.Factor)];
        if (set.Policy?.Terms<LongRunFloor>() is not null)
        {
            double[] variances = LookBack.Variances(set.History, calibration, Row, LookBack.LongRun(Row));
            factors = [.. factors.Zip(variances, (factor, variance) => factor with { GivenLongRunVariance = variance })];
        }

        RunSettings settings = set.Settings with { AsOf = set.History.Dates[Row], Copula = calibration.Dependence.Copula };
        return Set(set, settings, factors, calibration.Dependence.Correlation) with
        {
            Policy = set.Policy,
            AccountTerms = set.AccountTerms,
            Collateral = set.Collateral,
            Liquidity = set.Liquidity,
            Stress = Moving(set.Stress, factors.Length),
        };
    }

    // A volatility factor that no instrument is moved by is not calibrated.
    static StressSet Moving(StressSet stress, int factors) => new()
    {
        Moves = [.. stress.Moves.Select(move => move with { Shocks = [.. move.Shocks.Where(shock => shock.Factor < factors)] })],
    };

    /// <summary>The clearing set whose only scenario is what happened from this day to the end of the margin period.</summary>
    /// <param name="end">The last day of the period.</param>
    /// <remarks>The realised P&amp;L is thereby the product's own revaluation, in double precision, with the settings' ageing: the book held as it was.</remarks>
    public ClearingSet Realized(HistorySet set, RollDay end)
    {
        int prices = set.History.Factors.Count, days = Math.Max(1, set.Settings.HorizonDays);
        RiskFactor[] factors = new RiskFactor[prices + end.VolatilityShocks.Length];
        for (int factor = 0; factor < factors.Length; factor++)
        {
            bool isPrice = factor < prices;
            double shock = 0;
            for (int row = Row + 1; isPrice && row <= end.Row; row++)
            {
                shock += set.History.Returns[row, factor];
            }

            factors[factor] = new RiskFactor
            {
                Name = isPrice ? set.History.Factors[factor] : set.History.Factors[factor - prices] + VolatilityProxy.Suffix,
                Kind = isPrice ? RiskFactorKind.Price : RiskFactorKind.Volatility,
                Level = isPrice ? Levels[factor] : 1,
                Mean = (isPrice ? shock : end.VolatilityShocks[factor - prices]) / days,
                Variance = 0,
            };
        }

        double[,] identity = new double[factors.Length, factors.Length];
        for (int factor = 0; factor < factors.Length; factor++)
        {
            identity[factor, factor] = 1;
        }

        RunSettings settings = set.Settings with
        {
            AsOf = set.History.Dates[Row],
            Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity),
            Scenarios = 1,
            Sampling = Sampling.Philox,
            Importance = Importance.Off,
            Precision = Precision.Double,
        };
        return Set(set, settings, factors, identity);
    }

    /// <summary>The same draws with one variance for all days of the horizon.</summary>
    /// <param name="variances">By factor, per day.</param>
    public static ScenarioPlan WithVariances(ScenarioPlan plan, double[] variances)
    {
        double[] none = new double[variances.Length];
        return plan with { Variance = variances, Omega = variances, Alpha = none, NegativeAlpha = none, Beta = none };
    }

    ClearingSet Set(HistorySet set, RunSettings settings, RiskFactor[] factors, double[,] correlation) => new()
    {
        Settings = settings,
        Factors = factors,
        Correlation = correlation,
        Instruments = RolledInstruments.On(set, Levels, Volatilities),
        Accounts = set.Book.Accounts,
        Positions = set.Book.On(set.History.Dates[Row]),
    };
}
