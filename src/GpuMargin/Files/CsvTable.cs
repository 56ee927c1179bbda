using System.Text;
using CsvHelper;

namespace GpuMargin.Files;

/// <summary>Rows of a CSV file, with the line each stands on. Blanks belong to the values (RFC 4180); empty lines are skipped.</summary>
/// <remarks>A quoted cell ends on its line: no column holds text of several lines, and a forgotten quote spoils one row only.</remarks>
sealed class CsvTable : IDisposable
{
    readonly CsvReader reader;
    readonly FaultList faults;
    CsvMalformedReason? malformed;

    CsvTable(SourceFile file, FaultList faults)
    {
        File = file.Name;
        this.faults = faults;
        reader = CsvReader.Create(file.Text, new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            DetectSeparatorHint = false,
            TrackLineNumbers = true,
            AllowLineBreaksInQuotes = false,
            OnMalformedRecord = record => malformed = record.Reason,
        });
    }

    public string File { get; }

    /// <summary>Names of the header row, in file order.</summary>
    public IReadOnlyList<string> Headers { get; private set; } = [];

    public int HeaderLine { get; private set; }

    /// <summary>1-based line of the current row.</summary>
    public int Line => (int)reader.LineNumber;

    /// <summary>Whether the current row has the header's number of cells and sound quotes; a fault says so if not.</summary>
    public bool IsSound { get; private set; }

    /// <summary>Whether the quotes of the current row are in order, so that at least its first cells are what was meant.</summary>
    public bool HasSoundQuotes { get; private set; }

    /// <summary>Data rows read so far, sound or not.</summary>
    public int Rows { get; private set; }

    /// <returns><see langword="null"/> when there is no usable header row; a fault says so.</returns>
    public static CsvTable? Open(SourceFile file, FaultList faults)
    {
        CsvTable table = new(file, faults);
        if (table.ReadHeader())
        {
            return table;
        }

        table.Dispose();
        return null;
    }

    /// <summary>Goes to the next row; adds a fault when it is not sound.</summary>
    public bool Next()
    {
        if (!reader.Read())
        {
            return false;
        }

        Rows++;
        HasSoundQuotes = malformed is null;
        IsSound = HasSoundQuotes && reader.FieldCount == Headers.Count;
        if (!IsSound)
        {
            AddRowFault();
        }

        return true;
    }

    /// <summary>The cell's value, unquoted; valid until the next row. Empty where an unsound row has no such cell.</summary>
    public ReadOnlySpan<byte> Bytes(int column) =>
        column < reader.FieldCount ? reader.GetSpan(column) : default;

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public void Dispose() => reader.Dispose();

    bool ReadHeader()
    {
        if (!reader.Read())
        {
            faults.Add(File, 1, null, null, "a header row (the file is empty)");
            return false;
        }

        HeaderLine = Line;
        if (malformed is not null)
        {
            AddRowFault();
            return false;
        }

        if (reader.FieldCount == 1 && reader.GetSpan(0).IndexOfAny((byte)';', (byte)'\t') >= 0)
        {
            faults.Add(File, Line, null, reader.GetString(0), "columns separated by commas (and '.' as decimal point)");
            return false;
        }

        if (IsComment(reader.GetString(0)))
        {
            faults.Add(File, Line, null, Encoding.UTF8.GetString(reader.RawRecord), "a header row (CSV files have no comments)");
            return false;
        }

        Headers = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
        return true;
    }

    // A name may begin with '#': a comment has a blank behind it, or nothing beside it.
    bool IsComment(string first) => first.StartsWith('#') && (reader.FieldCount == 1 || first.Length == 1 || first[1] is '#' or ' ' or '!');

    /// <summary>Which column it is that has no name, to be put behind what was expected; empty for one with a name.</summary>
    public string BlankHint(int column) => Headers[column].Length > 0 ? "" : FormattableString.Invariant($" (column {column + 1} has no name)");

    void AddRowFault()
    {
        if (malformed is { } reason)
        {
            malformed = null;
            string row = Encoding.UTF8.GetString(reader.RawRecord);
            faults.Add(File, Line, null, row, reason switch
            {
                CsvMalformedReason.LineBreakInQuotes or CsvMalformedReason.UnterminatedQuote =>
                    "a closing quote on the same line",
                CsvMalformedReason.TextAfterClosingQuote =>
                    "a comma or the end of the line after the closing quote (a quote inside quotes is doubled)",
                _ => "quotes around the whole value (a value that holds a quote is quoted and the quote doubled)",
            });
            return;
        }

        string hint = reader.FieldCount > Headers.Count ? " (a decimal comma, or a comma in a name without quotes?)" : "";
        faults.Add(
            File,
            Line,
            null,
            FormattableString.Invariant($"{reader.FieldCount} {(reader.FieldCount == 1 ? "value" : "values")}"),
            FormattableString.Invariant($"{Headers.Count} {(Headers.Count == 1 ? "value" : "values")}, one for each column of the header{hint}"));
    }
}
