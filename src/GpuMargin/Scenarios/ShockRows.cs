namespace GpuMargin.Scenarios;

/// <summary>The shocks of a scenario that are kept: of all factors on the days that instruments read, by day, then by factor.</summary>
public sealed class ShockRows
{
    readonly int[] days;

    /// <param name="days">Ascending; the last is the horizon. At least one; day 0, on which nothing has moved, only alone.</param>
    /// <exception cref="ArgumentException">The days do not ascend from 1.</exception>
    public ShockRows(int factors, params ReadOnlySpan<int> days)
    {
        for (int k = 0; k < days.Length; k++)
        {
            if (days[k] <= (k == 0 ? 0 : days[k - 1]) && (days.Length > 1 || days[k] < 0))
            {
                throw new ArgumentException("The days do not ascend from 1.", nameof(days));
            }
        }

        Factors = factors;
        this.days = days.IsEmpty ? throw new ArgumentException("There is no day.", nameof(days)) : [.. days];
    }

    public int Factors { get; }

    public IReadOnlyList<int> Days => days;

    public int Count => days.Length * Factors;

    /// <summary>Row of the first factor at the horizon.</summary>
    public int FirstAtHorizon => Count - Factors;

    public ShockRow this[int row] => new(days[row / Factors], row % Factors);

    /// <summary>The row of a factor on a day that is read; −1 of no factor.</summary>
    /// <exception cref="ArgumentException">The day is not read.</exception>
    internal int At(int day, int factor)
    {
        int k = Array.IndexOf(days, day);
        return k < 0 ? throw new ArgumentException($"Day {day} is not read.", nameof(day)) : factor < 0 ? -1 : k * Factors + factor;
    }

    /// <summary>Row of the first factor on a day before the horizon; −1 when the day is not read.</summary>
    public int FirstBeforeHorizon(int day) => Array.IndexOf(days, day, 0, days.Length - 1) is var k and >= 0 ? k * Factors : -1;

    /// <summary>The rows, held against the source of the shocks.</summary>
    /// <exception cref="ArgumentException">The source has another horizon or other factors.</exception>
    internal ShockRows Of(int horizon, int factors) => days[^1] == horizon && Factors == factors
        ? this
        : throw new ArgumentException($"Instruments read {Factors} factors up to day {days[^1]}, scenarios have {factors} up to day {horizon}.");
}
