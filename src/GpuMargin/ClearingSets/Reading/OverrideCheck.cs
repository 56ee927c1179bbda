using System.Globalization;

namespace GpuMargin.ClearingSets.Reading;

/// <summary>Command-line options keep to the ranges of the keys that they override.</summary>
static class OverrideCheck
{
    public static void Check(RunOverrides overrides, FaultList faults)
    {
        Number("--scenarios", overrides.Scenarios, DecimalRule.Scenarios, faults);
        Number("--confidence", overrides.Confidence, DecimalRule.Confidence, faults);
        Number("--horizon", overrides.HorizonDays, DecimalRule.HorizonDays, faults);
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
