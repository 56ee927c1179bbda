using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Cli.Display;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Files.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Limits;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Commands;

/// <summary>A run against its limits and against another run.</summary>
/// <param name="Breaches"><see langword="null"/>: the set has no limits.</param>
/// <param name="Changes"><see langword="null"/> without another run.</param>
sealed record LimitedRun(ClearingSet Set, MarginReport Report, IReadOnlyList<LimitBreach>? Breaches, RunChanges? Changes)
{
    /// <exception cref="CommandRefusedException">The two runs are in different currencies.</exception>
    public static void Check(ClearingSet set, EarlierRun? since)
    {
        if (since is not null && since.Currency != set.Settings.Currency)
        {
            throw new CommandRefusedException($"amounts in {set.Settings.Currency} and, in {since.Folder}, in {since.Currency}, expected two runs in one currency");
        }
    }

    public static LimitedRun Of(ClearingSet set, MarginReport report, EarlierRun? since) => new(
        set,
        report with { Warnings = [.. report.Warnings, .. since is null ? Unchecked(set) : []] },
        set.Limits.Count == 0 ? null : MarginLimits.Breaches(set, report.Accounts, since?.Accounts),
        since is null ? null : RunChanges.Of(since.Folder, since.AsOf, since.Currency, since.Accounts, report.Accounts));

    /// <summary>breaches.csv; <see langword="null"/>: none is written.</summary>
    public byte[]? File(bool spreadsheetSafe) => Breaches is null ? null : BreachesCsv.ToBytes(Breaches, spreadsheetSafe);

    /// <summary>Breaches, then changes.</summary>
    public void Write(Terminal terminal, string folder, TableRows rows)
    {
        if (Breaches is not null)
        {
            BreachTable.Write(terminal, Breaches, Set.Limits.Count, Path.Combine(folder, BreachesCsv.FileName).Replace('\\', '/'), Set.Settings.Currency, rows.Top);
        }

        if (Changes is not null)
        {
            ChangeTable.Write(terminal, Changes, rows);
        }
    }

    /// <summary>What of the result was not to be, a line each.</summary>
    public IEnumerable<string> Failures(Failure asked)
    {
        int calls = Report.Accounts.Count(account => account.Requirement?.Called > 0), breaches = Breaches?.Count ?? 0;
        if (asked.HasFlag(Failure.Call) && calls > 0)
        {
            yield return Text.Invariant($"gpumargin: {calls:N0} {(calls == 1 ? "netting set has a call" : "netting sets have calls")}; the margins are written");
        }

        if (asked.HasFlag(Failure.Breach) && breaches > 0)
        {
            yield return Text.Invariant($"gpumargin: {breaches:N0} {(breaches == 1 ? "limit is" : "limits are")} breached; the margins are written");
        }
    }

    static IEnumerable<string> Unchecked(ClearingSet set)
    {
        int count = set.Limits.Count(limit => limit.Kind == LimitKind.Change);
        if (count > 0)
        {
            yield return Text.Invariant($"{LimitReader.FileName}: {count:N0} {(count == 1 ? "limit" : "limits")} of kind 'change' not checked, because there is no --since.");
        }
    }
}
