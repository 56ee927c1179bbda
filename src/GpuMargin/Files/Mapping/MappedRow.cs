using System.Text;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files.Mapping;

/// <summary>A row of a vendor's file by field; what does not fit becomes a fault.</summary>
readonly struct MappedRow(MappedRows rows, int line, string[] cells)
{
    public int Line => line;

    public bool IsEmpty(string field) => rows.Mapping.Find(field) is null || (Cell(field, 0) is { Length: 0 });

    /// <summary>The field's text in the words of the program; a fault where it is needed and missing.</summary>
    public string? Text(string field, string phrase)
    {
        string text = Cell(field, 0);
        if (text.Length == 0)
        {
            Refuse(field, null, $"{phrase} (the cell is empty)");
            return null;
        }

        FieldMapping mapping = rows.Mapping.Find(field)!;
        string found = text;
        if (mapping.Pattern is { } pattern)
        {
            if (pattern.Match(text) is not { Success: true } match)
            {
                Refuse(field, text, $"a text of the form {pattern}");
                return null;
            }

            found = match.Groups[1].Value;
        }

        return mapping.Values.GetValueOrDefault(found, found);
    }

    /// <summary>The field's number in the unit of the program; of several columns the mean.</summary>
    /// <returns><see langword="null"/> after a fault.</returns>
    public double? Number(string field, NumberRule rule)
    {
        double sum = 0;
        FieldMapping mapping = rows.Mapping.Find(field)!;
        int count = Math.Max(1, mapping.Columns.Count);
        for (int i = 0; i < count; i++)
        {
            string? text = count == 1 ? Text(field, rule.Phrase) : Cell(field, i);
            if (text is null)
            {
                return null;
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text);
            if (!NumberText.TryRead(bytes, out double value) || !rule.Holds(mapping.Scale * value))
            {
                Refuse(field, text, rule.Phrase + NumberText.Diagnosis(bytes), i);
                return null;
            }

            sum += mapping.Scale * value;
        }

        return sum / count;
    }

    /// <summary>The field's number; nothing where it is not mapped or the cell is empty.</summary>
    public double? NumberOrNone(string field, NumberRule rule) => IsEmpty(field) ? null : Number(field, rule);

    /// <returns><see langword="null"/> after a fault.</returns>
    public T? Word<T>(string field, Vocabulary<T> vocabulary)
        where T : struct
    {
        if (Text(field, vocabulary.Expected()) is not { } text)
        {
            return null;
        }

        T? value = vocabulary.Find(text);
        if (value is null)
        {
            Refuse(field, text, vocabulary.Expected(text));
        }

        return value;
    }

    /// <returns><see langword="null"/> after a fault.</returns>
    public DateTimeOffset? Time(string field)
    {
        TimeFormat format = rows.Mapping.Find(field)!.Time;
        if (Text(field, format.Phrase) is not { } text)
        {
            return null;
        }

        if (format.TryRead(text, out DateTimeOffset time))
        {
            return time;
        }

        Refuse(field, text, format.Phrase);
        return null;
    }

    /// <summary>A fault in the field's column; a constant's in the mapping.</summary>
    public void Refuse(string field, string? found, string expected, int column = 0)
    {
        FieldMapping mapping = rows.Mapping.Find(field)!;
        if (mapping.Columns.Count == 0)
        {
            if (!rows.Faults.Has(rows.Mapping.Name, field))
            {
                rows.Faults.Add(rows.Mapping.Name, mapping.Line, field, found, expected);
            }
        }
        else
        {
            rows.Faults.Add(rows.Table.File, line, mapping.Columns[column], found, expected);
        }
    }

    string Cell(string field, int column) => rows.PlacesOf(field) is { Length: > 0 } places ? cells[places[column]] : rows.Mapping.Find(field)?.Constant ?? "";
}
