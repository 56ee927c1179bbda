using System.Globalization;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Command-line options keep to the ranges of the keys that they override.</summary>
static class OverrideCheck
{
    public static void Check(RunOverrides overrides, FaultList faults)
    {
        Number("--scenarios", overrides.Scenarios, DecimalRule.Scenarios, faults);
        Number("--confidence", overrides.Confidence, DecimalRule.Confidence, faults);
        Number("--horizon", overrides.HorizonDays, DecimalRule.HorizonDays, faults);
        Number("--target-error", overrides.TargetError, DecimalRule.TargetError, faults);
        Number("--max-scenarios", overrides.MaxScenarios, DecimalRule.Scenarios, faults);
        Word("--sampling", overrides.Sampling, Words.Samplings, faults);
        Word("--importance", overrides.Importance, Words.Importances, faults);
        Word("--precision", overrides.Precision, Words.Precisions, faults);
    }

    /// <summary>The tail holds one scenario at least: n·(1 − α) ≥ 1.</summary>
    /// <param name="scenariosOfFile"><see langword="null"/> when it is faulty, as <paramref name="confidenceOfFile"/>.</param>
    public static void CheckTail(
        RunOverrides overrides, decimal? scenariosOfFile, decimal? confidenceOfFile, int? scenariosLine, int? confidenceLine, FaultList faults)
    {
        if ((overrides.Scenarios ?? scenariosOfFile) is not { } scenarios || !DecimalRule.Scenarios.Holds(scenarios)
            || (overrides.Confidence ?? confidenceOfFile) is not { } confidence || !DecimalRule.Confidence.Holds(confidence)
            || scenarios * (1 - confidence) >= 1)
        {
            return;
        }

        decimal fewest = Math.Ceiling(1 / (1 - confidence));
        string expected = string.Create(
            CultureInfo.InvariantCulture,
            $"at least {fewest} scenarios for confidence {confidence} (expected shortfall needs 1/(1 - confidence) of them; there are {scenarios})");
        (string file, int? line, string key, decimal found) =
            overrides.Scenarios is not null ? (FaultList.CommandLine, null, "--scenarios", scenarios)
            : overrides.Confidence is not null ? (FaultList.CommandLine, null, "--confidence", confidence)
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
                faults.Add(FaultList.CommandLine, null, "--max-scenarios", alone.ToString(CultureInfo.InvariantCulture), "--target-error, or targetError in run.json, beside it");
            }

            return;
        }

        if ((overrides.Scenarios ?? scenariosOfFile) is not { } scenarios || !DecimalRule.Scenarios.Holds(scenarios)
            || (overrides.MaxScenarios ?? mostOfFile) is not { } most || !DecimalRule.Scenarios.Holds(most)
            || most >= scenarios)
        {
            return;
        }

        string atLeast = string.Create(CultureInfo.InvariantCulture, $"at least the {scenarios} scenarios that a run with a target error starts from");
        string atMost = string.Create(CultureInfo.InvariantCulture, $"at most the {most} scenarios at which a run with a target error ends");
        (string file, int? line, string key, decimal found, string expected) =
            overrides.MaxScenarios is not null ? (FaultList.CommandLine, (int?)null, "--max-scenarios", most, atLeast)
            : run.Find("maxScenarios") is { } given ? (RunReader.FileName, given.Line, "maxScenarios", most, atLeast)
            : overrides.Scenarios is not null ? (FaultList.CommandLine, null, "--scenarios", scenarios, atMost)
            : (RunReader.FileName, run.Find("scenarios")?.Line, "scenarios", scenarios, atMost);
        faults.Add(file, line, key, found.ToString(CultureInfo.InvariantCulture), expected);
    }

    static void Word<T>(string option, T? value, Vocabulary<T> words, FaultList faults)
        where T : struct, Enum
    {
        if (value is { } word && !Enum.IsDefined(word))
        {
            faults.Add(FaultList.CommandLine, null, option, word.ToString(), words.Expected());
        }
    }

    static void Number(string option, decimal? value, DecimalRule rule, FaultList faults)
    {
        if (value is { } number && !rule.Holds(number))
        {
            faults.Add(FaultList.CommandLine, null, option, number.ToString(CultureInfo.InvariantCulture), rule.Phrase);
        }
    }
}
