using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.Cli;
using GpuMargin.Reporting;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>A run of a Gaussian set with a policy, whose record and outputs can be tampered with.</summary>
sealed class RecordedFolder : IDisposable
{
    internal static readonly string[] Short = ["--scenarios", "300", "--confidence", "0.9", "--threads", "1"];

    internal RecordedFolder()
    {
        Set = SmallSet.WriteTo(Folder["set"]);
        string run = Path.Combine(Set, "run.json");
        File.WriteAllText(run, File.ReadAllText(run).Replace("""{ "family": "student-t", "nu": 6.5 }""", """{ "family": "gaussian" }""", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(Set, "policy.json"), """{"version":1,"buffer":{"rate":0.25}}""");
        Invocation done = Run();
        Assert.True(done.Code == ExitCode.Done, done.Error);
    }

    internal TemporaryFolder Folder { get; } = new();

    internal string Set { get; }

    internal string Out => Folder["out"];

    internal string RecordFile => Folder["out/run-record.json"];

    internal RunRecord Record => RunRecord.FromJson(File.ReadAllBytes(RecordFile));

    internal JsonNode Json => JsonNode.Parse(File.ReadAllBytes(RecordFile))!;

    internal Invocation Run(params string[] more) => Invocation.Of(["run", Set, "--out", Out, "--quiet", .. Short, .. more]);

    internal Invocation Verify() => Invocation.Of("verify", Out);

    internal Invocation Replay() => Invocation.Of("replay", Out, "--threads", "1");

    internal Invocation Explain() => Invocation.Of("explain", Out, "long");

    /// <summary>Edit of the record as a forger makes it who knows the layout.</summary>
    internal void Forge(Func<RunRecord, RunRecord> edit) => File.WriteAllBytes(RecordFile, edit(Record).Sealed().ToJson());

    internal void Write(JsonNode record) => Write(RecordFile, record);

    static void Write(string file, JsonNode record) => File.WriteAllText(file, record.ToJsonString(s_asWritten) + "\n");

    /// <summary>The record in the layout of version 0.1.0.</summary>
    internal void MakeLayout1(Action<JsonObject>? edit = null) => MakeLayout1(RecordFile, edit);

    /// <inheritdoc cref="MakeLayout1(Action{JsonObject}?)"/>
    internal static void MakeLayout1(string file, Action<JsonObject>? edit = null)
    {
        JsonObject record = JsonNode.Parse(File.ReadAllBytes(file))!.AsObject();
        record["schema"] = 1;
        foreach (string key in (string[])["runId", "fields", "recordSha256"])
        {
            record.Remove(key);
        }

        edit?.Invoke(record);
        Write(file, record);
    }

    static readonly JsonSerializerOptions s_asWritten = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Dispose() => Folder.Dispose();
}
