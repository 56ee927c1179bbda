using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Reporting.Records;

namespace GpuMargin.Reporting;

/// <summary>run-record.json: everything needed to repeat a run bit for bit and to trust it. Keys are the property names in camel case.</summary>
sealed record RunRecord
{
    public const string FileName = "run-record.json";

    public const int CurrentSchema = 2;

    /// <summary>The layout of version 0.1.0, without <see cref="RunId"/> and hashes of itself.</summary>
    const int FirstSchema = 1;

    /// <summary>Version of this layout.</summary>
    public required int Schema { get; init; }

    /// <summary>Product version, with the commit it was built from where the build knew it.</summary>
    public required string Version { get; init; }

    /// <summary>Hash of the inputs, settings and version, see <see cref="Records.RunId"/>; absent in layout 1.</summary>
    public string? RunId { get; init; }

    /// <summary>The clearing set's folder relative to the record's, forward slashes.</summary>
    public required string ClearingSet { get; init; }

    /// <summary>The settings in force after command-line overrides, in the keys and units of run.json.</summary>
    public required RecordedSettings Settings { get; init; }

    /// <summary>Whether a correlation matrix that is not positive semi-definite was to be repaired.</summary>
    public required bool RepairCorrelation { get; init; }

    /// <summary>Whether model files other than those of calibration.json were to be taken; absent when not.</summary>
    public bool? EditedModel { get; init; }

    /// <summary>Whether names in margins.csv that a spreadsheet would run begin with an apostrophe; absent when not.</summary>
    public bool? SpreadsheetSafe { get; init; }

    public required string Backend { get; init; }

    /// <summary>The device in words. The results do not depend on it.</summary>
    public required string Device { get; init; }

    /// <summary>The .NET runtime and platform. The results do not depend on it.</summary>
    public required string Runtime { get; init; }

    /// <summary>The files read, ordered by name.</summary>
    public required IReadOnlyList<RecordedFile> Inputs { get; init; }

    /// <summary>Fingerprint over account × scenario P&amp;L, lower-case hexadecimal.</summary>
    public required string ProfitAndLossSha256 { get; init; }

    /// <summary>The files written beside the record.</summary>
    public required IReadOnlyList<RecordedFile> Outputs { get; init; }

    public required RunCounts Counts { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>SHA-256 of the margins.csv of the run that changes were measured against; absent without one.</summary>
    public string? SinceSha256 { get; init; }

    /// <summary>Accounts whose interval is still wider than the target error at the most scenarios; empty when all reached it, absent without a target.</summary>
    public IReadOnlyList<string>? MissedTarget { get; init; }

    /// <summary>Premium surfaces of American options; absent without any that may be exercised early.</summary>
    public PremiumSummary? Premiums { get; init; }

    /// <summary>Arbitrage of moved surfaces in scenarios of tails; absent where no smile is moved.</summary>
    public IReadOnlyList<MovedSurface>? Surfaces { get; init; }

    /// <summary>Fits of smiles to the quotes of smiles.csv; absent where it has none.</summary>
    public IReadOnlyList<SmileFit>? SmileFits { get; init; }

    public required RunTimings Timings { get; init; }

    /// <summary>Short digest of every other field, by its path; absent in layout 1.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    /// <summary>SHA-256 of the record's text without these digits; absent in layout 1.</summary>
    public string? RecordSha256 { get; init; }

    /// <param name="recordFolder">Folder the record will be written to.</param>
    /// <param name="setFolder">Folder the set was read from.</param>
    public static RunRecord Of(
        ClearingSet set, MarginReport report, string setFolder, string recordFolder, RunOverrides overrides, RunTimings timings)
    {
        RunRecord record = new()
        {
            Schema = CurrentSchema,
            Version = ProductVersion,
            ClearingSet = Path.GetRelativePath(recordFolder, setFolder).Replace('\\', '/'),
            Settings = RecordedSettings.Of(report.Settings),
            RepairCorrelation = overrides.RepairCorrelation,
            EditedModel = overrides.EditedModel ? true : null,
            Backend = report.Backend,
            Device = report.Device,
            Runtime = $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}",
            Inputs = [.. set.Inputs.Select(file => new RecordedFile(file.Name, file.Bytes, file.Sha256))],
            ProfitAndLossSha256 = report.ProfitAndLossSha256,
            Outputs = [],
            Counts = new RunCounts(
                set.Factors.Count, set.Instruments.Count, set.Accounts.Count, set.Positions.Count, report.Scenarios),
            Warnings = report.Warnings,
            MissedTarget = report.MissedTarget,
            Premiums = report.Premiums,
            Surfaces = report.Surfaces,
            SmileFits = set.SmileFits.Count > 0 ? set.SmileFits : null,
            Timings = timings,
        };
        return record with { RunId = Records.RunId.Of(record.ToJson()) };
    }

    public static string ProductVersion { get; } =
        typeof(RunRecord).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>UTF-8, indented, one line feed at the end.</summary>
    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, RunRecordJson.Readable.RunRecord), (byte)'\n'];

    /// <summary>The same with the hashes of itself.</summary>
    public RunRecord Sealed() =>
        RecordSeal.Of(this, record => record.ToJson(), (record, fields, own) => record with { Fields = fields, RecordSha256 = own });

    /// <exception cref="JsonException">Not a run record of a known layout; says where.</exception>
    public static RunRecord FromJson(ReadOnlySpan<byte> json)
    {
        _ = RecordLeaves.Of(json); // Finds every null, with its place.
        RunRecord record = Deserialized(json);
        return record.Schema is FirstSchema or CurrentSchema
            ? record
            : throw new JsonException($"layout {record.Schema} is not known, only {FirstSchema} and {CurrentSchema}");
    }

    static RunRecord Deserialized(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RunRecordJson.Readable.RunRecord)!;
        }
        catch (JsonException wrong) when (wrong is { Path.Length: > 2, LineNumber: { } line })
        {
            throw new JsonException(FormattableString.Invariant($"line {line + 1}: {wrong.Path[2..]}: {wrong.Message.Split(" Path: ")[0]}"), wrong);
        }
    }
}

/// <summary>A file read or written: its name beside the others, and the SHA-256 of its bytes, lower-case hexadecimal.</summary>
sealed record RecordedFile(string Name, long Bytes, string Sha256);

/// <summary>The sizes of the run; positions are rows of positions.csv, scenarios those of the account that took the most.</summary>
sealed record RunCounts(int Factors, int Instruments, int Accounts, int Positions, int Scenarios);

/// <summary>Seconds of wall time; <see cref="Total"/> is from the start of the command until the outputs are written.</summary>
/// <param name="Engine">Plan, draws, revaluation, aggregation, tails and measures.</param>
/// <param name="Stages">Seconds by stage of the engine: wall time where a stage is serial, otherwise thread time divided by threads.</param>
sealed record RunTimings(double Read, double Engine, double Write, double Total, IReadOnlyDictionary<string, double> Stages);

[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunRecord))]
sealed partial class RunRecordJson : JsonSerializerContext
{
    /// <summary>Readable: only what JSON itself demands is escaped. The record is never part of a web page.</summary>
    internal static RunRecordJson Readable => field ??=
        new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
