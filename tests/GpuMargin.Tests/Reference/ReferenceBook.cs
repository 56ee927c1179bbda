using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using MathNet.Numerics.Distributions;

namespace GpuMargin.Tests.Reference;

/// <summary>Shocks of every model that a policy asks for, per day [scenario, factor]; the same random numbers in all.</summary>
public sealed record ReferenceModels(double[][,] Estimated, double[][,] Perfect, double[][,] Reversed, double[][,] Zero, double[][,] Stressed, double[][,] LongRun);

/// <summary>One book's components by plain loops over scenarios.</summary>
/// <param name="set">Collateral that is simulated stands among its instruments.</param>
/// <param name="quantity">Per instrument, contracts.</param>
public sealed class ReferenceBook(ClearingSet set, ReferenceModels models, double[] quantity)
{
    readonly ReferenceValuation valuation = new(set);

    MarginPolicy Policy => set.Policy!;

    public double Base => Math.Max(0, Measure(models.Estimated, _ => true));

    public double Stressed
    {
        get
        {
            double stressed = set.Stress.Model is null
                ? set.Stress.Moves.Max(move => -Instruments(_ => true).Sum(i => quantity[i] * valuation.ProfitAndLoss(i, Shocks(move))))
                : Measure(models.Stressed, _ => true);
            return Policy.Terms<StressedObservations>()!.Weight * Math.Max(0, stressed - Base);
        }
    }

    public double Floor => Math.Max(0, Math.Max(0, Measure(models.LongRun, _ => true)) - Base);

    public double Offset
    {
        get
        {
            double sum = Instruments(IsPosition).Select(i => set.Instruments[i].ProductClass).Distinct()
                .Sum(name => Math.Max(0, Measure(models.Estimated, i => IsPosition(i) && set.Instruments[i].ProductClass == name)));
            return (1 - Policy.Terms<OffsetLimit>()!.Limit) * Math.Max(0, sum - Math.Max(0, Measure(models.Estimated, IsPosition)));
        }
    }

    public double Dependence
    {
        get
        {
            DependenceAddOn terms = Policy.Terms<DependenceAddOn>()!;
            List<double[][,]> correlations = [models.Estimated, models.Perfect, models.Reversed, models.Zero];
            double extreme = correlations.Max(model => Shortfall(model, _ => true, terms.ExtremeConfidence));
            return terms.Weight * Math.Max(0, extreme - Shortfall(models.Estimated, _ => true, terms.Confidence));
        }
    }

    public double Concentration
    {
        get
        {
            ConcentrationAddOn terms = Policy.Terms<ConcentrationAddOn>()!;
            int[] worst = [.. Instruments(IsPosition).Select(i => set.Instruments[i].Underlying).Distinct().Order().OrderByDescending(Alone).Take(2)];
            double sum = worst.Sum(Alone)
                + Shortfall(models.Estimated, i => IsPosition(i) && !worst.Contains(set.Instruments[i].Underlying), terms.Confidence);
            return terms.Weight * Math.Max(0, sum - Shortfall(models.Estimated, IsPosition, terms.Confidence));

            double Alone(int underlying) => Shortfall(models.Estimated, i => IsPosition(i) && set.Instruments[i].Underlying == underlying, terms.ExtremeConfidence);
        }
    }

    public double Liquidity
    {
        get
        {
            LiquidityCost terms = Policy.Terms<LiquidityCost>()!;
            double cost = 0;
            foreach (var row in Instruments(i => i < set.Liquidity.RowOfInstrument.Count).GroupBy(i => set.Liquidity.RowOfInstrument[i]))
            {
                LiquidityTerms market = set.Liquidity.Rows[row.Key];
                RiskFactor factor = set.Factors[set.Instruments[row.First()].Underlying];
                double grown = Math.Pow(Math.Sqrt(factor.Variance) / Math.Sqrt(factor.LongRunVariance), terms.VolatilityPower);
                double net = 0, worth = 0;
                foreach (int i in row)
                {
                    double units = quantity[i] * Delta(set.Instruments[i]);
                    double value = units * UnitValue(set.Instruments[i]);
                    cost += grown * market.HalfSpread * Math.Abs(value);
                    net += market.Instrument >= 0 ? quantity[i] : units;
                    worth += value;
                }

                double days = Math.Abs(net) / market.AverageDailyVolume;
                double excess = Math.Max(0, days - terms.ConcentrationThreshold);
                double law = terms.Impact == ImpactLaw.Linear ? excess : Math.Sqrt(excess);
                cost += excess == 0 ? 0 : grown * market.Impact * law * Math.Abs(worth) * excess / days;
            }

            return cost;
        }
    }

    public double SamplingError
    {
        get
        {
            decimal confidence = Policy.Base.Confidence ?? set.Settings.Confidence, interval = Policy.Terms<SamplingError>()!.Confidence;
            double[] losses = Losses(models.Estimated, _ => true);
            double high = Policy.Base.Measure == RiskMeasure.ValueAtRisk
                ? ReferenceInterval.ValueAtRiskHigh(losses, confidence, interval)
                : ReferenceInterval.ExpectedShortfallHigh(losses, confidence, interval);
            return Math.Max(0, Math.Min(high, MostLost)) - Base;
        }
    }

    public double ShortOptionMinimum => Instruments(i => set.Instruments[i].Type.Word is ("option" or "future-option" or "inverse-option") && quantity[i] < 0)
        .Sum(i => -quantity[i] * Policy.Terms<ShortOptionMinimum>()!.Amounts.GetValueOrDefault(set.Instruments[i].ProductClass));

    public double Grid => new ReferenceGrid(set).Margin(quantity, rolled: set.Liquidity.RowOfInstrument.Count);

    // Simulated collateral is no part of offset and concentration unless the policy says so.
    bool IsPosition(int i) => i < set.Liquidity.RowOfInstrument.Count || Policy.Collateral.InAllComponents;

    IEnumerable<int> Instruments(Predicate<int> holds) => Enumerable.Range(0, quantity.Length).Where(i => quantity[i] != 0 && holds(i));

    double[] Shocks(StressMove move) => [.. Enumerable.Range(0, set.Factors.Count).Select(f => move.Shocks.Where(s => s.Factor == f).Sum(s => s.Shock))];

    // Positions at the end of their class's period, collateral, which has no class of its own, with the last position of the book.
    int Day(int i)
    {
        int[] positions = [.. Instruments(held => held < set.Liquidity.RowOfInstrument.Count)];
        return i < set.Liquidity.RowOfInstrument.Count || positions.Length == 0 ? Period(set.Instruments[i].ProductClass) : positions.Max(held => Period(set.Instruments[held].ProductClass));
    }

    int Period(string productClass) =>
        Policy.Base.MarginPeriodOfRisk.TryGetValue(productClass, out int own) ? own
        : Policy.Base.MarginPeriodOfRisk.TryGetValue("default", out int others) ? others : set.Settings.HorizonDays;

    double[] Losses(double[][,] model, Predicate<int> holds)
    {
        (int Instrument, int Day)[] held = [.. Instruments(holds).Select(i => (i, Day(i)))];
        return
        [
            .. Enumerable.Range(0, model[0].GetLength(0)).Select(s =>
            {
                double[][] path = [.. model.Select(day => day.Row(s))];
                return -held.Sum(read => quantity[read.Instrument] * valuation.ProfitAndLoss(read.Instrument, path, read.Day));
            }),
        ];
    }

    double Measure(double[][,] model, Predicate<int> holds)
    {
        decimal confidence = Policy.Base.Confidence ?? set.Settings.Confidence;
        return Policy.Base.Measure == RiskMeasure.ValueAtRisk
            ? ReferenceRiskMeasures.ValueAtRisk(Losses(model, holds), confidence)
            : ReferenceRiskMeasures.ExpectedShortfall(Losses(model, holds), confidence);
    }

    double Shortfall(double[][,] model, Predicate<int> holds, decimal confidence) =>
        ReferenceRiskMeasures.ExpectedShortfall(Losses(model, holds), confidence);

    // Who only holds, and owes nothing, loses no more than today's value.
    double MostLost => Instruments(_ => true).Any(i => quantity[i] < 0 || set.Instruments[i].Type.Word is not ("spot" or "option" or "future-option" or "inverse-option"))
        ? double.PositiveInfinity
        : Instruments(_ => true).Sum(i => quantity[i] * valuation.ValueTodayInRunCurrency(i));

    // Units of the underlying per contract.
    double Delta(Instrument i)
    {
        double spot = set.Factors[i.Underlying].Level;
        double years = Math.Max(i.YearsToExpiry - valuation.AgedYears(set.Settings.HorizonDays), 0);
        double forward = i.Type.Word is "future" or "inverse-future"
            ? ReferenceOption.Forward(spot, i.Rate, i.DividendYield, years) : spot;
        switch (i.Type.Word)
        {
            case "spot" or "perpetual" or "future":
                return i.Multiplier * forward / spot;
            case "inverse-future" or "inverse-perpetual":
                return i.Multiplier / forward;
            default:
                double sign = i.Right == OptionRight.Call ? 1 : -1;
                double yield = i.Type.Word == "future-option" ? i.Rate : i.DividendYield;
                double moneyness = Math.Log(spot / i.Strike) + (i.Rate - yield) * years;
                double deviation = i.Volatility * Math.Sqrt(years);
                double d1 = moneyness == 0 ? deviation / 2 : moneyness / deviation + deviation / 2;
                return sign * i.Multiplier * Math.Exp(-yield * years) * Normal.CDF(0, 1, sign * d1);
        }
    }

    // Run currency: of coin-margined instruments their coin is the unit.
    double UnitValue(Instrument i)
    {
        bool coin = i.Type.Word is "inverse-future" or "inverse-perpetual" or "inverse-option";
        return (coin ? 1 : set.Factors[i.Underlying].Level) * valuation.ExchangeRate(i.Currency, new double[set.Factors.Count]);
    }
}
