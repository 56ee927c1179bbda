using GpuMargin.ClearingSets;

namespace GpuMargin.Revaluation;

/// <summary>The days of a path whose shocks are read, and what instruments are older by then.</summary>
/// <remarks>With ageing, an instrument that expires on the way is read on the first day whose end is not before its expiry: it settles at that day's price.</remarks>
sealed class ReadingDays
{
    readonly double[] aged; // by day, years; empty without ageing

    public ReadingDays(RunSettings settings, ReadInstruments read)
    {
        int longest = read.Longest();
        aged = settings.Ageing == Ageing.Horizon ? settings.YearsToDays(longest) : [];
        bool[] isRead = new bool[longest + 1];
        isRead[longest] = true;
        for (int i = 0; i < read.Day.Length; i++)
        {
            isRead[read.Day[i]] = isRead[Of(read.Instruments[i], read.Day[i])] = true;
        }

        List<int> days = [];
        for (int day = 0; day <= longest; day++)
        {
            if (isRead[day])
            {
                days.Add(day);
            }
        }

        Read = [.. days];
    }

    /// <summary>Ascending; the last is the end of the path.</summary>
    public int[] Read { get; }

    /// <summary>Years that an instrument is older at the end of a day.</summary>
    public double Aged(int day) => aged.Length == 0 ? 0 : aged[day];

    /// <summary>The day whose price an instrument has when it is read on a day.</summary>
    public int Of(Instrument instrument, int day)
    {
        if (aged.Length > 0 && instrument.Type.Has(InstrumentColumn.Expiry) && aged[day] >= instrument.YearsToExpiry)
        {
            int expiry = Array.BinarySearch(aged, 0, day + 1, instrument.YearsToExpiry);
            return expiry < 0 ? ~expiry : expiry;
        }

        return day;
    }
}
