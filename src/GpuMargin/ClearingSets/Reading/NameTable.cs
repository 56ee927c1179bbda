using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GpuMargin.ClearingSets.Reading;

/// <summary>Names in order of first appearance, found by their UTF-8 bytes without making strings.</summary>
sealed class NameTable
{
    // A search visits every name, and only the first faults are printed.
    const int SearchesAtMost = 100;

    readonly Dictionary<byte[], int> indices;
    readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> lookup;
    readonly List<string> names = [];
    int searches;

    public NameTable()
    {
        indices = new(new Utf8Comparer());
        lookup = indices.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public IReadOnlyList<string> Names => names;

    /// <summary>False when a row's name could not be read: a name that is not here may be that row's, and no fault.</summary>
    public bool IsComplete { get; private set; } = true;

    public void LoseName() => IsComplete = false;

    /// <returns>−1 when the name is unknown.</returns>
    public int IndexOf(ReadOnlySpan<byte> name) => lookup.TryGetValue(name, out int index) ? index : -1;

    public int IndexOf(string name) => IndexOf(Encoding.UTF8.GetBytes(name));

    /// <summary>The known name that was probably meant, as a phrase to append; empty when none is near.</summary>
    public string DidYouMean(string name) =>
        searches++ < SearchesAtMost && NearestName.Of(name, names) is { } nearest ? $" (did you mean '{nearest}'?)" : "";

    /// <returns>True when the name is new; <paramref name="index"/> is its place in either case.</returns>
    public bool Add(ReadOnlySpan<byte> name, out int index)
    {
        if (lookup.TryGetValue(name, out index))
        {
            return false;
        }

        index = names.Count;
        lookup[name] = index;
        names.Add(Encoding.UTF8.GetString(name));
        return true;
    }

    sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            HashCode hash = default;
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
