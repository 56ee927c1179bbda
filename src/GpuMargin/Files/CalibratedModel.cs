using System.Text.Json;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>What calibration.json says of the model files beside it: their hashes and the copula. Files of two calibrations are no model.</summary>
sealed record CalibratedModel(IReadOnlyDictionary<string, string> Sha256, string? Family, double? DegreesOfFreedom)
{
    public const string FileName = "calibration.json";

    const string Otherwise = "settings.EditedModel takes a model that was edited on purpose";

    static readonly string[] s_files = [ClearingSetWriter.FactorsFile, ClearingSetWriter.CorrelationFile, ClearingSetWriter.ResidualsFile];

    /// <summary>Adds a fault for every file that was read and is not the one of the calibration.</summary>
    /// <param name="folder">Empty, or the part of the files' names before <c>factors.csv</c>.</param>
    /// <param name="copula">Of the run.json beside them; <see langword="null"/>: there is none.</param>
    public static void Check(ClearingSetFolder files, string folder, Copula? copula, FaultList faults)
    {
        if (!files.Has(folder + FileName))
        {
            return;
        }

        CalibratedModel calibrated;
        try
        {
            calibrated = Parse(files.Read(folder + FileName));
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            faults.Add(folder + FileName, null, null, null, $"what calibrate writes ({problem.Message}; {Otherwise})");
            return;
        }

        foreach (string name in s_files)
        {
            string? then = calibrated.Sha256.GetValueOrDefault(name), now = files.InputOf(folder + name)?.Sha256;
            if (then != now)
            {
                faults.Add(folder + name, null, null, Shown(now), $"{(then is null ? "no such file, because none is" : $"the file with {Shown(then)}, which is")} in {folder}{FileName} ({Otherwise})");
            }
        }

        if (copula is { } used && !calibrated.Has(used))
        {
            faults.Add(folder + ClearingSetWriter.RunFile, null, "copula", Shown(used), $"the copula that is in {folder}{FileName} ({Otherwise})");
        }
    }

    bool Has(Copula copula) => Family == Words.CopulaFamilies.WordOf(copula.Family)
        && (copula.Family != CopulaFamily.StudentT || DegreesOfFreedom == copula.DegreesOfFreedom);

    static CalibratedModel Parse(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        Dictionary<string, string> hashes = new(StringComparer.Ordinal);
        string? family = null;
        double? nu = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("it is no object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool outputs = reader.ValueTextEquals("outputs"), dependence = reader.ValueTextEquals("dependence");
            reader.Read();
            if (!outputs && !dependence)
            {
                reader.Skip();
                continue;
            }

            JsonElement value = JsonElement.ParseValue(ref reader);
            try
            {
                if (outputs)
                {
                    foreach (JsonElement file in value.EnumerateArray())
                    {
                        hashes[file.GetProperty("name").GetString()!] = file.GetProperty("sha256").GetString()!;
                    }
                }
                else
                {
                    JsonElement copula = value.GetProperty("copula");
                    family = copula.GetProperty("family").GetString();
                    nu = copula.TryGetProperty("nu", out JsonElement given) ? given.GetDouble() : null;
                }
            }
            catch (Exception problem) when (problem is InvalidOperationException or KeyNotFoundException or FormatException or ArgumentNullException)
            {
                throw new JsonException(problem.Message, problem);
            }
        }

        return new CalibratedModel(hashes, family, nu);
    }

    static string? Shown(string? sha256) => sha256 is null ? null : $"SHA-256 {sha256[..Math.Min(12, sha256.Length)]}…";

    static string Shown(Copula copula) => copula.Family == CopulaFamily.StudentT
        ? FormattableString.Invariant($"{Words.CopulaFamilies.WordOf(copula.Family)} {copula.DegreesOfFreedom}")
        : Words.CopulaFamilies.WordOf(copula.Family);
}
