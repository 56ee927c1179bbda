using System.Globalization;

namespace GpuMargin.ClearingSets.Validation;

/// <summary>Faults of an object in memory, by property.</summary>
/// <param name="place">What the faults give as their file.</param>
sealed class PropertyFaults(string place, List<Fault> faults)
{
    public int Count => faults.Count;

    public void Add(string property, string? found, string expected) => faults.Add(new Fault(place, null, property, found, expected));

    public void Number(string property, double value, NumberRule rule)
    {
        if (!double.IsFinite(value) || !rule.Holds(value))
        {
            Add(property, value.ToString(CultureInfo.InvariantCulture), rule.Phrase);
        }
    }

    public bool Number(string property, decimal value, DecimalRule rule)
    {
        if (!rule.Holds(value))
        {
            Add(property, value.ToString(CultureInfo.InvariantCulture), rule.Phrase);
            return false;
        }

        return true;
    }

    public void Name(string property, string name)
    {
        if (NameRule.Breach(name) is { } breach)
        {
            Add(property, name, breach);
        }
    }

    public void Word<T>(string property, T value, Vocabulary<T> words)
        where T : struct, Enum
    {
        if (!words.Has(value))
        {
            Add(property, value.ToString(), words.Expected());
        }
    }

    /// <param name="least">0, or −1 where it stands for none.</param>
    /// <returns>Whether the index is one of a list of <paramref name="count"/>.</returns>
    public bool Index(string property, int index, int count, string what, int least = 0)
    {
        if (index < least || index >= count)
        {
            Add(property, index.ToString(CultureInfo.InvariantCulture), $"the index of {what}, below {count.ToString(CultureInfo.InvariantCulture)}");
        }

        return index >= 0 && index < count;
    }

    public void Names(string list, IReadOnlyList<string> names)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            string property = string.Create(CultureInfo.InvariantCulture, $"{list}[{i}]");
            Name(property, names[i]);
            if (!seen.Add(names[i]))
            {
                Add(property, names[i], "a name that none before it has");
            }
        }
    }
}
