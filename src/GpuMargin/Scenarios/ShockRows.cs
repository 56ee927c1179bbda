using System.Collections;

namespace GpuMargin.Scenarios;

/// <summary>The shocks of a scenario that are kept: of all factors on the days that instruments read, by day, then by factor.</summary>
public sealed class ShockRows : IReadOnlyList<ShockRow>
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

    /// <summary>The row of a factor at the horizon; −1 of no factor.</summary>
    public int AtHorizon(int factor) => factor < 0 ? -1 : FirstAtHorizon + factor;

    /// <summary>Row of the first factor on a day before the horizon; −1 when the day is not read.</summary>
    public int FirstBeforeHorizon(int day) => Array.IndexOf(days, day, 0, days.Length - 1) is var k and >= 0 ? k * Factors : -1;

    public IEnumerator<ShockRow> GetEnumerator() => Enumerable.Range(0, Count).Select(row => this[row]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Refuses a source that does not have these shocks.</summary>
    /// <exception cref="ArgumentException">Another horizon, other factors, or a day before the horizon of scenarios that are given.</exception>
    internal void Check(ScenarioSource source)
    {
        if (days[^1] != source.Days || Factors != source.Factors)
        {
            throw new ArgumentException($"Instruments read {Factors} factors up to day {days[^1]}; '{source.Name}' has {source.Factors} up to day {source.Days}.");
        }

        if (days.Length > 1 && source is GivenScenarios)
        {
            throw new ArgumentException($"Instruments read shocks on day {days[0]}; '{source.Name}' has them at the horizon's end only, day {source.Days}.");
        }
    }
}
