using GpuMargin.ClearingSets;
using GpuMargin.Volatility;

namespace GpuMargin.Files;

/// <summary>Surfaces by name, in file order; their contents are meaningful when there are no faults.</summary>
sealed class SurfaceTable
{
    public NameTable Names { get; } = new();

    /// <summary>Drafts by place in <see cref="Names"/>.</summary>
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

    /// <summary>Fits to quotes, by surface and expiry.</summary>
    public IEnumerable<SmileFit> Fits => Drafts.SelectMany(draft => draft.Fits);

    /// <summary>What says of fits that quotes are missed.</summary>
    public IEnumerable<string> MissedQuotes =>
        Drafts.SelectMany(draft => draft.Fits.Zip(draft.SmileLines, (fit, line) => fit.Warning(SmileReader.FileName, line))).OfType<string>();
}

/// <summary>A surface as far as its files were read.</summary>
sealed class SurfaceDraft(string name, int line)
{
    const double DaysPerYear = 365;

    VolatilitySurface? surface;

    public string Name => name;

    /// <summary>Line of surfaces.csv.</summary>
    public int Line => line;

    public double Stickiness { get; set; }

    public double? TermPower { get; set; }

    public SurfaceCoordinate Coordinate { get; set; }

    /// <summary>Smiles by expiry.</summary>
    public List<Smile> Smiles { get; } = [];

    /// <summary>Lines of smiles.csv.</summary>
    public List<int> SmileLines { get; } = [];

    /// <summary>Quotes in place of smiles, which are fitted to them when the forwards are known.</summary>
    public List<SmileQuoteRow> Quotes { get; } = [];

    /// <summary>Errors of the fits, with <see cref="Smiles"/>; none of smiles that are given.</summary>
    public List<SmileFit> Fits { get; } = [];

    public bool HasSmiles => Smiles.Count + Quotes.Count > 0;

    /// <summary>Whether a smile may be missing because a row was at fault.</summary>
    public bool HasFaultySmile { get; set; }

    public List<PivotRow> Pivots { get; } = [];

    /// <summary>The surface; instruments of one share it. Without smiles as long as they are to be fitted.</summary>
    public VolatilitySurface Surface => surface ??= new VolatilitySurface(
        name, Stickiness, Coordinate, Smiles, [.. Pivots.Select(row => row.Pivot).OrderBy(pivot => pivot.Days).ThenBy(pivot => pivot.Coordinate)], TermPower);

    /// <summary>Fits smiles to the quotes, expiry by expiry.</summary>
    /// <param name="forward">F to a time.</param>
    public void Fit(Func<double, double> forward)
    {
        foreach (IGrouping<double, SmileQuoteRow> expiry in Quotes.GroupBy(row => row.Years).OrderBy(group => group.Key))
        {
            SmileQuote[] quotes = [.. expiry.Select(row => row.Quote(forward(expiry.Key)))];
            SviFit fit = SviFit.Of(quotes, expiry.Key, Smiles.Count == 0 ? null : Smiles[^1].Slice);
            Smiles.Add(new Smile(expiry.Key, fit.Slice));
            SmileLines.Add(expiry.First().Line);
            Fits.Add(new SmileFit(Name, DaysPerYear * expiry.Key, quotes.Length, fit.RootMeanSquare, fit.Worst));
        }

        surface = Surface with { Smiles = Smiles };
    }
}

/// <summary>A quote and its line of smiles.csv.</summary>
/// <param name="Strike">NaN of a quote by delta.</param>
/// <param name="Delta">Φ(d1), of a quote by delta.</param>
readonly record struct SmileQuoteRow(double Years, double Strike, double Delta, double Volatility, int Line)
{
    public SmileQuote Quote(double forward) =>
        double.IsNaN(Strike) ? SmileQuote.OfDelta(Delta, Volatility, Years) : SmileQuote.OfStrike(Strike, forward, Volatility);
}

/// <summary>A pivot and its line of pivots.csv.</summary>
readonly record struct PivotRow(SurfacePivot Pivot, int Line);
