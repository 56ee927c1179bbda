namespace GpuMargin.Files.Mapping;

/// <summary>The rows of a vendor's file by field.</summary>
sealed class MappedRows
{
    readonly Dictionary<string, int[]> places;

    MappedRows(SourceTable table, ColumnMapping mapping, Dictionary<string, int[]> places, FaultList faults) =>
        (Table, Mapping, this.places, Faults) = (table, mapping, places, faults);

    public SourceTable Table { get; }

    public ColumnMapping Mapping { get; }

    public FaultList Faults { get; }

    public IEnumerable<MappedRow> Rows => Table.Rows.Select(row => new MappedRow(this, row.Line, row.Cells));

    /// <param name="required">Fields that have to be mapped.</param>
    /// <returns><see langword="null"/> where the file lacks a column or the mapping a field; faults say which.</returns>
    public static MappedRows? Of(SourceTable table, ColumnMapping mapping, IReadOnlyList<string> required, FaultList faults)
    {
        int before = faults.Count;
        foreach (string field in required.Where(field => mapping.Find(field) is null))
        {
            faults.Add(mapping.Name, null, $"fields.{field}", null, "the field's column or constant");
        }

        Dictionary<string, int[]> places = [];
        foreach ((string name, FieldMapping field) in mapping.Fields)
        {
            int[] found = [.. field.Columns.Select(column => table.Columns.ToList().IndexOf(column))];
            if (Array.IndexOf(found, -1) is var missing and >= 0)
            {
                faults.Add(table.File, table.HeaderLine, field.Columns[missing], null, FormattableString.Invariant($"this column, which {mapping.Name}:{field.Line} has for '{name}'"));
            }

            places[name] = found;
        }

        return faults.Count == before ? new MappedRows(table, mapping, places, faults) : null;
    }

    public int[] PlacesOf(string field) => places.GetValueOrDefault(field, []);
}
