using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Files;
using GpuMargin.Numerics;

namespace GpuMargin.Calibration.History;

/// <summary>Cash dividends paid within a price history: added back, its returns are total returns, ln((P + D)/P of the day before).</summary>
public static class HistoryDividends
{
    /// <param name="path">dividends.csv, amounts in the unit of the prices.</param>
    /// <exception cref="RefusedInputException">The file is faulty, or the history has no dates or no prices.</exception>
    public static ReturnHistory AddBack(ReturnHistory history, string path)
    {
        ArgumentNullException.ThrowIfNull(history);
        FaultList faults = new();
        List<DividendRow> rows = Read(path, history, faults);
        faults.ThrowIfAny();
        ReturnHistory added = AddBack(history, rows, faults);
        faults.ThrowIfAny();
        return added;
    }

    /// <summary>Ex-dates within the history whose drops its returns contain; what cannot be read is no concern here.</summary>
    public static IReadOnlyList<Fault> NotAddedBack(ReturnHistory history, string path)
    {
        ArgumentNullException.ThrowIfNull(history);
        FaultList faults = new();
        if (!File.Exists(path) || history.Levels is null || Read(path, null, faults) is not { } rows || faults.Count > 0)
        {
            return [];
        }

        return
        [
            .. rows.Where(row => row.Amount > 0 && Place(history, row) is not null).Select(row => new Fault(
                DividendRows.FileName, row.Line, "ex_date", string.Create(CultureInfo.InvariantCulture, $"{row.ExDate:yyyy-MM-dd}"),
                $"the option --dividends: the history's return of '{row.Underlying}' is lower by the dividend")),
        ];
    }

    internal static ReturnHistory AddBack(ReturnHistory history, IReadOnlyList<DividendRow> rows, FaultList faults)
    {
        if (rows.Count == 0)
        {
            return history;
        }

        if (history.Levels is not { } levels || history.Dates.Count == 0)
        {
            faults.Add(history.Input.Name, null, null, null, "prices and a column 'date', because dividends are to be added back");
            return history;
        }

        double[,] paid = new double[levels.GetLength(0), levels.GetLength(1)];
        foreach (DividendRow row in rows)
        {
            if (Place(history, row) is { } place)
            {
                paid[place.Day, place.Factor] += row.Amount;
            }
        }

        double[,] returns = (double[,])history.Returns.Clone();
        for (int day = 0; day < paid.GetLength(0); day++)
        {
            for (int factor = 0; factor < paid.GetLength(1); factor++)
            {
                if (paid[day, factor] > 0)
                {
                    returns[day, factor] += HostMath.Log1p(paid[day, factor] / levels[day, factor]);
                }
            }
        }

        return history with { Returns = returns };
    }

    static List<DividendRow> Read(string path, ReturnHistory? history, FaultList faults)
    {
        SourceFile? file = SourceFile.Open(path, Path.GetFileName(path), "the dividends", faults);
        return file is null ? [] : DividendRows.Read(file, faults, history is null ? null : (cells, row) =>
        {
            if (row.Underlying.Length > 0 && !IsPrice(history, row.Underlying))
            {
                cells.Refuse("underlying", row.Underlying, $"a price column of {history.Input.Name}");
            }

            if (row.Currency.Length > 0)
            {
                cells.Refuse("currency", row.Currency, $"an empty cell: the amount is in the unit of the prices of {history.Input.Name}");
            }
        });
    }

    static bool IsPrice(ReturnHistory history, string name)
    {
        int factor = history.Factors.ToList().IndexOf(name);
        return factor >= 0 && history.KindOfEach()[factor] == RiskFactorKind.Price;
    }

    // The first day of the history that ends on the ex-date or after it, unless that is before all returns.
    static (int Day, int Factor)? Place(ReturnHistory history, DividendRow row)
    {
        if (!IsPrice(history, row.Underlying) || row.ExDate < DateOf(0))
        {
            return null;
        }

        int day = 0;
        while (day < history.Dates.Count && DateOf(day) < row.ExDate)
        {
            day++;
        }

        return day < history.Dates.Count ? (day, history.Factors.ToList().IndexOf(row.Underlying)) : null;

        DateOnly DateOf(int place) => place < history.Dates.Count ? DateOnly.FromDateTime(history.Dates[place].UtcDateTime) : DateOnly.MaxValue;
    }
}
