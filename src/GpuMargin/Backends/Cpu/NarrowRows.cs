using GpuMargin.Aggregation;

namespace GpuMargin.Backends.Cpu;

/// <summary>The rows of a run cut into bands of neighbours that together hold few instruments, such as the positions on one underlying of many accounts.</summary>
/// <remarks>
/// A band's rows are complete when its own instruments are valued. So many tiles of scenarios can be walked band by band, and a row's kept losses stay in the cache
/// from tile to tile: where rows are many and short, waiting for them takes longer than all sums.
/// </remarks>
sealed class NarrowRows
{
    /// <summary>Instruments of a band: with a tile's P&amp;L of them and that of the rows, a band fits into the second cache.</summary>
    public const int Instruments = 64;

    /// <summary>Rows of a band.</summary>
    public const int Rows = 4 * Instruments;

    readonly int[] firstRow;
    readonly int[] firstPlace;
    readonly int[] places;

    NarrowRows(PositionRows positions, int[] firstRow, int[] firstPlace, int[] places)
    {
        Positions = positions;
        this.firstRow = firstRow;
        this.firstPlace = firstPlace;
        this.places = places;
    }

    /// <summary>The rows with instruments numbered by band: that in place i of band b is b·<see cref="Instruments"/> + i.</summary>
    public PositionRows Positions { get; }

    public int Count => firstRow.Length - 1;

    /// <summary>First row of a band; behind the last band, the number of rows.</summary>
    public int FirstRow(int band) => firstRow[band];

    /// <summary>A band's instruments, places in the plan, in the order in which its rows first hold them.</summary>
    public ReadOnlySpan<int> Places(int band) => places.AsSpan(firstPlace[band]..firstPlace[band + 1]);

    /// <summary>The rows of a run in bands; <see langword="null"/> where a row is wide, where bands would value many instruments several times, and where rows depend on others or are fingerprinted.</summary>
    public static NarrowRows? Of(ValuationRun run)
    {
        PositionRows rows = run.Positions;
        if (run.FingerprintRows > 0 || rows.Remainders.Count > 0 || rows.Accounts == 0)
        {
            return null;
        }

        int most = 2 * run.Instruments.Count; // instruments of all bands
        int[] band = new int[run.Instruments.Count]; // per instrument, the last band that holds it, from 1 on
        int[] number = new int[band.Length];
        int[] renumbered = new int[rows.Instrument.Length];
        List<int> firstRow = [0], firstPlace = [0], places = [];
        for (int row = 0; row < rows.Accounts; row++)
        {
            int added = Add(row);
            if (places.Count - firstPlace[^1] > Instruments || row - firstRow[^1] == Rows)
            {
                // The row begins the next band instead.
                places.RemoveRange(places.Count - added, added);
                firstRow.Add(row);
                firstPlace.Add(places.Count);
                added = Add(row);
            }

            if (added > Instruments || places.Count > most)
            {
                return null;
            }
        }

        firstRow.Add(rows.Accounts);
        firstPlace.Add(places.Count);
        return new NarrowRows(rows with { Instrument = renumbered }, [.. firstRow], [.. firstPlace], [.. places]);

        int Add(int row)
        {
            int before = places.Count, current = firstRow.Count;
            for (int k = rows.Start[row]; k < rows.Start[row + 1]; k++)
            {
                int place = rows.Instrument[k];
                if (band[place] != current)
                {
                    band[place] = current;
                    number[place] = places.Count - firstPlace[^1];
                    places.Add(place);
                }

                renumbered[k] = (current - 1) * Instruments + number[place];
            }

            return places.Count - before;
        }
    }
}
