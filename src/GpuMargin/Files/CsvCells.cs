using System.Text;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Typed access to the current row by column name; what does not fit becomes a fault.</summary>
sealed class CsvCells(CsvTable table, CsvColumns columns, FaultList faults)
{
    public FaultList Faults => faults;

    public int Line => table.Line;

    public bool IsEmpty(string column) => columns[column] is var at && (at < 0 || table.Bytes(at).IsEmpty);

    public ReadOnlySpan<byte> Bytes(string column) => columns[column] is var at and >= 0 ? table.Bytes(at) : default;

    public string Text(string column) => Encoding.UTF8.GetString(Bytes(column));

    public void Refuse(string column, string? found, string expected) => faults.Add(table.File, table.Line, column, found, expected);

    /// <param name="because">Why the value is needed, such as <c>type is 'option'</c>; <see langword="null"/> when it always is.</param>
    public double? Number(string column, NumberRule rule, string? because = null)
    {
        if (IsEmpty(column))
        {
            RefuseMissing(column, rule.Phrase, because);
            return null;
        }

        ReadOnlySpan<byte> text = Bytes(column);
        if (NumberText.TryRead(text, out double value) && rule.Holds(value))
        {
            return value;
        }

        Refuse(column, Text(column), rule.Phrase + NumberText.Diagnosis(text));
        return null;
    }

    public double? NumberOr(double whenEmpty, string column, NumberRule rule) =>
        IsEmpty(column) ? whenEmpty : Number(column, rule);

    public T? Word<T>(string column, Vocabulary<T> vocabulary, string? because = null)
        where T : struct
    {
        if (IsEmpty(column))
        {
            RefuseMissing(column, vocabulary.Expected(), because);
            return null;
        }

        string text = Text(column);
        T? value = vocabulary.Find(text);
        if (value is null)
        {
            Refuse(column, text, vocabulary.Expected(text));
        }

        return value;
    }

    /// <summary>A value where none has a meaning would be ignored silently, so it is refused.</summary>
    public void MustBeEmpty(string because, params ReadOnlySpan<string> names)
    {
        foreach (string column in names)
        {
            if (!IsEmpty(column))
            {
                Refuse(column, Text(column), $"an empty cell, because {because}");
            }
        }
    }

    public void RefuseMissing(string column, string phrase, string? because)
    {
        string reason = because is null ? "" : $", because {because}";
        string state = columns[column] < 0 ? "the file has no such column" : "the cell is empty";
        Refuse(column, null, $"{phrase}{reason} ({state})");
    }

    /// <summary>Puts the row's own name into the table; rows that are not sound only make their name known.</summary>
    /// <returns>True when the row is to be read on.</returns>
    public bool Register(string column, NameTable names, out int index)
    {
        ReadOnlySpan<byte> name = Bytes(column);
        if (!table.IsSound)
        {
            index = -1;
            if (!table.HasSoundQuotes || name.IsEmpty)
            {
                names.LoseName();
            }
            else
            {
                names.Add(name, out _);
            }

            return false;
        }

        if (NameRule.Breach(Text(column)) is { } breach)
        {
            Refuse(column, name.IsEmpty ? null : Text(column), breach);
            names.LoseName();
        }

        bool isNew = names.Add(name, out index);
        if (!isNew && !name.IsEmpty)
        {
            Refuse(column, Text(column), "a name that no row above has");
        }

        return isNew || name.IsEmpty;
    }
}
