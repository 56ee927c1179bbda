using CsvHelper;
using GpuMargin.ClearingSets;

namespace GpuMargin.Reporting;

/// <summary>One row per scenario, written block by block: <c>scenario,&lt;name&gt;…</c>, or <c>scenario,weight,&lt;name&gt;…</c>, with the shortest text that reads back as the same bits.</summary>
sealed class ScenarioCsv : IDisposable
{
    readonly CsvWriter csv;
    readonly int[] columns;
    readonly int width;
    readonly bool single;
    readonly Func<int, double>? weight;

    /// <param name="output">Left open.</param>
    /// <param name="names">Name of each column of a block.</param>
    /// <param name="columns">The columns to write, as indices into <paramref name="names"/>, in the order of writing.</param>
    /// <param name="single">The values are single precision held in doubles.</param>
    /// <param name="spreadsheetSafe">See <see cref="CsvDialect.Name"/>.</param>
    /// <param name="weight">Weight of a scenario by its number, mean 1; <see langword="null"/>: all are 1 and there is no such column.</param>
    public ScenarioCsv(Stream output, IReadOnlyList<string> names, int[] columns, bool single, Func<int, double>? weight = null, bool spreadsheetSafe = false)
    {
        (this.columns, width, this.single, this.weight) = (columns, names.Count, single, weight);
        csv = CsvWriter.Create(output, CsvDialect.Options, leaveOpen: true);
        csv.WriteHeader([ScenarioColumns.Scenario, .. (ReadOnlySpan<string>)(weight is null ? [] : [ScenarioColumns.Weight]), .. columns.Select(column => CsvDialect.Name(names[column], spreadsheetSafe))]);
    }

    /// <summary>Rows written so far.</summary>
    public int Rows { get; private set; }

    /// <param name="values">[row, column], row-major, all columns of the block.</param>
    public void Write(int firstScenario, int rows, ReadOnlySpan<double> values)
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> cells = values.Slice(row * width, width);
            csv.WriteField(firstScenario + row);
            if (weight is not null)
            {
                csv.WriteField(weight(firstScenario + row), CsvDialect.RoundTrip);
            }

            foreach (int column in columns)
            {
                if (single)
                {
                    csv.WriteField((float)cells[column], CsvDialect.RoundTrip);
                }
                else
                {
                    csv.WriteField(cells[column], CsvDialect.RoundTrip);
                }
            }

            csv.EndRecord();
        }

        Rows += rows;
    }

    public void Dispose() => csv.Dispose();
}
