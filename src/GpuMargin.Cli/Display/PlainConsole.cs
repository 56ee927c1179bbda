using GpuMargin.ClearingSets;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>Tables for people; in colour on a terminal that shows it.</summary>
static class PlainConsole
{
    /// <summary>Columns that fit a terminal without frames, framed where lines may be of any length.</summary>
    internal static Table Table(Terminal terminal, string first, IEnumerable<string> numbers, params string[] texts)
    {
        var table = new Table { Border = terminal.Width is null ? TableBorder.Ascii : TableBorder.None };
        table.AddColumn(new TableColumn(first));
        foreach (string heading in numbers)
        {
            table.AddColumn(new TableColumn(heading) { Alignment = Justify.Right, NoWrap = true });
        }

        foreach (string heading in texts)
        {
            table.AddColumn(new TableColumn(heading));
        }
        // Without frames ten-digit amounts fit into 80 columns.
        if (terminal.Width is not null)
        {
            foreach (TableColumn column in table.Columns)
            {
                column.Padding = new Padding(0, 0, column == table.Columns[^1] ? 0 : 2, 0);
            }
        }

        return table;
    }

    /// <summary>A name of the input as a cell.</summary>
    internal static string Cell(string name) => Markup.Escape(VisibleText.Name(name));

    /// <summary>Where the rows are that a table does not show.</summary>
    internal static void More(Terminal terminal, int rows, string file)
    {
        if (rows > 0)
        {
            terminal.Out.WriteLine(Text.Invariant($"\u2026 and {rows:N0} more in {file}"));
        }
    }

    /// <summary>Text of a cell that asks for attention.</summary>
    internal static string Alarming(string text) => $"[bold red]{text}[/]";

    /// <param name="width">Other than the terminal's.</param>
    internal static IAnsiConsole Of(Terminal terminal, int? width = null)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.ShowsColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.ShowsColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Tables),
        });
        // Lines that go to a file are never folded.
        console.Profile.Width = width ?? terminal.Width ?? int.MaxValue / 4;
        return console;
    }
}
