using CsvHelper;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Writes the surfaces of a set's instruments.</summary>
static class SurfaceWriter
{
    /// <param name="write">Writes a file by its name.</param>
    public static void Write(ClearingSet set, Action<string, Action<CsvWriter>> write)
    {
        VolatilitySurface[] surfaces = [.. set.Instruments.Select(instrument => instrument.Surface).OfType<VolatilitySurface>().DistinctBy(surface => surface.Name)];
        write(SurfaceReader.FileName, csv =>
        {
            csv.WriteRecord("surface", "stickiness", "term_power", "coordinate");
            foreach (VolatilitySurface surface in surfaces)
            {
                csv.WriteRecord(
                    surface.Name, ClearingSetWriter.Text(surface.Stickiness), surface.TermPower is { } power ? ClearingSetWriter.Text(power) : "",
                    Words.SurfaceCoordinates.WordOf(surface.Coordinate));
            }
        });
        if (surfaces.Any(surface => surface.Smiles.Count > 0))
        {
            write(SmileReader.FileName, csv => WriteSmiles(csv, set, surfaces));
        }

        if (surfaces.Any(surface => surface.Pivots.Count > 0))
        {
            write(PivotReader.FileName, csv => WritePivots(csv, set, surfaces));
        }
    }

    static void WriteSmiles(CsvWriter csv, ClearingSet set, VolatilitySurface[] surfaces)
    {
        csv.WriteRecord("surface", "expiry", "a", "b", "rho", "m", "sigma");
        foreach (VolatilitySurface surface in surfaces)
        {
            foreach ((double years, Volatility.SviSlice slice) in surface.Smiles)
            {
                csv.WriteRecord([
                    surface.Name, ClearingSetWriter.ExpiryText(set, years),
                    .. ((double[])[slice.A, slice.B, slice.Rho, slice.M, slice.Sigma]).Select(ClearingSetWriter.Text),
                ]);
            }
        }
    }

    static void WritePivots(CsvWriter csv, ClearingSet set, VolatilitySurface[] surfaces)
    {
        csv.WriteRecord("surface", "factor", "days", "delta", "moneyness");
        foreach (VolatilitySurface surface in surfaces)
        {
            foreach (SurfacePivot pivot in surface.Pivots)
            {
                string coordinate = double.IsNaN(pivot.Coordinate) ? "" : ClearingSetWriter.Text(pivot.Coordinate);
                bool delta = surface.Coordinate == SurfaceCoordinate.Delta;
                csv.WriteRecord(surface.Name, set.Factors[pivot.Factor].Name, ClearingSetWriter.Text(pivot.Days), delta ? coordinate : "", delta ? "" : coordinate);
            }
        }
    }
}
