using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

static class PositionReader
{
    const int RowsBetweenCancellationChecks = 1 << 16;

    static readonly string[] s_required = ["account", "instrument", "quantity"];

    /// <param name="instruments"><see langword="null"/> when the instruments' names are not known: references are not checked.</param>
    /// <param name="pieceBytes">Bytes of plain rows read by one thread at a time; 0: all rows by the library's reader. Changes no result.</param>
    public static (NameTable Accounts, PositionTable Positions) Read(
        SourceFile? file, NameTable? instruments, FaultList faults, CancellationToken cancellation, int pieceBytes = PlainPositions.PieceBytes)
    {
        NameTable accounts = new();
        using CsvTable? csv = file is null ? null : CsvTable.Open(file, faults);
        if (csv is null || CsvColumns.Find(csv, s_required, [], faults) is not { } columns)
        {
            accounts.LoseName();
            return (accounts, new PositionTable([], [], []));
        }

        (int account, int instrument, int quantity) = (columns["account"], columns["instrument"], columns["quantity"]);
        if (pieceBytes > 0 && instruments is not null && csv.HeaderLine == 1
            && PlainPositions.TryRead(file!.Text, (account, instrument, quantity), instruments, pieceBytes, cancellation) is { } plain)
        {
            return plain;
        }

        ReadOnlySpan<byte> text = file!.Text.Span;
        PositionColumns rows = new(text.Count((byte)'\n') - (text.EndsWith("\n"u8) ? 1 : 0));
        LastName last = default;
        while (csv.Next())
        {
            if (csv.Rows % RowsBetweenCancellationChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (!csv.IsSound)
            {
                accounts.LoseName();
                continue;
            }

            // Files are mostly sorted by account: the previous row's is tried before the table.
            ReadOnlySpan<byte> name = csv.Bytes(account);
            if (!last.Is(name))
            {
                if (accounts.Add(name, out int index) && NameRule.Breach(accounts.Names[index]) is { } breach)
                {
                    faults.Add(csv.File, csv.Line, "account", name.IsEmpty ? null : csv.Text(account), breach);
                }

                last.Set(name, index);
            }

            int held = instruments is null ? 0 : instruments.IndexOf(csv.Bytes(instrument));
            if ((held < 0 && instruments!.IsComplete) || csv.Bytes(instrument).IsEmpty)
            {
                RefuseInstrument(csv, instrument, instruments, faults);
            }

            if (!NumberText.TryRead(csv.Bytes(quantity), out double contracts))
            {
                RefuseQuantity(csv, quantity, faults);
            }

            rows.Add(last.Index, held, contracts);
        }

        if (csv.Rows == 0)
        {
            faults.Add(csv.File, csv.HeaderLine, null, null, "at least one position below the header");
        }

        return (accounts, rows.ToTable());
    }

    static void RefuseInstrument(CsvTable csv, int column, NameTable? instruments, FaultList faults)
    {
        string name = csv.Text(column);
        faults.Add(
            csv.File,
            csv.Line,
            "instrument",
            name.Length == 0 ? null : name,
            name.Length == 0 ? "an instrument of instruments.csv (the cell is empty)" : $"an instrument of instruments.csv{instruments?.DidYouMean(name, faults)}");
    }

    static void RefuseQuantity(CsvTable csv, int column, FaultList faults)
    {
        ReadOnlySpan<byte> text = csv.Bytes(column);
        string problem = text.IsEmpty ? " (the cell is empty)" : NumberText.Diagnosis(text);
        faults.Add(csv.File, csv.Line, "quantity", text.IsEmpty ? null : csv.Text(column), $"a finite number of contracts{problem}");
    }

    struct LastName
    {
        byte[]? bytes;
        int length;

        public int Index { get; private set; }

        public readonly bool Is(ReadOnlySpan<byte> name) => bytes is not null && name.SequenceEqual(bytes.AsSpan(0, length));

        public void Set(ReadOnlySpan<byte> name, int index)
        {
            if (bytes is null || bytes.Length < name.Length)
            {
                bytes = new byte[Math.Max(32, name.Length)];
            }

            name.CopyTo(bytes);
            (length, Index) = (name.Length, index);
        }
    }
}
