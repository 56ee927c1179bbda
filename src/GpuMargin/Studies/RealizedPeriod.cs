using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Scenarios;

namespace GpuMargin.Studies;

/// <summary>The book of a day under what happened from then to the end of its margin period: a source with one given scenario.</summary>
/// <remarks>The realised P&amp;L is thereby the product's own revaluation, in double precision, with the settings' ageing: the book held as it was.</remarks>
sealed class RealizedPeriod : IValuationSchedule
{
    readonly ValuationRun run;

    RealizedPeriod(ValuationRun run) => this.run = run;

    /// <summary>Per account, run currency, gain &gt; 0; once the run is taken.</summary>
    public double[] ProfitAndLoss { get; private set; } = [];

    public IEnumerable<ValuationRun> Runs => [run];

    public void Take(ValuationRun run, EngineResult result) => ProfitAndLoss = [.. result.Tails.Select(tail => 0.0 - tail.Losses[0])];

    /// <param name="end">The last day of the period.</param>
    public static RealizedPeriod Of(HistorySet set, RollDay start, RollDay end, CancellationToken cancellation)
    {
        RiskFactorKind[] kinds = set.History.KindOfEach();
        int[] proxied = HistoryKinds.WithoutVolatility(set.History);
        int columns = kinds.Length, horizon = set.Settings.HorizonDays;
        RiskFactor[] factors = new RiskFactor[columns + end.VolatilityShocks.Length];
        ShockRows rows = new(factors.Length, [.. Enumerable.Range(Math.Min(1, horizon), Math.Max(1, horizon))]);
        double[] shocks = new double[rows.Count];
        for (int factor = 0; factor < factors.Length; factor++)
        {
            bool isColumn = factor < columns;
            factors[factor] = new RiskFactor
            {
                Name = isColumn ? set.History.Factors[factor] : set.History.Factors[proxied[factor - columns]] + HistoryKinds.VolatilitySuffix,
                Kind = isColumn ? kinds[factor] : RiskFactorKind.Volatility,
                Level = isColumn ? start.Levels[factor] : 1,
                Variance = 0,
            };
            double bound = factors[factor].MaximumShock(set.Settings);
            for (int day = 1; day <= horizon; day++)
            {
                // What expires on the way settles at the price of its day; an implied volatility is read at the end alone.
                shocks[rows.At(day, factor)] = isColumn
                    ? Path(Move(set, start.Row, day < horizon ? start.Row + day : end.Row, factor), day, bound)
                    : Path(end.VolatilityShocks[factor - columns] * day / horizon, day, bound);
            }
        }

        RunSettings settings = set.Settings with
        {
            AsOf = set.History.Dates[start.Row],
            Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity),
            Scenarios = 1,
            Sampling = Sampling.Philox,
            Importance = Importance.Off,
            Precision = Precision.Double,
        };
        GivenScenarios source = new() { Name = "realised period", Rows = rows, Shocks = shocks };
        return new RealizedPeriod(AccountRun.In(source, start.Set(set, settings, factors, new double[0, 0]), cancellation) with { TailLength = 1, FingerprintRows = 0 });
    }

    static double Move(HistorySet set, int first, int last, int factor)
    {
        double move = 0;
        for (int row = first + 1; row <= last; row++)
        {
            move += set.History.Returns[row, factor];
        }

        return move;
    }

    // Equal daily moves, added up and bounded day by day as a simulated path is.
    static double Path(double move, int days, double bound)
    {
        double path = 0;
        for (int day = 0; day < days; day++)
        {
            path = Math.Clamp(path + move / days, -bound, bound);
        }

        return path;
    }
}
