using GpuMargin.ClearingSets;

namespace GpuMargin.Margin;

/// <summary>Instruments that expire before the end of the path on which they are read, and keep their time to expiry.</summary>
static class ExpiryWarning
{
    const int Named = 3;

    /// <summary>One warning at most; none with ageing.</summary>
    public static IEnumerable<string> Of(ClearingSet set)
    {
        if (set.Settings.Ageing != Ageing.None)
        {
            yield break;
        }

        int horizon = set.Settings.HorizonDays;
        Func<Instrument, int> period = instrument => Math.Max(horizon, set.Policy?.Base.Days(instrument.ProductClass, horizon) ?? 0);
        int longest = horizon;
        foreach (int days in set.Policy?.Base.MarginPeriodOfRisk.Values ?? [])
        {
            longest = Math.Max(longest, days);
        }

        double[] years = set.Settings.YearsToDays(longest);
        bool[] isHeld = new bool[set.Instruments.Count];
        foreach (int instrument in set.Positions.Instrument)
        {
            isHeld[instrument] = true;
        }

        List<string> names = [];
        for (int i = 0; i < isHeld.Length; i++)
        {
            Instrument instrument = set.Instruments[i];
            if (isHeld[i] && instrument.Type.Has(InstrumentColumn.Expiry) && instrument.YearsToExpiry <= years[period(instrument)])
            {
                names.Add(instrument.Name);
            }
        }

        if (names.Count > 0)
        {
            string list = string.Join(", ", names.Take(Named).Select(name => $"'{VisibleText.Name(name)}'")) + (names.Count > Named ? FormattableString.Invariant($" and {names.Count - Named} more") : "");
            yield return $"{list} {(names.Count == 1 ? "expires" : "expire")} within the margin period of risk and {(names.Count == 1 ? "is" : "are")} valued as if not: with \"ageing\": \"horizon\" what expires settles at the price of its day.";
        }
    }
}
