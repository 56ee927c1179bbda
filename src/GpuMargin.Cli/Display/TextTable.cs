using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>A table for people: a title, and those of its columns that fit the terminal. No name or number in it is broken.</summary>
/// <param name="title">In words; the unit of amounts, too.</param>
/// <param name="columns">The first holds names.</param>
sealed class TextTable(string title, params TextColumn[] columns)
{
    const int Gap = 2;

    readonly List<string[]> rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One per column, as markup.</param>
    internal void Add(params string[] cells) => rows.Add(cells);

    internal void Write(Terminal terminal)
    {
        int[] shown = Shown(terminal.Width);
        var table = new Table { Border = terminal.Width is null ? TableBorder.Ascii : TableBorder.None };
        foreach (int k in shown)
        {
            table.AddColumn(new TableColumn(Markup.Escape(columns[k].Heading))
            {
                Alignment = columns[k].IsNumber ? Justify.Right : Justify.Left,
                NoWrap = true,
                Padding = terminal.Width is null ? new Padding(1, 0, 1, 0) : new Padding(0, 0, k == shown[^1] ? 0 : Gap, 0),
            });
        }

        foreach (string[] row in rows)
        {
            table.AddRow(shown.Select(k => row[k]).ToArray());
        }

        terminal.Out.WriteLine();
        terminal.Out.WriteLine(title);
        // A name longer than the terminal makes a longer line.
        PlainConsole.Of(terminal, terminal.Width is { } width ? Math.Max(width, Width(shown)) : null).Write(table);
    }

    int[] Shown(int? width)
    {
        List<int> shown = [.. Enumerable.Range(0, columns.Length)];
        while (width is { } most && Width(shown) > most && shown.MaxBy(k => columns[k].Optional) is var least && columns[least].Optional > 0)
        {
            shown.Remove(least);
        }

        return [.. shown];
    }

    int Width(IReadOnlyCollection<int> shown) => shown.Sum(k => rows.Select(row => Length(row[k])).Append(columns[k].Heading.Length).Max()) + (Gap * (shown.Count - 1));

    // In terminal cells: a Chinese character takes two.
    static int Length(string markup) => new Markup(markup).Length;
}

/// <summary>A column of a table for people.</summary>
/// <param name="Optional">Left out where the terminal is too narrow, the highest first; 0: never.</param>
readonly record struct TextColumn(string Heading, bool IsNumber = true, int Optional = 0);
