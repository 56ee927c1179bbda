using System.CommandLine;
using GpuMargin.ClearingSets;

namespace GpuMargin.Cli.Options;

/// <summary>The clearing set and the options that override keys of its run.json.</summary>
sealed class SettingOptions
{
    readonly Argument<string> _set = new("SET") { Description = "Folder of the clearing set" };

    readonly Option<int?> _scenarios = ValueOptions.Number<int>(
        "--scenarios", "N", "Number of scenarios", "a whole number");

    readonly Option<ulong?> _seed = ValueOptions.Number<ulong>(
        "--seed", "N", "Seed of the draws", $"a whole number from 0 to {ulong.MaxValue}");

    readonly Option<decimal?> _confidence = ValueOptions.Number<decimal>(
        "--confidence", "P", "Confidence level of VaR and ES", "a level from 0.5 to below 1, such as 0.99");

    readonly Option<int?> _horizon = ValueOptions.Number<int>(
        "--horizon", "DAYS", "Margin period of risk", "a whole number of days");

    readonly Option<Precision?> _precision = ValueOptions.Word("--precision", "Precision of repricing", Words.Precisions);

    readonly Option<Sampling?> _sampling = ValueOptions.Word("--sampling", "Source of the draws", Words.Samplings);

    readonly Option<Importance?> _importance = ValueOptions.Word("--importance", "Importance sampling of the t copula's chi-square (on with sobol when left out)", Words.Importances);

    readonly Option<bool> _repairCorrelation = new("--repair-correlation")
    {
        Description = "Use the nearest correlation matrix when the given one is not positive semi-definite",
    };

    /// <param name="drawn">With the options that say how many scenarios are drawn and how.</param>
    internal SettingOptions(Command command, bool drawn = true)
    {
        command.Add(_set);
        foreach (Option option in drawn
            ? (Option[])[_scenarios, _seed, _confidence, _horizon, _precision, _sampling, _importance, _repairCorrelation]
            : [_seed, _confidence, _horizon, _precision, _repairCorrelation])
        {
            command.Add(option);
        }
    }

    internal string Folder(ParseResult command) => command.GetRequiredValue(_set);

    internal RunOverrides Overrides(ParseResult command) => new()
    {
        Scenarios = command.GetValue(_scenarios),
        Seed = command.GetValue(_seed),
        Confidence = command.GetValue(_confidence),
        HorizonDays = command.GetValue(_horizon),
        Precision = command.GetValue(_precision),
        Sampling = command.GetValue(_sampling),
        Importance = command.GetValue(_importance),
        RepairCorrelation = command.GetValue(_repairCorrelation),
    };
}
