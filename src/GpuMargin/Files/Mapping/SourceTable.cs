using System.Text.Json;

namespace GpuMargin.Files.Mapping;

/// <summary>Rows of a vendor's file, CSV or a JSON list of objects, with the line each begins on.</summary>
/// <param name="File">As faults name it.</param>
/// <param name="HeaderLine">Line that names the columns.</param>
/// <param name="Columns">Names.</param>
/// <param name="Rows">Cells by column; empty: missing or null.</param>
sealed record SourceTable(string File, int HeaderLine, IReadOnlyList<string> Columns, IReadOnlyList<(int Line, string[] Cells)> Rows)
{
    /// <returns><see langword="null"/> after faults.</returns>
    public static SourceTable? Read(SourceFile file, FaultList faults) =>
        file.Text.Span.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] ? OfJson(file, faults) : OfCsv(file, faults);

    static SourceTable? OfCsv(SourceFile file, FaultList faults)
    {
        using CsvTable? csv = CsvTable.Open(file, faults);
        if (csv is null)
        {
            return null;
        }

        List<(int, string[])> rows = [];
        while (csv.Next())
        {
            if (csv.IsSound)
            {
                string[] cells = new string[csv.Headers.Count];
                for (int column = 0; column < cells.Length; column++)
                {
                    cells[column] = csv.Text(column);
                }

                rows.Add((csv.Line, cells));
            }
        }

        return new SourceTable(csv.File, csv.HeaderLine, csv.Headers, rows);
    }

    // A list, or an object with one: what an interface answers.
    static SourceTable? OfJson(SourceFile file, FaultList faults)
    {
        if (LocatedJson.Parse(file, faults) is not { } json)
        {
            return null;
        }

        LocatedJson? list = json.Kind == JsonTokenType.StartArray ? json : json.Members.FirstOrDefault(member => member.Value.Kind == JsonTokenType.StartArray).Value;
        if (list is null || list.Items.FirstOrDefault(item => item.Kind != JsonTokenType.StartObject) is { } wrong && Refuse(wrong))
        {
            if (list is null)
            {
                Refuse(json);
            }

            return null;
        }

        string[] columns = [.. list.Items.SelectMany(item => item.Members).Select(member => member.Key).Distinct()];
        Dictionary<string, int> places = columns.Select((name, place) => (name, place)).ToDictionary(column => column.name, column => column.place);
        return new SourceTable(file.Name, list.Line, columns, [.. list.Items.Select(item =>
        {
            string[] cells = new string[columns.Length];
            Array.Fill(cells, "");
            foreach ((string key, LocatedJson value) in item.Members)
            {
                cells[places[key]] = value.Kind == JsonTokenType.Null ? "" : value.Text;
            }

            return (item.Line, cells);
        })]);

        bool Refuse(LocatedJson found)
        {
            faults.Add(file.Name, found.Line, null, found.Text, "a JSON list of objects, or an object with one");
            return true;
        }
    }
}
