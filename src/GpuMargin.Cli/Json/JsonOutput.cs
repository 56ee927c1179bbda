using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GpuMargin.Margin;
using GpuMargin.Margin.Limits;
using GpuMargin.Reporting;
using GpuMargin.Revaluation.American;

namespace GpuMargin.Cli.Json;

/// <summary>What <c>--json</c> puts on stdout: one object, keys in camel case.</summary>
static class JsonOutput
{
    internal static void Print<T>(Terminal terminal, T value, JsonTypeInfo<T> type)
    {
        terminal.Out.Write(JsonSerializer.Serialize(value, type));
        terminal.Out.WriteLine();
    }
}

/// <param name="Out">Folder of margins.csv and run-record.json.</param>
/// <param name="Margins">In order of first appearance; money in run currency, loss > 0.</param>
/// <param name="Members">Totals of the requirements; absent without a policy.</param>
/// <param name="Breaches">Of limits.csv; absent without it.</param>
/// <param name="Since">Absent without <c>--since</c>.</param>
sealed record RunResult(
    string Out, MarginRow[] Margins, RunRecord Record, IReadOnlyList<MemberTotal>? Members = null,
    IReadOnlyList<LimitBreach>? Breaches = null, RunChanges? Since = null);

sealed record MarginRow(
    string Account, int Positions, double Value,
    double Var, double VarLow, double VarHigh, double Es, double EsLow, double EsHigh, double Margin,
    bool EsTrusted, int? Scenarios = null, Requirement? Requirement = null)
{
    internal static MarginRow Of(AccountMargin row) => new(
        row.Account, row.Positions, row.Value,
        row.ValueAtRisk.Value, row.ValueAtRisk.Low, row.ValueAtRisk.High,
        row.ExpectedShortfall.Value, row.ExpectedShortfall.Low, row.ExpectedShortfall.High,
        row.Margin,
        row.ExpectedShortfallTrusted,
        row.Scenarios,
        row.Requirement);
}

/// <summary>A CSV with one row per scenario was written.</summary>
/// <param name="Columns">Factors or accounts.</param>
/// <param name="Weighted">A column <c>weight</c> stands between the scenario's number and these.</param>
sealed record ScenarioFile(string File, int Scenarios, string[] Columns, bool Weighted);

sealed record GeneratedSet(string Folder, int Factors, int Instruments, int Accounts, int Positions, ulong Seed);

/// <param name="Out">Folder of the files.</param>
/// <param name="Calibration">calibration.json.</param>
sealed record CalibrationPrint(string Out, CalibrationRecord Calibration, CalibrationTimings Timings);

/// <summary>Seconds of wall time.</summary>
sealed record CalibrationTimings(double Read, double Fit, double Write, double Total);

sealed record DeviceList(DeviceEntry[] Devices);

/// <param name="Description">The device in words, or why it is missing.</param>
/// <param name="Device">Number of the device, as <c>--device</c> takes it; this and what follows only where a driver names one.</param>
/// <param name="MemoryBytes">Absent when the device uses the host's memory.</param>
/// <param name="Unusable">Why the device cannot be used; absent when it can.</param>
sealed record DeviceEntry(
    string Backend,
    bool Available,
    string Description,
    int? Device = null,
    string? Name = null,
    long? MemoryBytes = null,
    string? Driver = null,
    string? ComputeCapability = null,
    bool? DoublePrecision = null,
    int? Multiprocessors = null,
    string? Unusable = null);

/// <param name="OtherVersion">The version that made the record; absent where it is this one.</param>
sealed record ReplayResult(bool SameBits, string[] Differences, string? OtherVersion = null);

sealed record Refusal(RefusedFault[] Faults);

sealed record RefusedFault(
    string Message, string? File = null, int? Line = null, string? Column = null, string? Found = null, string? Expected = null);

[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(ScenarioFile))]
[JsonSerializable(typeof(ReportFile))]
[JsonSerializable(typeof(GeneratedSet))]
[JsonSerializable(typeof(CalibrationPrint))]
[JsonSerializable(typeof(DeviceList))]
[JsonSerializable(typeof(ConvergenceResult))]
[JsonSerializable(typeof(ReplayResult))]
[JsonSerializable(typeof(VerifyResult))]
[JsonSerializable(typeof(VanillaOptionValue))]
[JsonSerializable(typeof(ExplainResult))]
[JsonSerializable(typeof(RollPrint))]
[JsonSerializable(typeof(WhatIfResult))]
[JsonSerializable(typeof(SurfacePrint))]
[JsonSerializable(typeof(Refusal))]
sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>Readable: only what JSON itself demands is escaped. The output is never part of a web page.</summary>
    internal static CliJson Readable => field ??=
        new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
