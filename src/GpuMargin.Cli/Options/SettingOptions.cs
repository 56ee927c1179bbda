using System.CommandLine;
using GpuMargin.ClearingSets;

namespace GpuMargin.Cli.Options;

/// <summary>The clearing set and the options that override keys of its run.json.</summary>
sealed class SettingOptions
{
    readonly Argument<string> set = new("SET") { Description = "Folder of the clearing set" };

    readonly Option<int?> scenarios = ValueOptions.Number<int>(
        "--scenarios", "N", "Number of scenarios", "a whole number");

    readonly Option<ulong?> seed = ValueOptions.Number<ulong>(
        "--seed", "N", "Seed of the draws", $"a whole number from 0 to {ulong.MaxValue}");

    readonly Option<decimal?> confidence = ValueOptions.Number<decimal>(
        "--confidence", "P", "Confidence level of VaR and ES", "a level from 0.5 to below 1, such as 0.99");

    readonly Option<int?> horizon = ValueOptions.Number<int>(
        "--horizon", "DAYS", "Margin period of risk", "a whole number of days");

    readonly Option<Precision?> precision = ValueOptions.Word("--precision", "Precision of repricing", Words.Precisions);

    readonly Option<Sampling?> sampling = ValueOptions.Word("--sampling", "Source of the draws", Words.Samplings);

    readonly Option<Importance?> importance = ValueOptions.Word("--importance", "Importance sampling of the t copula's chi-square (on with sobol when left out)", Words.Importances);

    readonly Option<Fingerprint?> fingerprint = ValueOptions.Word("--fingerprint", "Definition of the hash over the P&L", Words.Fingerprints);

    readonly Option<bool> repairCorrelation = new("--repair-correlation")
    {
        Description = "Use the nearest correlation matrix when the given one is not positive semi-definite",
    };

    readonly Option<bool> editedModel = new("--edited-model")
    {
        Description = "Take model files that are not those of the calibration.json beside them",
    };

    /// <param name="drawn">With the options that say how many scenarios are drawn and how.</param>
    /// <param name="model">The set's model is read.</param>
    /// <param name="fingerprinted">With the option that says by which definition the P&amp;L is hashed.</param>
    internal SettingOptions(Command command, bool drawn = true, bool model = true, bool fingerprinted = false)
    {
        command.Add(set);
        foreach (Option option in drawn
            ? (Option[])[scenarios, seed, confidence, horizon, precision, sampling, importance, repairCorrelation]
            : [seed, confidence, horizon, precision, repairCorrelation])
        {
            command.Add(option);
        }

        if (fingerprinted)
        {
            command.Add(fingerprint);
        }

        if (model)
        {
            command.Add(editedModel);
        }
    }

    internal string Folder(ParseResult command) => command.GetRequiredValue(set);

    internal RunOverrides Overrides(ParseResult command) => new()
    {
        Scenarios = command.GetValue(scenarios),
        Seed = command.GetValue(seed),
        Confidence = command.GetValue(confidence),
        HorizonDays = command.GetValue(horizon),
        Precision = command.GetValue(precision),
        Sampling = command.GetValue(sampling),
        Importance = command.GetValue(importance),
        Fingerprint = command.GetValue(fingerprint),
        RepairCorrelation = command.GetValue(repairCorrelation),
        EditedModel = command.GetValue(editedModel),
    };
}
