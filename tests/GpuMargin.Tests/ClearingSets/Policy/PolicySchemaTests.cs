using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.Tests.Architecture;
using Xunit;

namespace GpuMargin.Tests.ClearingSets.Policy;

/// <summary>The schema of policy.json and its reader say the same.</summary>
public sealed class PolicySchemaTests
{
    const int FewestKeys = 40;

    /// <summary>The price factor under which the schema's <c>additionalProperties</c> of depeg are tried.</summary>
    const string Coin = "EURUSD";

    static readonly JsonObject s_schema = Schema();

    /// <summary>Path of every number, word and flag, such as <c>grid.range</c>.</summary>
    public static TheoryData<string> Leaves => [.. Walk(s_schema, "").Where(node => !node.Schema.ContainsKey("properties")).Select(node => node.Path)];

    [Fact]
    public void The_schema_of_the_components_of_version_1_keeps_its_bytes()
    {
        string[] later = ["samplingError", "shortOptionMinimum"];
        PolicySections first = new(MarginComponents.All.Where(component => !later.Contains(component.Key.Name)));
        Assert.Equal(
            File.ReadAllText(Path.Combine(SourceTree.Root, "tests", "GpuMargin.Tests", "Data", "policy.schema.json")),
            Encoding.UTF8.GetString(PolicySchema.ToBytes(first)));
    }

    [Fact]
    public void The_file_that_editors_are_given_is_the_composed_schema() => Assert.Equal(
        Encoding.UTF8.GetString(ClearingSetFiles.PolicySchema()),
        File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "policy.schema.json")));

    [Fact]
    public void An_object_allows_no_other_keys() => Assert.All(
        Walk(s_schema, "").Where(node => node.Schema.ContainsKey("properties")).Append((Path: "", Schema: s_schema)),
        node => Assert.False((bool)node.Schema["additionalProperties"]!, node.Path));

    [Fact]
    public void Every_key_is_described()
    {
        (string Path, JsonObject Schema)[] nodes = [.. Walk(s_schema, "").Where(node => !IsEntry(node.Path))];

        Assert.True(nodes.Length >= FewestKeys, $"{nodes.Length} keys");
        Assert.All(nodes, node => Assert.True(((string?)node.Schema["description"])?.Length > 20, node.Path));
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void A_default_that_is_written_is_the_default_that_is_not(string path)
    {
        JsonObject schema = Node(path);
        if (schema["default"] is not { } value)
        {
            return;
        }

        Assert.Equal(Text(Read(path, null)), Text(Read(path, value.DeepClone())));
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Values_at_the_edge_are_accepted_and_those_beyond_refused(string path)
    {
        foreach ((JsonNode value, bool accepted) in Values(Node(path)))
        {
            string what = $"{path}: {value.ToJsonString()}";
            if (accepted)
            {
                Read(path, value);
            }
            else
            {
                Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => Read(path, value)).Faults);
                Assert.True(fault.File == "policy.json" && fault.Column!.StartsWith(path, StringComparison.Ordinal), $"{what} → {fault}");
            }
        }
    }

    static string Text(MarginPolicy policy) =>
        JsonSerializer.Serialize(policy) + string.Concat(policy.Components.Select(terms => JsonSerializer.Serialize(terms, terms.GetType())));

    static IEnumerable<(JsonNode Value, bool Accepted)> Values(JsonObject schema)
    {
        if (schema["enum"] is JsonArray words)
        {
            foreach (JsonNode? word in words)
            {
                yield return (word!.DeepClone(), true);
            }

            yield return ("another", false);
        }

        bool isInteger = (string?)schema["type"] == "integer";
        decimal step = isInteger ? 1 : 0.001m;
        foreach ((string key, int beyond) in new[] { ("minimum", -1), ("exclusiveMinimum", -1), ("maximum", 1), ("exclusiveMaximum", 1) })
        {
            if (schema[key] is { } bound)
            {
                decimal edge = decimal.Parse(bound.ToJsonString(), CultureInfo.InvariantCulture);
                bool exclusive = key.StartsWith("exclusive", StringComparison.Ordinal);
                yield return (edge, !exclusive);
                yield return (edge + beyond * step, false);
                yield return (edge - beyond * step, true);
            }
        }

        if (isInteger)
        {
            yield return (1.5m, false);
        }

        string? type = (string?)schema["type"];
        if (type is "number" or "integer")
        {
            yield return ("1", false);
        }

        if (type is "boolean" or "object" or "array" or "string")
        {
            yield return (1, false);
        }

        if (type is "boolean")
        {
            yield return (true, true);
        }
    }

    /// <summary>A valid policy with one key set; <see langword="null"/>: with its section and without the key.</summary>
    static MarginPolicy Read(string path, JsonNode? value)
    {
        using SetFolder folder = SetFolder.WithPolicy();
        folder.With("run.json", folder.TextOf("run.json").Replace("\"scenarios\": 1000", "\"scenarios\": 100000", StringComparison.Ordinal));
        File.Delete(folder.PathOf("collateral.csv"));
        JsonObject policy = new() { ["version"] = 1 };
        string[] keys = path.Split('.');
        JsonObject section = policy;
        foreach (string key in keys[..^1])
        {
            section[key] = Required(key);
            section = section[key]!.AsObject();
        }

        // The lower confidence and the higher level make room for the whole range of the other.
        if (keys[^1] == "extremeConfidence")
        {
            section["confidence"] = 0.5m;
        }

        if (keys[^1] == "confidence" && keys[0] is "dependence" or "concentration")
        {
            section["extremeConfidence"] = 0.99999m;
        }

        if (path == "regulation")
        {
            section["base"] = new JsonObject { ["confidence"] = 0.99m };
            section["offsetLimit"] = 0.8m;
            section["longRunFloor"] = true;
        }

        if (path == "levels.maintenance")
        {
            section["initial"] = 2;
        }

        if (path == "levels.initial")
        {
            section["maintenance"] = 0.0001m;
        }

        if (value is null)
        {
            section.Remove(keys[^1]);
        }
        else
        {
            section[keys[^1]] = value;
        }

        return folder.With("policy.json", policy.ToJsonString()).Read().Policy!;
    }

    static JsonObject Required(string key) => key switch
    {
        "grid" => new JsonObject { ["range"] = 0.16m },
        Coin => new JsonObject { ["probabilityPerDay"] = 0.01m, ["fall"] = 0.1m },
        _ => [],
    };

    static bool IsEntry(string path) => path.EndsWith("." + Coin, StringComparison.Ordinal);

    /// <summary>Every key, depth first; the entries of an open object stand under <see cref="Coin"/>, and those without keys of their own are left out.</summary>
    static IEnumerable<(string Path, JsonObject Schema)> Walk(JsonObject schema, string prefix)
    {
        foreach ((string key, JsonNode? node) in schema["properties"] as JsonObject ?? [])
        {
            JsonObject child = node!.AsObject();
            yield return (prefix + key, child);
            foreach (var deeper in Walk(child, $"{prefix}{key}."))
            {
                yield return deeper;
            }
        }

        if (schema["additionalProperties"] is JsonObject entry)
        {
            yield return (prefix + Coin, entry);
            foreach (var deeper in Walk(entry, $"{prefix}{Coin}."))
            {
                yield return deeper;
            }
        }
    }

    static JsonObject Node(string path) => Walk(s_schema, "").First(node => node.Path == path).Schema;

    static JsonObject Schema() => JsonNode.Parse(ClearingSetFiles.PolicySchema())!.AsObject();
}
