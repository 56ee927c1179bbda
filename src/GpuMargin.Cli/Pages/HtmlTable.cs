namespace GpuMargin.Cli.Pages;

/// <summary>A table that scrolls within itself where it is wider than the page; the script then lets the keyboard reach it.</summary>
static class HtmlTable
{
    /// <param name="caption">Names the table for those who do not see where it stands.</param>
    /// <param name="id">Of the table; empty: none.</param>
    /// <param name="isSorted">Whether the script lets readers sort it.</param>
    public static void Begin(HtmlWriter html, string caption, string id, bool isSorted, params ReadOnlySpan<Column> columns)
    {
        html.Write($"<div class=\"scroll\"><table");
        if (id.Length > 0)
        {
            html.Write($" id=\"{id}\"");
        }

        if (isSorted)
        {
            html.Write($" data-sort");
        }

        html.Write($">\n<caption>{caption:phrase}</caption>\n<thead><tr>");
        foreach (Column column in columns)
        {
            if (column.IsText)
            {
                html.Write($"<th scope=\"col\" class=\"t\">{column.Heading}</th>");
            }
            else
            {
                html.Write($"<th scope=\"col\">{column.Heading}</th>");
            }
        }

        html.Write($"</tr></thead>\n<tbody>\n");
    }

    public static void End(HtmlWriter html) => html.Write($"</tbody></table></div>\n");
}

/// <param name="IsText">Words rather than amounts.</param>
readonly record struct Column(string Heading, bool IsText)
{
    public static Column Text(string heading) => new(heading, true);

    public static Column Number(string heading) => new(heading, false);
}
