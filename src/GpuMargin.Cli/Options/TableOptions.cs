using System.CommandLine;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Display;

namespace GpuMargin.Cli.Options;

/// <summary>Which rows the tables show and in which order; files and JSON have all.</summary>
sealed class TableOptions
{
    const string Sort = "--sort", Account = "--account", Member = "--member";

    readonly Option<RowOrder?> sort = ValueOptions.Word(
        Sort, $"Order of the tables, amounts from the largest: {string.Join(", ", RowOrders.Words.Words)}", RowOrders.Words, "COLUMN");

    readonly Option<int?> top = ValueOptions.Number<int>("--top", "N", Text.Invariant($"Rows of a table at most ({TableRows.Default} when left out)"), "a whole number from 1", rows => rows >= 1);

    readonly Option<string[]> accounts = new(Account) { Description = "Show this account and its netting set; may be repeated", HelpName = "ACCOUNT" };

    readonly Option<string[]> members = new(Member) { Description = "Show what this clearing member has; may be repeated", HelpName = "MEMBER" };

    internal TableOptions(Command command)
    {
        command.Add(sort);
        command.Add(top);
        command.Add(accounts);
        command.Add(members);
    }

    /// <exception cref="CommandRefusedException">The set has no such account or member, or nothing that could be sorted by.</exception>
    internal TableRows Rows(ParseResult command, ClearingSet set)
    {
        RowOrder? order = command.GetValue(sort);
        if (order is { } wanted && set.Policy is null && RowOrders.OfRequirement(wanted) is not null)
        {
            throw new CommandRefusedException($"{Sort}: found '{RowOrders.Words.WordOf(wanted)}', expected a clearing set with policy.json: without it nothing is required");
        }

        return TableRows.Of(set, command.GetValue(top) ?? TableRows.Default, order, Named(Account, "account", accounts, set.Accounts), Named(Member, "member", members, Members(set)));

        string[]? Named(string option, string kind, Option<string[]> names, IReadOnlyList<string> known) =>
            command.GetValue(names) is { Length: > 0 } given ? [.. NameSelection.Indices(option, kind, given, known).Select(index => known[index])] : null;
    }

    static string[] Members(ClearingSet set) => [.. Margin.NettingSet.Of(set).Select(nettingSet => nettingSet.Member).Distinct()];
}
