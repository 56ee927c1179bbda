using System.Buffers.Binary;
using System.Numerics;

namespace GpuMargin.ClearingSets.Reading;

/// <summary>Numbers UTF-8 names 0, 1, 2 … in the order in which they come.</summary>
/// <remarks>
/// A million positions look their instruments up, and the cache misses decide: an entry holds a name of up to 16 bytes itself,
/// so that a search mostly reads one cache line where a dictionary of byte arrays reads three. Open addressing, linear probing.
/// </remarks>
sealed class NameIndex
{
    // Three quarters full at most: the entries of ten thousand names then fit into a core's L2 cache.
    const int MostFilled = 3;
    const int OfSlots = 4;

    const int HeldInEntry = 2 * sizeof(ulong);

    // Odd, from the fraction of the golden ratio; any well-mixed odd number would do.
    const ulong Multiplier = 0x9E3779B97F4A7C15;

    // Differs between processes, so that no file can be made whose names all collide.
    static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    readonly List<byte[]?> longNames = [];
    Entry[] entries = new Entry[16];

    public int Count => longNames.Count;

    /// <returns>−1 when the name is unknown.</returns>
    public int IndexOf(ReadOnlySpan<byte> name) => entries[Find(name, Key.Of(name))].Next - 1;

    /// <returns>True when the name is new; <paramref name="index"/> is its number in either case.</returns>
    public bool Add(ReadOnlySpan<byte> name, out int index)
    {
        var key = Key.Of(name);
        int slot = Find(name, key);
        index = entries[slot].Next - 1;
        if (index >= 0)
        {
            return false;
        }

        index = longNames.Count;
        longNames.Add(name.Length > HeldInEntry ? name.ToArray() : null);
        entries[slot] = new Entry(key.Head, key.Tail, key.Length, index + 1);
        if (OfSlots * longNames.Count > MostFilled * entries.Length)
        {
            Grow();
        }

        return true;
    }

    /// <summary>The slot of the name, or the empty one where it belongs.</summary>
    int Find(ReadOnlySpan<byte> name, Key key)
    {
        int mask = entries.Length - 1;
        for (int slot = Slot(key, mask); ; slot = (slot + 1) & mask)
        {
            ref readonly Entry entry = ref entries[slot];
            if (entry.Next == 0
                || (entry.Head == key.Head && entry.Tail == key.Tail && entry.Length == key.Length
                    && (key.Length <= HeldInEntry || name.SequenceEqual(longNames[entry.Next - 1]))))
            {
                return slot;
            }
        }
    }

    void Grow()
    {
        Entry[] old = entries;
        entries = new Entry[2 * old.Length];
        int mask = entries.Length - 1;
        foreach (Entry entry in old)
        {
            if (entry.Next != 0)
            {
                int slot = Slot(new Key(entry.Head, entry.Tail, entry.Length), mask);
                while (entries[slot].Next != 0)
                {
                    slot = (slot + 1) & mask;
                }

                entries[slot] = entry;
            }
        }
    }

    static int Slot(Key key, int mask) => (int)(key.Hash >> 32) & mask;

    /// <param name="Next">The name's number plus 1; 0 in an empty slot.</param>
    readonly record struct Entry(ulong Head, ulong Tail, int Length, int Next);

    /// <summary>Equal for equal names; a name that fits into <see cref="HeldInEntry"/> bytes has a key of its own.</summary>
    /// <param name="Head">The first eight bytes, or four, or what there is.</param>
    /// <param name="Tail">The last eight bytes or four; of a longer name, mixed with those between.</param>
    readonly record struct Key(ulong Head, ulong Tail, int Length)
    {
        public ulong Hash
        {
            get
            {
                ulong mixed = (Head ^ Seed) * Multiplier;
                mixed = (BitOperations.RotateLeft(mixed, 29) ^ Tail ^ (ulong)Length) * Multiplier;
                return mixed;
            }
        }

        public static Key Of(ReadOnlySpan<byte> name)
        {
            int length = name.Length;
            if (length >= sizeof(ulong))
            {
                ulong tail = BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]);
                for (int at = sizeof(ulong); length > HeldInEntry && at < length - sizeof(ulong); at += sizeof(ulong))
                {
                    tail = BitOperations.RotateLeft((tail ^ Seed) * Multiplier, 31) ^ BinaryPrimitives.ReadUInt64LittleEndian(name[at..]);
                }

                return new(BinaryPrimitives.ReadUInt64LittleEndian(name), tail, length);
            }

            return length >= sizeof(uint) ? new(BinaryPrimitives.ReadUInt32LittleEndian(name), BinaryPrimitives.ReadUInt32LittleEndian(name[^sizeof(uint)..]), length)
                : length == 0 ? default
                : new((ulong)name[0] | ((ulong)name[length / 2] << 8) | ((ulong)name[^1] << 16), 0, length);
        }
    }
}
