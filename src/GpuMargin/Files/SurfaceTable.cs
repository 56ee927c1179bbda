using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Surfaces by name, in file order; their contents are meaningful when there are no faults.</summary>
sealed class SurfaceTable
{
    public NameTable Names { get; } = new();

    /// <summary>By place in <see cref="Names"/>.</summary>
    public List<SurfaceDraft> Drafts { get; } = [];

    /// <summary>The surface that a cell names; <see langword="null"/> after a fault.</summary>
    public SurfaceDraft? Find(CsvCells cells, string column)
    {
        int place = Names.IndexOf(cells.Bytes(column));
        if (place < 0 && cells.IsEmpty(column))
        {
            cells.RefuseMissing(column, $"a surface of {SurfaceReader.FileName}", null);
        }
        else if (place < 0 && Names.IsComplete)
        {
            string name = cells.Text(column);
            cells.Refuse(column, name, $"a surface of {SurfaceReader.FileName}{Names.DidYouMean(name, cells.Faults)}");
        }

        return place < 0 ? null : Drafts[place];
    }

    /// <summary>What says that no instrument has a surface.</summary>
    public IEnumerable<string> Unused(IReadOnlyList<Instrument> instruments)
    {
        HashSet<string> used = [.. instruments.Where(instrument => instrument.Surface is not null).Select(instrument => instrument.Surface!.Name)];
        return Names.Names.Where(name => !used.Contains(name)).Select(name => $"No instrument has the surface '{VisibleText.Name(name)}' of {SurfaceReader.FileName}.");
    }
}

/// <summary>A surface as far as its files were read.</summary>
sealed class SurfaceDraft(string name, int line)
{
    VolatilitySurface? surface;

    public string Name => name;

    /// <summary>Of surfaces.csv.</summary>
    public int Line => line;

    public double Stickiness { get; set; }

    public double? TermPower { get; set; }

    public SurfaceCoordinate Coordinate { get; set; }

    /// <summary>By expiry.</summary>
    public List<Smile> Smiles { get; } = [];

    /// <summary>Lines of smiles.csv.</summary>
    public List<int> SmileLines { get; } = [];

    /// <summary>Whether a smile may be missing because a row was at fault.</summary>
    public bool HasFaultySmile { get; set; }

    public List<PivotRow> Pivots { get; } = [];

    /// <summary>The surface; instruments of one share it.</summary>
    public VolatilitySurface Surface => surface ??= new VolatilitySurface(
        name, Stickiness, Coordinate, Smiles, [.. Pivots.Select(row => row.Pivot).OrderBy(pivot => pivot.Days).ThenBy(pivot => pivot.Coordinate)], TermPower);
}

/// <summary>A pivot and its line of pivots.csv.</summary>
readonly record struct PivotRow(SurfacePivot Pivot, int Line);
