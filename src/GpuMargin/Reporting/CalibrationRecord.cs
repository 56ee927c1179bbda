using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.Files;
using GpuMargin.Reporting.Records;

namespace GpuMargin.Reporting;

/// <summary>calibration.json: every estimate with its errors, the diagnostics and the warnings. Keys are the property names in camel case; what is not defined is left out.</summary>
/// <remarks>The same history, options and version give the same bytes.</remarks>
sealed record CalibrationRecord
{
    public const string FileName = CalibratedModel.FileName;

    public const int CurrentSchema = 2;

    /// <summary>Version of this layout.</summary>
    public required int Schema { get; init; }

    /// <summary>Product version, with the commit it was built from where the build knew it.</summary>
    public required string Version { get; init; }

    public required RecordedHistory History { get; init; }

    public required RecordedCalibrationOptions Options { get; init; }

    /// <summary>Factors in the order of the history's columns.</summary>
    public required IReadOnlyList<RecordedFactor> Factors { get; init; }

    public required RecordedDependence Dependence { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The files written beside this one.</summary>
    public required IReadOnlyList<RecordedFile> Outputs { get; init; }

    /// <summary>Short digest of every other field, by its path; absent in layout 1.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    /// <summary>SHA-256 of the record's text without these digits; absent in layout 1.</summary>
    public string? RecordSha256 { get; init; }

    public static CalibrationRecord Of(ReturnHistory history, HistoryOptions read, CalibrationResult result)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(result);
        return new CalibrationRecord
        {
            Schema = CurrentSchema,
            Version = RunRecord.ProductVersion,
            History = RecordedHistory.Of(history),
            Options = RecordedCalibrationOptions.Of(read, result),
            Factors = [.. result.Factors.Select(RecordedFactor.Of)],
            Dependence = RecordedDependence.Of(result),
            Warnings = result.Warnings,
            Outputs = [],
        };
    }

    /// <summary>The same with the hashes of itself.</summary>
    public CalibrationRecord Sealed() =>
        RecordSeal.Of(this, record => record.ToJson(), (record, fields, own) => record with { Fields = fields, RecordSha256 = own });

    /// <summary>UTF-8, indented, one line feed at the end.</summary>
    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, CalibrationRecordJson.Readable.CalibrationRecord), (byte)'\n'];

    /// <summary><see langword="null"/>, which is left out, for what JSON has no number for.</summary>
    internal static double? Number(double value) => double.IsFinite(value) ? value : null;
}

/// <param name="File">Name, size and hash.</param>
/// <param name="From">End of the first return's day; absent when the file has no dates.</param>
/// <param name="Returns">Returns used of every factor.</param>
sealed record RecordedHistory(
    RecordedFile File, DateTimeOffset? From, DateTimeOffset? To, int Returns, int DaysDropped, int ValuesFilled)
{
    internal static RecordedHistory Of(ReturnHistory history) => new(
        new RecordedFile(history.Input.Name, history.Input.Bytes, history.Input.Sha256),
        history.Dates.Count > 0 ? history.Dates[0] : null,
        history.Dates.Count > 0 ? history.Dates[^1] : null,
        history.Returns.GetLength(0), history.DaysDropped, history.ValuesFilled);
}

/// <summary>The options in force, in the words of the command line.</summary>
sealed record RecordedCalibrationOptions(
    string Values, string Missing, bool AggregateDaily, IReadOnlyList<string>? Additive, int? Window, string Model, string Marginal, string StartUp, string Mean, double DaysPerYear, double EwmaDecay, bool FloorAtLongRun,
    double? ParetoTailShare, string Copula, string Correlation, string Shrinkage, bool VolatilityFactors, string? Leverage)
{
    internal static RecordedCalibrationOptions Of(HistoryOptions read, CalibrationResult result) => Of(read, result.Options, result.DaysPerYear);

    static RecordedCalibrationOptions Of(HistoryOptions read, CalibrationOptions options, double daysPerYear) => new(
        CalibrationWords.Values.WordOf(read.Values), CalibrationWords.Missing.WordOf(read.Missing), read.AggregateDaily, read.Additive.Count > 0 ? read.Additive : null, read.Window,
        CalibrationWords.Models.WordOf(options.Volatility.Model), Words.Marginals.WordOf(options.Volatility.Marginal),
        CalibrationWords.StartUps.WordOf(options.Volatility.StartUp), CalibrationWords.Means.WordOf(options.Volatility.Mean), daysPerYear,
        options.Volatility.EwmaDecay, options.Volatility.FloorAtLongRun, options.Volatility.ParetoTails ? options.Volatility.TailShare : null,
        CalibrationWords.Copulas.WordOf(options.Copula), CalibrationWords.Correlations.WordOf(options.Correlation),
        CalibrationWords.Shrinkages.WordOf(options.Shrinkage), options.VolatilityFactors,
        options.Leverage is { } leverage ? CalibrationWords.Leverages.WordOf(leverage) : null);
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CalibrationRecord))]
sealed partial class CalibrationRecordJson : JsonSerializerContext
{
    /// <summary>Readable: only what JSON itself demands is escaped. The record is never part of a web page.</summary>
    internal static CalibrationRecordJson Readable => field ??=
        new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
