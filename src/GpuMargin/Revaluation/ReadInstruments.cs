using GpuMargin.ClearingSets;

namespace GpuMargin.Revaluation;

/// <summary>Instruments and the days of the path on which they are read; an instrument that is read on two days stands here twice.</summary>
/// <param name="Day">Per instrument; its exchange rate is of this day, its price too unless it expires before.</param>
/// <param name="First">Instruments up to here have the places in a plan that they have without the others, so that sums over them keep their bits.</param>
/// <param name="Horizon">The path has at least these days.</param>
sealed record ReadInstruments(IReadOnlyList<Instrument> Instruments, int[] Day, int First, int Horizon)
{
    public static ReadInstruments AtHorizon(IReadOnlyList<Instrument> instruments, int horizon)
    {
        int[] day = new int[instruments.Count];
        Array.Fill(day, horizon);
        return new ReadInstruments(instruments, day, instruments.Count, horizon);
    }

    /// <summary>Days of the path.</summary>
    public int Longest()
    {
        int longest = Horizon;
        foreach (int day in Day)
        {
            longest = Math.Max(longest, day);
        }

        return longest;
    }
}
