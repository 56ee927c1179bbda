namespace GpuMargin.ClearingSets.Changes;

/// <summary>Names of a set with their places.</summary>
sealed class KnownNames
{
    readonly IReadOnlyList<string> names;
    readonly Dictionary<string, int> places;

    public KnownNames(IReadOnlyList<string> names)
    {
        this.names = names;
        places = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        for (int place = 0; place < names.Count; place++)
        {
            places[names[place]] = place;
        }
    }

    /// <returns>−1: no such name.</returns>
    public int Of(string name) => places.GetValueOrDefault(name, -1);

    /// <param name="what">Continues "expected …".</param>
    /// <returns>−1 and a fault when there is no such name.</returns>
    public int Of(string name, ChangePlace place, string column, string what, List<Fault> faults)
    {
        int found = Of(name);
        if (found < 0)
        {
            string hint = NearestName.Of(name, names) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
            faults.Add(name.Length == 0 ? place.Fault(column, null, $"{what} (it is empty)") : place.Fault(column, name, what + hint));
        }

        return found;
    }
}
