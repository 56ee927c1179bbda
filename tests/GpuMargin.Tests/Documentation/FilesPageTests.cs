using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using GpuMargin.ClearingSets;
using GpuMargin.Files;
using GpuMargin.Files.Mapping;
using GpuMargin.Files.Policy;
using GpuMargin.Margin;
using GpuMargin.Reporting;
using Xunit;

namespace GpuMargin.Tests.Documentation;

/// <summary>docs/files.md has every column and key that readers and writers know, and no other.</summary>
public sealed partial class FilesPageTests
{
    static readonly Page s_page = Page.Of("docs/files.md");

    // With every component.
    static readonly RequirementLine[] s_lines = RequirementLine.Of(_ => true);

    // Parts of calibration.json that repeat another part's keys.
    static readonly string[] s_repeated = ["factors[].candidates[]", "factors[].fit.standardErrors", "factors[].fit.robustStandardErrors", "factors[].volatilitySource.model"];

    public static Xunit.TheoryData<string, string[]> Files => new()
    {
        { "run.json", [.. RunReader.Keys, "copula.family", "copula.nu"] },
        { "factors.csv", Known(typeof(FactorReader)) },
        { "correlation.csv", [CorrelationReader.LabelColumn] },
        { "residuals.csv", [] },
        { "curves.csv", Known(typeof(CurveReader)) },
        { "surfaces.csv", Known(typeof(SurfaceReader)) },
        { "smiles.csv", [.. Known(typeof(SmileReader)), .. SmileReader.Parameters] },
        { "pivots.csv", [.. Known(typeof(PivotReader)), .. PivotReader.Coordinates] },
        { "instruments.csv", Known(typeof(InstrumentReader)) },
        { "dividends.csv", Known(typeof(DividendRows)) },
        { "positions.csv", [.. Known(typeof(PositionReader)), "date"] },
        { "policy.json", [.. PolicyKeys()] },
        { "accounts.csv", Known(typeof(AccountReader)) },
        { "collateral.csv", Known(typeof(CollateralReader)) },
        { "liquidity.csv", Known(typeof(LiquidityReader)) },
        { "limits.csv", Known(typeof(LimitReader)) },
        { "breaches.csv", [.. BreachesCsv.Columns] },
        { "stress.csv", Known(typeof(StressReader)) },
        { "history.csv", ["date"] },
        { "mapping.json", [.. MappingReader.Keys] },
        { "margins.csv", [.. MarginsCsv.Columns, MarginsCsv.ScenariosColumn, .. MarginsCsv.ColumnsOf(s_lines), MarginsCsv.TrustedColumn] },
        { "margins.json", [.. Keys(typeof(MarginsJson))] },
        { "run-record.json", [.. Keys(typeof(RunRecord))] },
        { "calibration.json", [.. Keys(typeof(CalibrationRecord))] },
        { "roll.csv", [.. RollCsv.Columns] },
        { "roll-summary.csv", [.. RollSummaryCsv.Columns] },
        { "roll-requirements.csv", [.. RollRequirementsCsv.OwnColumns] },
        { "convergence.csv", [.. ConvergenceCsv.Columns] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void The_page_has_the_columns_and_keys_of_the_code(string file, string[] known) =>
        Assert.Equal(known.Order(StringComparer.Ordinal), Documented(file).Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_has_every_default_of_run_json()
    {
        RunSettings defaults = new() { AsOf = default, Currency = "", Copula = default };
        (string Key, FormattableString Default)[] known =
        [
            ("scenarios", $"{defaults.Scenarios:N0}"), ("seed", $"{defaults.Seed}"), ("horizonDays", $"{defaults.HorizonDays}"),
            ("confidence", $"{defaults.Confidence}"), ("sampling", $"`{Words.Samplings.WordOf(defaults.Sampling)}`"),
            ("precision", $"`{Words.Precisions.WordOf(defaults.Precision)}`"), ("ageing", $"`{Words.Ageings.WordOf(defaults.Ageing)}`"),
            ("maxScenarios", $"{defaults.MaxScenarios:N0}"),
        ];

        Assert.All(known, setting => Assert.Equal(FormattableString.Invariant(setting.Default), Rows("run.json").Single(row => row[0] == $"`{setting.Key}`")[^1]));
    }

    [Fact]
    public void The_page_has_every_default_of_the_policy_schema()
    {
        Dictionary<string, string> defaults = [];
        Walk(Schema(), "", (path, schema) =>
        {
            if (schema.TryGetProperty("default", out JsonElement value))
            {
                defaults[path] = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : $"`{value}`".ToLowerInvariant();
            }
        });

        Assert.NotEmpty(defaults);
        Assert.All(defaults, known => Assert.Equal(known.Value, Rows("policy.json").Single(row => row[0] == $"`{known.Key}`")[^1]));
    }

    static IEnumerable<string> Documented(string file) => Rows(file).Select(row => Name().Match(row[0])).Where(name => name.Success).Select(name => name.Groups["name"].Value);

    static string[][] Rows(string file) =>
    [
        .. Section(file).Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Select(line => Cell().Split(line.Trim('|')).Select(cell => cell.Trim()).ToArray()),
    ];

    static string Section(string file) => Assert.Single(
        Heading().Split(s_page.Text), section => section.StartsWith(file + "\n", StringComparison.Ordinal));

    // A reader's lists of columns.
    static string[] Known(Type reader) =>
    [
        .. ((string[])["s_required", "s_optional"]).SelectMany(list =>
            (string[]?)reader.GetField(list, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)?.GetValue(null) ?? []),
    ];

    static List<string> PolicyKeys()
    {
        List<string> keys = [];
        Walk(Schema(), "", (path, _) => keys.Add(path));
        return keys;
    }

    static JsonElement Schema() => JsonDocument.Parse(ClearingSetFiles.PolicySchema()).RootElement;

    // Every key that is no object with keys of its own.
    static void Walk(JsonElement schema, string path, Action<string, JsonElement> leaf)
    {
        string below = path.Length == 0 ? "" : path + ".";
        if (schema.TryGetProperty("properties", out JsonElement properties))
        {
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                Walk(property.Value, below + property.Name, leaf);
            }
        }
        else if (schema.TryGetProperty("additionalProperties", out JsonElement any) && any.ValueKind == JsonValueKind.Object && any.TryGetProperty("properties", out _))
        {
            Walk(any, below + "FACTOR", leaf);
        }
        else
        {
            leaf(path, schema);
        }
    }

    static IEnumerable<string> Keys(Type type, string path = "")
    {
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            string key = path + JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            Type value = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (value.IsGenericType && value.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            {
                (key, value) = (key + "[]", value.GetGenericArguments()[0]);
            }

            bool nested = value.Namespace!.StartsWith("GpuMargin", StringComparison.Ordinal) && !value.IsEnum && !s_repeated.Contains(key);
            foreach (string own in value == typeof(ComponentAmounts) ? s_lines.Select(line => $"{key}.{line.JsonName}") : nested ? Keys(value, key + ".") : [key])
            {
                yield return own;
            }
        }
    }

    [GeneratedRegex(@"^#+ ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^`(?<name>[^`]+)`$")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Cell();
}
