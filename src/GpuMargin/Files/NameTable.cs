using System.Text;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Names in order of first appearance, found by their UTF-8 bytes without making strings.</summary>
sealed class NameTable
{
    readonly NameIndex index = new();
    readonly List<string> names = [];

    public IReadOnlyList<string> Names => names;

    /// <summary>False when a row's name could not be read: a name that is not here may be that row's, and no fault.</summary>
    public bool IsComplete { get; private set; } = true;

    public void LoseName() => IsComplete = false;

    /// <returns>−1 when the name is unknown.</returns>
    public int IndexOf(ReadOnlySpan<byte> name) => index.IndexOf(name);

    public unsafe int IndexOf(byte* name, int length) => index.IndexOf(name, length);

    public int IndexOf(string name) => IndexOf(Encoding.UTF8.GetBytes(name));

    /// <summary>The known name that was probably meant, as a phrase to append; empty when none is near.</summary>
    public string DidYouMean(string name, FaultList faults) =>
        faults.MaySearch() && NearestName.Of(name, names) is { } nearest ? $" (did you mean '{nearest}'?)" : "";

    /// <returns>True when the name is new; <paramref name="index"/> is its place in either case.</returns>
    public bool Add(ReadOnlySpan<byte> name, out int index)
    {
        bool isNew = this.index.Add(name, out index);
        if (isNew)
        {
            names.Add(Encoding.UTF8.GetString(name));
        }

        return isNew;
    }

    /// <returns>The name's place.</returns>
    public int Add(string name)
    {
        Add(Encoding.UTF8.GetBytes(name), out int index);
        return index;
    }
}
