using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.Cli;
using GpuMargin.Tests.Backtesting;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>Tampering with a record and its outputs: everything is noticed and named.</summary>
public sealed class VerifyCommandTests : IDisposable
{
    readonly RecordedFolder run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void What_a_run_wrote_is_intact()
    {
        var before = run.Folder.Snapshot();

        Assert.Equal(new Invocation(ExitCode.Done, "intact: run-record.json, margins.csv, margins.json\n", ""), run.Verify());
        Assert.Equal(before, run.Folder.Snapshot());
    }

    [Fact]
    public void Every_edited_field_of_the_record_is_named()
    {
        JsonNode record = run.Json;
        List<string> edited = [];
        foreach (JsonNode leaf in Leaves(record).ToArray())
        {
            string path = leaf.GetPath()["$.".Length..];
            JsonNode parent = leaf.Parent!;
            JsonNode other = Other(leaf);
            leaf.ReplaceWith(other);
            run.Write(record);

            Invocation verify = run.Verify();

            string field = path.Split("fields.")[^1].Replace("fields['", "", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal);
            Assert.True(verify.Code == ExitCode.CheckFailed, $"{path}: {verify.Code}");
            Assert.Contains($" {field}: ", verify.Error, StringComparison.Ordinal);
            edited.Add(path);
            other.ReplaceWith(leaf.DeepClone());
        }

        run.Write(record);
        Assert.Equal(ExitCode.Done, run.Verify().Code);
        Assert.Contains("settings.currency", edited);
        Assert.Contains("outputs[1].sha256", edited);
        Assert.Contains("recordSha256", edited);
        Assert.InRange(edited.Count, 100, int.MaxValue);
    }

    [Fact]
    public void Every_field_that_was_taken_away_is_named()
    {
        JsonNode record = run.Json;
        foreach (JsonObject parent in Leaves(record).Select(leaf => leaf.Parent).OfType<JsonObject>().Distinct().ToArray())
        {
            foreach (string key in parent.Select(member => member.Key).ToArray())
            {
                int place = parent.IndexOf(key);
                JsonNode? value = parent[key];
                string path = value!.GetPath()["$.".Length..].Split("fields.")[^1].Replace("fields['", "", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal);
                parent.RemoveAt(place);
                run.Write(record);

                Invocation verify = run.Verify();

                Assert.True(verify.Code == ExitCode.CheckFailed, $"{path}: {verify.Code}");
                Assert.Contains(path, verify.Error, StringComparison.Ordinal);
                parent.Insert(place, key, value);
            }
        }
    }

    [Fact]
    public void A_field_that_was_added_or_is_there_twice_is_named()
    {
        string text = File.ReadAllText(run.RecordFile);
        foreach (string added in (string[])["\"note\": 7,", "\"backend\": \"cpu\","])
        {
            File.WriteAllText(run.RecordFile, text.Replace("\"runtime\":", $"{added} \"runtime\":", StringComparison.Ordinal));

            Assert.Contains(added.Split('"')[1] + ": ", Failed(run.Verify()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_changed_byte_of_the_record_is_noticed()
    {
        const int Step = 11;
        byte[] whole = File.ReadAllBytes(run.RecordFile);
        for (int at = 0; at < whole.Length; at += Step)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            File.WriteAllBytes(run.RecordFile, changed);

            Assert.True(run.Verify().Code is ExitCode.CheckFailed or ExitCode.Refused, $"byte {at}");
        }

        File.WriteAllBytes(run.RecordFile, [.. whole, (byte)' ']);
        Assert.Contains("run-record.json: recordSha256: is not the SHA-256 of the text", Failed(run.Verify()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("margins.csv")]
    [InlineData("margins.json")]
    public void A_changed_or_missing_output_is_named_and_the_others_are_not(string output)
    {
        string file = run.Folder[$"out/{output}"];
        byte[] whole = File.ReadAllBytes(file);
        for (int at = 0; at < whole.Length; at += Math.Max(1, whole.Length / 40))
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            File.WriteAllBytes(file, changed);
            Assert.StartsWith($"{output}: was changed: ", Assert.Single(Lines(Failed(run.Verify()))), StringComparison.Ordinal);
        }

        foreach (byte[] changed in (byte[][])[[], whole[..^1], [.. whole, (byte)'\n']])
        {
            File.WriteAllBytes(file, changed);
            Assert.StartsWith($"{output}: was changed: ", Assert.Single(Lines(Failed(run.Verify()))), StringComparison.Ordinal);
        }

        File.Delete(file);
        Assert.Equal($"{output}: is missing", Assert.Single(Lines(Failed(run.Verify()))));
        Assert.Equal(ExitCode.CheckFailed, run.Replay().Code);
    }

    [Theory]
    [InlineData("extra.csv")]
    [InlineData("margins.csv.bak")]
    [InlineData(".hidden")]
    public void An_extra_file_is_named(string name)
    {
        File.WriteAllText(run.Folder[$"out/{name}"], "");

        Assert.Equal($"{name}: is there and not in the record", Assert.Single(Lines(Failed(run.Verify()))));
        Assert.Equal(ExitCode.Done, run.Replay().Code);
    }

    [Fact]
    public void A_signature_of_the_record_and_a_roll_beside_it_are_not_extra()
    {
        File.WriteAllText(run.Folder["out/run-record.json.sig"], "");
        File.WriteAllText(run.Folder["out/roll.csv"], "");

        Assert.Equal(ExitCode.Done, run.Verify().Code);
    }

    [Fact]
    public void Requirements_of_another_run_are_extra()
    {
        File.Copy(run.Folder["out/margins.json"], run.Folder["margins.json"]);
        File.Delete(Path.Combine(run.Set, "policy.json"));
        Assert.Equal("", run.Run().Error);
        Assert.Equal(ExitCode.Done, run.Verify().Code);

        File.Copy(run.Folder["margins.json"], run.Folder["out/margins.json"]);

        Assert.StartsWith("margins.json: is there", Failed(run.Verify()), StringComparison.Ordinal);
        Assert.StartsWith("margins.json: is there", Failed(run.Replay()), StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_are_json_when_asked_for()
    {
        File.Delete(run.Folder["out/margins.csv"]);

        using JsonDocument json = JsonDocument.Parse(Invocation.Of("verify", run.Out, "--json").Output);

        Assert.False(json.RootElement.GetProperty("intact").GetBoolean());
        Assert.Equal("margins.csv", Assert.Single(json.RootElement.GetProperty("findings").EnumerateArray()).GetProperty("file").GetString());
    }

    [Theory]
    [InlineData("set", "no run-record.json or calibration.json")]
    [InlineData("nothing", "no run-record.json or calibration.json")]
    public void A_folder_without_a_record_is_refused(string folder, string message)
    {
        Invocation refused = Invocation.Of("verify", run.Folder[folder]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Layout_1_is_checked_by_its_outputs()
    {
        run.MakeLayout1();
        Invocation intact = run.Verify();
        Assert.Equal(ExitCode.Done, intact.Code);
        Assert.Contains("layout 1 has no hash of itself", intact.Error, StringComparison.Ordinal);

        File.AppendAllText(run.Folder["out/margins.csv"], " ");

        Assert.Contains("margins.csv: was changed", Failed(run.Verify()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_calibrate_wrote_is_checked_in_a_folder_with_files_of_other_origin()
    {
        string history = run.Folder["history"];
        Directory.CreateDirectory(history);
        HistoryFiles.WriteTo(history);
        string model = run.Folder["model"];
        Assert.Equal("", Invocation.Of("calibrate", Path.Combine(history, "history.csv"), "--out", model, "--quiet", "--marginal", "empirical").Error);
        File.WriteAllText(Path.Combine(model, "positions.csv"), "mine");
        Assert.StartsWith("intact: calibration.json, factors.csv, ", Invocation.Of("verify", model).Output, StringComparison.Ordinal);

        File.Delete(Path.Combine(model, "residuals.csv"));
        File.AppendAllText(Path.Combine(model, "factors.csv"), "\n");

        string[] lines = Lines(Failed(Invocation.Of("verify", model)));
        Assert.Contains("residuals.csv: is missing", lines);
        Assert.Contains(lines, line => line.StartsWith("factors.csv: was changed", StringComparison.Ordinal));
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public void An_edited_estimate_of_a_calibration_is_named()
    {
        string file = run.Folder["model/calibration.json"];
        Directory.CreateDirectory(run.Folder["model"]);
        HistoryFiles.WriteTo(run.Folder["model"]);
        Assert.Equal("", Invocation.Of("calibrate", run.Folder["model/history.csv"], "--out", run.Folder["model"], "--quiet").Error);
        JsonNode record = JsonNode.Parse(File.ReadAllBytes(file))!;
        record["factors"]![1]!["fit"]!["parameters"]!["omega"] = 0.5;
        File.WriteAllText(file, record.ToJsonString());

        string line = Assert.Single(Lines(Failed(Invocation.Of("verify", run.Folder["model"]))));

        Assert.StartsWith("calibration.json:1: factors[1].fit.parameters.omega: was edited", line, StringComparison.Ordinal);
    }

    static string Failed(Invocation verify)
    {
        Assert.Equal(ExitCode.CheckFailed, verify.Code);
        return verify.Error;
    }

    static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    static IEnumerable<JsonNode> Leaves(JsonNode node) => node switch
    {
        JsonObject { Count: > 0 } members => members.SelectMany(member => Leaves(member.Value!)),
        JsonArray items when items.Any(item => item is JsonObject) => items.SelectMany(item => Leaves(item!)),
        _ => [node],
    };

    static JsonNode Other(JsonNode leaf) => leaf.GetValueKind() switch
    {
        JsonValueKind.Array => new JsonArray([.. leaf.AsArray().Select(item => item!.DeepClone()), "x"]),
        JsonValueKind.Object => new JsonObject { ["x"] = 1 },
        JsonValueKind.String => JsonValue.Create(leaf.GetValue<string>() + "x"),
        JsonValueKind.Number => JsonValue.Create(leaf.GetValue<double>() + 1),
        _ => JsonValue.Create(!leaf.GetValue<bool>()),
    };
}
