using System.Globalization;
using System.Text;
using GpuMargin.Cli;
using GpuMargin.Tests.Cli;
using GpuMargin.Tests.Files.Commits;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Fuzzing;

/// <summary>Damaged sets, policies, histories and records, whatever the command: a documented exit code, old or complete outputs, readable messages.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    /// <summary>Number of another run than the usual one, and optionally a seed to begin with: <c>10000</c> or <c>1@4711</c>.</summary>
    const string Asked = "GPUMARGIN_MUTATIONS";

    const int Usually = 300;

    /// <summary>A record may ask for a run of hours; one that was stopped is fine too.</summary>
    static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    [Fact]
    public void Damage_gives_documented_exit_codes_and_old_or_complete_outputs()
    {
        string[] asked = (Environment.GetEnvironmentVariable(Asked) ?? $"{Usually}").Split('@');
        int first = asked.Length > 1 ? int.Parse(asked[1], CultureInfo.InvariantCulture) : 0, count = int.Parse(asked[0], CultureInfo.InvariantCulture);
        FuzzSubject[] subjects = FuzzSubject.All();
        SortedDictionary<string, int> codes = new(StringComparer.Ordinal);
        List<string> faults = [];
        try
        {
            for (int seed = first; seed < first + count; seed++)
            {
                FuzzSubject subject = subjects[seed % subjects.Length];
                (int code, string? fault) = Try(subject, seed);
                string kind = $"{subject.Name}: exit code {code}";
                codes[kind] = codes.GetValueOrDefault(kind) + 1;
                if (fault is not null)
                {
                    faults.Add($"seed {seed}, {subject.Name}: {fault}");
                }
            }
        }
        finally
        {
            Array.ForEach(subjects, subject => subject.Dispose());
        }

        output.WriteLine(string.Join('\n', codes.Select(entry => $"{entry.Key}: {entry.Value}")));
        Assert.True(faults.Count == 0, $"{faults.Count} faults\n{string.Join('\n', faults.Take(40))}");
    }

    [Fact]
    public void Without_damage_every_command_is_done()
    {
        List<string> failed = [];
        foreach (FuzzSubject subject in FuzzSubject.All())
        {
            for (int seed = 0; seed < 20; seed++)
            {
                using TemporaryFolder folder = subject.Copy();
                string[] command = subject.Command(new Random(seed), name => folder[name]);
                Invocation run = Invocation.Of(command);
                if (run.Code != ExitCode.Done && !run.Error.Contains("missed the target error", StringComparison.Ordinal))
                {
                    failed.Add($"{subject.Name}, {string.Join(' ', command)}: {Start(run.Error)}");
                }
            }

            subject.Dispose();
        }

        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }

    static (int Code, string? Fault) Try(FuzzSubject subject, int seed)
    {
        Random random = new(seed);
        using TemporaryFolder folder = subject.Copy();
        for (int files = 1 + random.Next(4) / 3; files > 0; files--)
        {
            string name = subject.Damaged[random.Next(subject.Damaged.Length)];
            byte[] damaged = File.ReadAllBytes(folder[name]);
            for (int changes = 1 + random.Next(4) / 3; changes > 0; changes--)
            {
                damaged = Damage.Of(name, damaged, random);
            }

            File.WriteAllBytes(folder[name], damaged);
        }

        string[] command = subject.Command(random, name => folder[name]);
        (string Name, string Bytes)[] before = folder.Snapshot();
        using CancellationTokenSource limit = new(s_longest);
        Invocation run = Invocation.Of(command, limit.Token);
        return (run.Code, Fault(command[0], run, folder, before) is { } fault ? $"{command[0]}, exit code {run.Code}: {fault}" : null);
    }

    static string? Fault(string command, Invocation run, TemporaryFolder folder, (string Name, string Bytes)[] before)
    {
        bool mayFail = command == "replay" || run.Error.Contains("missed the target error", StringComparison.Ordinal);
        if (!(run.Code is ExitCode.Done or ExitCode.Refused or ExitCode.Interrupted || (run.Code == ExitCode.CheckFailed && mayFail)))
        {
            return Start(run.Error);
        }

        if (run.Error.Contains("   at ", StringComparison.Ordinal) || run.Error.Contains("defect", StringComparison.Ordinal))
        {
            return $"a trace: {Start(run.Error)}";
        }

        if ((Unreadable(run.Output) ?? Unreadable(run.Error)) is { } unreadable)
        {
            return unreadable;
        }

        if (run.Code is ExitCode.Refused or ExitCode.Interrupted || command is "replay" or "explain")
        {
            return run.Code == ExitCode.Refused && run.Error.Length == 0 ? "refused without a word"
                : folder.Snapshot().SequenceEqual(before) ? null : "files have changed";
        }

        (string results, string record) = command switch { "run" => ("set/out", "run-record.json"), "calibrate" => ("set", "calibration.json"), _ => ("", "") };
        return record.Length > 0 && OutputState.FilesOfOneCommit(folder[results], record) is null ? "outputs are not of one run"
            : folder.Snapshot().Any(entry => entry.Name.EndsWith(".gpumargin", StringComparison.Ordinal)) ? "there is litter"
            : null;
    }

    static string? Unreadable(string text) =>
        text.FirstOrDefault(c => c != '\n' && (char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format)) is var c and not '\0' ? FormattableString.Invariant($"U+{(int)c:X4} is shown")
        : text.Split('\n').FirstOrDefault(line => line.StartsWith("gpumargin:", StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(line) > 4096) is { } line ? $"a message of {line.Length} characters"
        : null;

    static string Start(string text) => text[..Math.Min(300, text.Length)];
}
