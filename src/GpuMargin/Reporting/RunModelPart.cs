using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets;
using GpuMargin.Files;

namespace GpuMargin.Reporting;

/// <summary>The keys of run.json that a calibration sets: asOf, copula and, when it is given or missing, currency.</summary>
static class RunModelPart
{
    /// <summary>Currency of a new run.json.</summary>
    public const string UsualCurrency = "USD";

    static readonly JsonSerializerOptions s_readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>run.json with this model: a new one with defaults, or the folder's with its other keys as they are.</summary>
    /// <param name="folder">Where the set is or will be.</param>
    /// <param name="currency"><see langword="null"/> keeps what is there.</param>
    /// <exception cref="RefusedInputException">The folder's run.json is not a JSON object with each key once.</exception>
    public static byte[] Of(string folder, DateTimeOffset asOf, Copula copula, string? currency)
    {
        string path = Path.Combine(folder, ClearingSetWriter.RunFile);
        using MemoryStream fresh = new();
        ClearingSetWriter.WriteRun(new RunSettings { AsOf = asOf, Currency = currency ?? UsualCurrency, Copula = copula }, fresh);
        if (!File.Exists(path))
        {
            return fresh.ToArray();
        }

        JsonObject model = JsonNode.Parse(fresh.ToArray())!.AsObject();
        JsonObject run = Existing(path);
        foreach (string key in (string[])["asOf", "currency", "copula"])
        {
            if (key != "currency" || currency is not null || !run.ContainsKey(key))
            {
                run[key] = model[key]!.DeepClone();
            }
        }

        return [.. JsonSerializer.SerializeToUtf8Bytes(run, s_readable), (byte)'\n'];
    }

    /// <summary>Refuses, before anything is computed, a run.json that could not be kept.</summary>
    /// <exception cref="RefusedInputException">As for <see cref="Of"/>.</exception>
    public static void Check(string folder)
    {
        string path = Path.Combine(folder, ClearingSetWriter.RunFile);
        if (File.Exists(path))
        {
            Existing(path);
        }
    }

    static JsonObject Existing(string path)
    {
        try
        {
            JsonDocumentOptions once = new() { AllowDuplicateProperties = false };
            if (JsonNode.Parse(PlainFile.Read(path), documentOptions: once) is JsonObject run)
            {
                return run;
            }

            throw new JsonException("it is no object");
        }
        catch (JsonException problem)
        {
            throw new RefusedInputException([new Fault(
                ClearingSetWriter.RunFile, problem.LineNumber is { } line ? (int)line + 1 : null, null, null,
                $"a JSON object whose keys can be kept, or no such file ({problem.Message})")]);
        }
    }
}
