using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Validation;

namespace GpuMargin.Files;

/// <summary>Settings of the caller keep to the ranges of the keys that they override.</summary>
static class OverrideCheck
{
    public static void Check(RunOverrides overrides, FaultList faults)
    {
        Number(nameof(overrides.Scenarios), overrides.Scenarios, DecimalRule.Scenarios, faults);
        Number(nameof(overrides.Confidence), overrides.Confidence, DecimalRule.Confidence, faults);
        Number(nameof(overrides.HorizonDays), overrides.HorizonDays, DecimalRule.HorizonDays, faults);
        Number(nameof(overrides.TargetError), overrides.TargetError, DecimalRule.TargetError, faults);
        Number(nameof(overrides.MaxScenarios), overrides.MaxScenarios, DecimalRule.Scenarios, faults);
        Word(nameof(overrides.Sampling), overrides.Sampling, Words.Samplings, faults);
        Word(nameof(overrides.Importance), overrides.Importance, Words.Importances, faults);
        Word(nameof(overrides.Precision), overrides.Precision, Words.Precisions, faults);
        Word(nameof(overrides.Fingerprint), overrides.Fingerprint, Words.Fingerprints, faults);
    }

    /// <summary>The tail holds one scenario at least: n·(1 − α) ≥ 1.</summary>
    /// <param name="scenariosOfFile"><see langword="null"/> when it is faulty, as <paramref name="confidenceOfFile"/>.</param>
    public static void CheckTail(
        RunOverrides overrides, decimal? scenariosOfFile, decimal? confidenceOfFile, int? scenariosLine, int? confidenceLine, FaultList faults)
    {
        if ((overrides.Scenarios ?? scenariosOfFile) is not { } scenarios || !DecimalRule.Scenarios.Holds(scenarios)
            || (overrides.Confidence ?? confidenceOfFile) is not { } confidence || !DecimalRule.Confidence.Holds(confidence)
            || ScenarioRule.TooFew(scenarios, confidence) is not { } expected)
        {
            return;
        }

        (string file, int? line, string key, decimal found) =
            overrides.Scenarios is not null ? (Fault.Settings, null, nameof(overrides.Scenarios), scenarios)
            : overrides.Confidence is not null ? (Fault.Settings, null, nameof(overrides.Confidence), confidence)
            : scenariosLine is not null ? (RunReader.FileName, scenariosLine, "scenarios", scenarios)
            : (RunReader.FileName, confidenceLine, "confidence", confidence);
        faults.Add(file, line, key, found.ToString(CultureInfo.InvariantCulture), expected);
    }

    /// <summary>A run with a target stops at its first scenarios or later, and a limit without a target has nothing to limit.</summary>
    public static void CheckMost(
        RunOverrides overrides, JsonSection run, decimal? targetOfFile, decimal? scenariosOfFile, decimal? mostOfFile, FaultList faults)
    {
        if (overrides.TargetError is null && targetOfFile is null)
        {
            if (overrides.MaxScenarios is { } alone && run.Find("targetError") is null)
            {
                faults.Add(Fault.Settings, null, nameof(overrides.MaxScenarios), alone.ToString(CultureInfo.InvariantCulture), "settings.TargetError, or targetError in run.json, beside it");
            }

            return;
        }

        if ((overrides.Scenarios ?? scenariosOfFile) is not { } scenarios || !DecimalRule.Scenarios.Holds(scenarios)
            || (overrides.MaxScenarios ?? mostOfFile) is not { } most || !DecimalRule.Scenarios.Holds(most)
            || most >= scenarios)
        {
            return;
        }

        string atLeast = ScenarioRule.AtLeast(scenarios);
        string atMost = ScenarioRule.AtMost(most);
        (string file, int? line, string key, decimal found, string expected) =
            overrides.MaxScenarios is not null ? (Fault.Settings, (int?)null, nameof(overrides.MaxScenarios), most, atLeast)
            : run.Find("maxScenarios") is { } given ? (RunReader.FileName, given.Line, "maxScenarios", most, atLeast)
            : overrides.Scenarios is not null ? (Fault.Settings, null, nameof(overrides.Scenarios), scenarios, atMost)
            : (RunReader.FileName, run.Find("scenarios")?.Line, "scenarios", scenarios, atMost);
        faults.Add(file, line, key, found.ToString(CultureInfo.InvariantCulture), expected);
    }

    static void Word<T>(string setting, T? value, Vocabulary<T> words, FaultList faults)
        where T : struct, Enum
    {
        if (value is { } word && !words.Has(word))
        {
            faults.Add(Fault.Settings, null, setting, word.ToString(), words.Expected());
        }
    }

    static void Number(string setting, decimal? value, DecimalRule rule, FaultList faults)
    {
        if (value is { } number && !rule.Holds(number))
        {
            faults.Add(Fault.Settings, null, setting, number.ToString(CultureInfo.InvariantCulture), rule.Phrase);
        }
    }
}
