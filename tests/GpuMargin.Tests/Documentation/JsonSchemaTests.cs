using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using GpuMargin.Cli.Json;
using GpuMargin.Tests.Architecture;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Documentation;

/// <summary>docs/schemas has what <c>--json</c> of every command prints. GPUMARGIN_RENEW=1 writes the schemas anew.</summary>
public sealed class JsonSchemaTests
{
    static readonly Dictionary<string, JsonTypeInfo> s_printed = new(StringComparer.Ordinal)
    {
        ["run"] = CliJson.Default.RunResult,
        ["whatif"] = CliJson.Default.WhatIfResult,
        ["scenarios"] = CliJson.Default.ScenarioFile,
        ["pnl"] = CliJson.Default.ScenarioFile,
        ["calibrate"] = CliJson.Default.CalibrationPrint,
        ["surface"] = CliJson.Default.SurfacePrint,
        ["roll"] = CliJson.Default.RollPrint,
        ["generate"] = CliJson.Default.GeneratedSet,
        ["converge"] = CliJson.Default.ConvergenceResult,
        ["price"] = CliJson.Default.VanillaOptionValue,
        ["devices"] = CliJson.Default.DeviceList,
        ["verify"] = CliJson.Default.VerifyResult,
        ["replay"] = CliJson.Default.ReplayResult,
        ["explain"] = CliJson.Default.ExplainResult,
        ["refusal"] = CliJson.Default.Refusal,
    };

    static readonly string s_folder = Path.Combine(SourceTree.Root, "docs", "schemas");

    [Fact]
    public void Every_command_has_its_schema()
    {
        foreach ((string command, JsonTypeInfo type) in s_printed)
        {
            string file = Path.Combine(s_folder, $"{command}.schema.json"), schema = Schema(type);
            if (Environment.GetEnvironmentVariable("GPUMARGIN_RENEW") == "1")
            {
                Directory.CreateDirectory(s_folder);
                File.WriteAllText(file, schema);
            }

            Assert.Equal(File.ReadAllText(file), schema);
        }

        Assert.Equal(
            s_printed.Keys.Select(command => $"{command}.schema.json").Order(StringComparer.Ordinal),
            Directory.GetFiles(s_folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        string help = Invocation.Of("--help").Output;
        Assert.All(
            help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n')[1..].Select(line => line.Trim().Split(' ')[0]).Where(word => word.Length > 0),
            command => Assert.Contains(command, s_printed.Keys));
    }

    [Fact]
    public void What_run_prints_has_the_keys_that_its_schema_requires_and_no_others()
    {
        using TemporaryFolder folder = new();
        JsonNode printed = JsonNode.Parse(Invocation.Of("run", SmallSet.WriteTo(folder["set"]), "--json").Output)!;

        Conforms(printed, JsonNode.Parse(File.ReadAllText(Path.Combine(s_folder, "run.schema.json")))!, "run");
    }

    static void Conforms(JsonNode? value, JsonNode schema, string path)
    {
        if (value is JsonObject members && schema["properties"] is JsonObject known)
        {
            Assert.All(members, member => Assert.True(known.ContainsKey(member.Key), $"{path}.{member.Key} is not in the schema"));
            Assert.All(schema["required"]?.AsArray() ?? [], name => Assert.True(members.ContainsKey((string)name!), $"{path}.{name} is not there"));
            foreach ((string name, JsonNode? member) in members)
            {
                Conforms(member, known[name]!, $"{path}.{name}");
            }
        }
        else if (value is JsonArray items && schema["items"] is { } each)
        {
            for (int i = 0; i < items.Count; i++)
            {
                Conforms(items[i], each, $"{path}[{i}]");
            }
        }
    }

    static string Schema(JsonTypeInfo type) => JsonSchemaExporter.GetJsonSchemaAsNode(
        type.Options, type.Type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true })
        .ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
}
