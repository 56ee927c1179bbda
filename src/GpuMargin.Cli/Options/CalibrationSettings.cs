using System.CommandLine;
using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;

namespace GpuMargin.Cli.Options;

/// <summary>The history and what is fitted to it.</summary>
sealed class CalibrationSettings
{
    readonly Option<bool> returns = new("--returns")
    {
        Description = "The columns are log-returns as decimals, not prices; every factor's level is then 1",
    };

    readonly Option<MissingPolicy?> missing = ValueOptions.Word("--missing", "Days without a value (refuse when left out)", CalibrationWords.Missing);

    readonly Option<int?> window = ValueOptions.Number<int>(
        "--window", "N", "Use the last N returns only", $"a whole number from {ReturnHistory.ReturnsAtLeast}", value => value >= ReturnHistory.ReturnsAtLeast);

    readonly Option<VolatilityModel?> model = ValueOptions.Word("--model", "Volatility (garch when left out; auto: the best by BIC)", CalibrationWords.Models);

    readonly Option<MarginalFamily?> marginal = ValueOptions.Word("--marginal", "Distribution of the innovations (student-t when left out)", Words.Marginals);

    readonly Option<ReturnMean?> mean = ValueOptions.Word("--mean", "Drift of the scenarios: none, the history's or the fit's (zero when left out)", CalibrationWords.Means);

    readonly Option<double?> daysPerYear = ValueOptions.Number<double>(
        "--days-per-year", "N", "Days of the market in a year (when left out 365 where the history has weekends, else 252)", "a number from 1 to 366", value => value is >= 1 and <= 366);

    readonly Option<Aggregation?> aggregation = ValueOptions.Word("--aggregate", "Make days of several rows a day: the last price of each day", new Vocabulary<Aggregation>(("daily", Aggregation.Daily)));

    readonly Option<VarianceStartUp?> startUp = ValueOptions.Word("--startup", "Variance of the first day (sample when left out)", CalibrationWords.StartUps);

    readonly Option<Floor?> floor = ValueOptions.Word("--floor-volatility", "Use the greater of the next day's and the long-run variance", new Vocabulary<Floor>(("long-run", Floor.LongRun)));

    readonly Option<Tails?> tails = ValueOptions.Word("--tails", "Generalised-Pareto tails for empirical marginals", new Vocabulary<Tails>(("gpd", Tails.GeneralizedPareto)));

    readonly Option<CopulaChoice?> copula = ValueOptions.Word("--copula", "Family of the copula (auto when left out: the better by BIC)", CalibrationWords.CopulaOptions);

    readonly Option<CorrelationModel?> correlation = ValueOptions.Word("--correlation", "Constant or dynamic conditional correlation (static when left out)", CalibrationWords.Correlations);

    readonly Option<CorrelationShrinkage?> shrinkage = ValueOptions.Word("--shrinkage", "Of the correlation matrix (auto when left out: when there are at least as many factors as days)", CalibrationWords.Shrinkages);

    readonly Option<bool> volatilityFactors = new("--volatility-factors")
    {
        Description = "Add to every price F without a column F.vol a volatility factor F.vol, from one-month volatility forecasts of a GJR",
    };

    readonly Option<Leverage?> leverage = ValueOptions.Word(
        "--leverage", "Replace the correlations of prices and volatility factors that were not measured by those of a kind of underlying (estimated from the forecasts when left out)", CalibrationWords.Leverages);

    readonly Option<string[]> additive = new("--additive")
    {
        Description = "Columns whose price may have any sign, such as spreads: their returns are differences",
        HelpName = "A,B",
        CustomParser = argument => [.. argument.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()],
    };

    internal CalibrationSettings(Command command)
    {
        foreach (Option option in (Option[])[returns, additive, missing, aggregation, window, daysPerYear, model, marginal, mean, startUp, floor, tails, copula, correlation, shrinkage, volatilityFactors, leverage])
        {
            command.Add(option);
        }
    }

    enum Floor
    {
        LongRun,
    }

    enum Aggregation
    {
        Daily,
    }

    enum Tails
    {
        GeneralizedPareto,
    }

    internal HistoryOptions History(ParseResult command) => new()
    {
        Values = command.GetValue(returns) ? HistoryValues.Returns : HistoryValues.Prices,
        Additive = command.GetValue(additive) ?? [],
        Missing = command.GetValue(missing) ?? MissingPolicy.Refuse,
        AggregateDaily = command.GetValue(aggregation) is not null,
        Window = command.GetValue(window),
    };

    /// <exception cref="CommandRefusedException">Options that do not go together.</exception>
    internal CalibrationOptions Calibration(ParseResult command)
    {
        CalibrationOptions usual = new();
        MarginalFamily marginal = command.GetValue(this.marginal) ?? usual.Volatility.Marginal;
        bool tails = command.GetValue(this.tails) is not null;
        return tails && marginal != MarginalFamily.Empirical
            ? throw new CommandRefusedException("--tails: generalised-Pareto tails are those of '--marginal empirical'; the other marginals have their own")
            : new CalibrationOptions
            {
                Volatility = new VolatilityOptions
                {
                    Model = command.GetValue(model) ?? usual.Volatility.Model,
                    Marginal = marginal,
                    StartUp = command.GetValue(startUp) ?? usual.Volatility.StartUp,
                    Mean = command.GetValue(mean) ?? usual.Volatility.Mean,
                    FloorAtLongRun = command.GetValue(floor) is not null,
                    ParetoTails = tails,
                },
                DaysPerYear = command.GetValue(daysPerYear),
                Copula = command.GetValue(copula) ?? usual.Copula,
                Correlation = command.GetValue(correlation) ?? usual.Correlation,
                Shrinkage = command.GetValue(shrinkage) ?? usual.Shrinkage,
                VolatilityFactors = command.GetValue(volatilityFactors),
                Leverage = command.GetValue(leverage),
            };
    }
}
