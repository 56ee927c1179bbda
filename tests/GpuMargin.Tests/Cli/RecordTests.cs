using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.Cli;
using GpuMargin.Reporting;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>What the commands that read run records make of them: edited, forged, of other layouts and versions, with nulls.</summary>
public sealed class RecordTests : IDisposable
{
    readonly RecordedFolder run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void An_edited_record_is_neither_replayed_nor_explained()
    {
        string text = File.ReadAllText(run.RecordFile);
        foreach ((string field, string from, string to) in ((string, string, string)[])
            [("version", $"\"version\": \"{RunRecord.ProductVersion}\"", "\"version\": \"9.9.9\""), ("settings.currency", "\"USD\"", "\"EUR\""), ("settings.asOf", "2001-01-02", "2001-01-03"), ("clearingSet", "\"../set\"", "\"../elsewhere\"")])
        {
            File.WriteAllText(run.RecordFile, text.Replace(from, to, StringComparison.Ordinal));
            foreach (Invocation noticed in (Invocation[])[run.Replay(), run.Explain()])
            {
                Assert.Equal((ExitCode.CheckFailed, ""), (noticed.Code, noticed.Output));
                Assert.Contains($": {field}: was edited", noticed.Error, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Changed_requirements_are_neither_replayed_nor_explained()
    {
        string file = run.Folder["out/margins.json"];
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"positions\": 1", "\"positions\": 2", StringComparison.Ordinal));

        foreach (Invocation noticed in (Invocation[])[run.Replay(), run.Explain(), Invocation.Of("explain", run.Out, "long", "--json")])
        {
            Assert.Equal(ExitCode.CheckFailed, noticed.Code);
            Assert.Contains("margins.json: was changed: ", noticed.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_forged_currency_or_seed_is_found_by_computing_again()
    {
        run.Forge(record => record with { Settings = record.Settings with { Currency = "EUR" } });
        Assert.Contains("settings.currency: \"EUR\" in the record, \"USD\" now", Failed(run.Replay()), StringComparison.Ordinal);

        run.Forge(record => record with { Settings = record.Settings with { Currency = "USD", Seed = 8 } });
        Assert.Contains("P&L: SHA-256", Failed(run.Replay()), StringComparison.Ordinal);
        Assert.Contains("runId: ", Failed(run.Replay()), StringComparison.Ordinal);
        Assert.Contains("margins.csv: account long, var:", Failed(run.Replay()), StringComparison.Ordinal);
    }

    [Fact]
    public void Layout_1_is_replayed_and_explained()
    {
        run.MakeLayout1();
        Assert.Equal("", run.Replay().Error);
        Assert.Equal(ExitCode.Done, run.Explain().Code);

        run.MakeLayout1(record => record["settings"]!["currency"] = "EUR");
        Assert.Contains("settings.currency: \"EUR\" in the record, \"USD\" now", Failed(run.Replay()), StringComparison.Ordinal);

        run.MakeLayout1(record => record["profitAndLossSha256"] = new string('0', 64));
        File.Delete(run.Folder["out/margins.csv"]);
        Assert.Contains("margins.csv: is missing", Failed(run.Replay()), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_is_named()
    {
        run.MakeLayout1(record => record["version"] = "0.0.1");
        Invocation same = run.Replay();
        Assert.Equal(ExitCode.Done, same.Code);
        Assert.Equal($"other version: the record is of 0.0.1, this is {RunRecord.ProductVersion}\n", same.Error);

        run.MakeLayout1(record => record["profitAndLossSha256"] = new string('0', 64));
        string other = Failed(run.Replay());
        Assert.StartsWith("other version: the record is of 0.0.1", other, StringComparison.Ordinal);
        Assert.DoesNotContain("alarm", other, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Invocation.Of("replay", run.Out, "--json").Output);
        Assert.Equal("0.0.1", json.RootElement.GetProperty("otherVersion").GetString());
    }

    [Fact]
    public void The_same_run_with_another_fingerprint_is_an_alarm()
    {
        run.Forge(record => record with { ProfitAndLossSha256 = new string('0', 64) });
        var before = run.Folder.Snapshot();

        Invocation again = run.Run();

        Assert.Contains($"alarm: run {run.Record.RunId![..12]} gave P&L 000000000000 there and ", Failed(again), StringComparison.Ordinal);
        Assert.Equal(before, run.Folder.Snapshot());
        Assert.Contains("alarm: inputs, settings and version are the same", Failed(run.Replay()), StringComparison.Ordinal);
        Assert.Equal("", run.Run("--seed", "8").Error);
    }

    [Fact]
    public void An_edited_record_gives_no_alarm()
    {
        File.WriteAllText(run.RecordFile, File.ReadAllText(run.RecordFile).Replace(run.Record.ProfitAndLossSha256, new string('0', 64), StringComparison.Ordinal));

        Assert.Equal("", run.Run().Error);
        Assert.Equal(ExitCode.Done, run.Verify().Code);
    }

    [Fact]
    public void The_run_id_is_of_inputs_settings_and_version_alone()
    {
        string id = run.Record.RunId!;
        Assert.Equal("", Invocation.Of(["run", run.Set, "--out", run.Folder["a/b"], "--quiet", .. RecordedFolder.Short[..^1], "2"]).Error);
        Assert.Equal(id, RunRecord.FromJson(File.ReadAllBytes(run.Folder["a/b/run-record.json"])).RunId);

        run.Run("--seed", "8");
        Assert.NotEqual(id, run.Record.RunId);
        run.Run();
        Assert.Equal(id, run.Record.RunId);
        File.AppendAllText(Path.Combine(run.Set, "positions.csv"), "\n");
        run.Run();
        Assert.NotEqual(id, run.Record.RunId);
    }

    /// <summary>The way of docs/files.md, by other means.</summary>
    [Fact]
    public void Hash_and_run_id_are_recomputed_from_the_text()
    {
        string text = File.ReadAllText(run.RecordFile);
        JsonNode record = run.Json;
        Assert.Equal((string)record["recordSha256"]!, Sha256(text.Replace((string)record["recordSha256"]!, "", StringComparison.Ordinal)));

        StringBuilder lines = new();
        lines.Append(CultureInfo.InvariantCulture, $"version=\"{record["version"]}\"\n");
        Append("settings", record["settings"]!);
        lines.Append("repairCorrelation=false\n");
        for (int i = 0; i < record["inputs"]!.AsArray().Count; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"inputs[{i}].name=\"{record["inputs"]![i]!["name"]}\"\ninputs[{i}].sha256=\"{record["inputs"]![i]!["sha256"]}\"\n");
        }

        Assert.Equal((string)record["runId"]!, Sha256(lines.ToString()));

        void Append(string path, JsonNode value)
        {
            foreach ((string key, JsonNode? member) in value is JsonObject { Count: > 0 } members ? members : [])
            {
                Append($"{path}.{key}", member!);
            }

            if (value is not JsonObject { Count: > 0 })
            {
                lines.Append(CultureInfo.InvariantCulture, $"{path}={(value.GetValueKind() == JsonValueKind.String ? $"\"{value}\"" : value.ToJsonString())}\n");
            }
        }
    }

    [Fact]
    public void A_null_anywhere_in_a_record_is_refused_with_its_place()
    {
        run.MakeLayout1();
        JsonNode record = run.Json;
        foreach (JsonNode value in Values(record).Where(value => value.Parent is not null).ToArray())
        {
            string path = value.GetPath()["$.".Length..];
            JsonNode copy = value.DeepClone();
            if (value.Parent is JsonObject parent)
            {
                string key = value.GetPropertyName();
                parent[key] = null;
                Check(path);
                parent[key] = copy;
            }
            else
            {
                int place = value.GetElementIndex();
                JsonArray list = value.Parent!.AsArray();
                list[place] = null;
                Check(path);
                list[place] = copy;
            }
        }

        void Check(string path)
        {
            run.Write(record);
            foreach (Invocation refused in (Invocation[])[run.Verify(), run.Replay(), run.Explain()])
            {
                Assert.Equal(ExitCode.Refused, refused.Code);
                Assert.Matches($@"line \d+: {System.Text.RegularExpressions.Regex.Escape(path)}: found null, expected a value", refused.Error);
            }
        }
    }

    [Fact]
    public void A_null_in_requirements_is_refused_with_its_place()
    {
        const string Text = "{\n  \"currency\": \"USD\",\n  \"accounts\": [\n    null\n  ],\n  \"members\": []\n}\n";
        File.WriteAllText(run.Folder["out/margins.json"], Text);
        run.Forge(record => record with
        {
            Outputs = [record.Outputs[0], new RecordedFile("margins.json", Text.Length, Sha256(Text))],
        });

        Invocation refused = run.Explain();

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("margins.json: not what a run writes: line 4: accounts[0]: found null, expected a value", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_another_type_is_refused_with_its_place()
    {
        File.WriteAllText(run.RecordFile, File.ReadAllText(run.RecordFile).Replace("\"scenarios\": 300,", "\"scenarios\": \"many\",", StringComparison.Ordinal));

        Assert.Matches(@"not a run record: line \d+: settings\.scenarios: ", run.Replay().Error);
    }

    /// <summary>Layout 1, whose damage no hash keeps from being read.</summary>
    [Fact]
    public void Random_damage_to_a_record_without_a_hash_never_gives_a_defect()
    {
        const int Damages = 200;
        run.MakeLayout1();
        byte[] whole = File.ReadAllBytes(run.RecordFile);
        for (int seed = 0; seed < Damages; seed++)
        {
            Random random = new(seed);
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            int cut = random.Next(damaged.Length);
            File.WriteAllBytes(run.RecordFile, seed % 3 == 0 ? [.. damaged[..cut], .. damaged[Math.Min(cut + random.Next(40), damaged.Length)..]] : damaged);

            foreach (Invocation told in (Invocation[])[run.Verify(), run.Replay(), run.Explain()])
            {
                Assert.True(told.Code is ExitCode.Done or ExitCode.Refused or ExitCode.CheckFailed, $"seed {seed}: {told.Code}: {told.Error}");
            }
        }
    }

    static IEnumerable<JsonNode> Values(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => Values(member.Value!)).Append(node),
        JsonArray items => items.SelectMany(item => Values(item!)).Append(node),
        _ => [node],
    };

    static string Failed(Invocation replay)
    {
        Assert.Equal(ExitCode.CheckFailed, replay.Code);
        return replay.Error;
    }

    static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
