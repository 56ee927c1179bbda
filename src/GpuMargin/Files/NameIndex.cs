using System.Numerics;
using System.Runtime.CompilerServices;

namespace GpuMargin.Files;

/// <summary>Numbers UTF-8 names 0, 1, 2 … in the order in which they come.</summary>
/// <remarks>
/// A million positions look their instruments up, and the cache misses decide: an entry holds a name of up to 16 bytes itself,
/// so that a search mostly reads one cache line where a dictionary of byte arrays reads three. Open addressing, linear probing. Names are read
/// through pointers: the library's span methods are calls in code that is compiled ahead of time.
/// </remarks>
sealed unsafe class NameIndex
{
    // Three quarters full at most: the entries of ten thousand names then fit into a core's L2 cache.
    const int MostFilled = 3;
    const int OfSlots = 4;

    const int HeldInEntry = 2 * sizeof(ulong);

    // Odd, from the fraction of the golden ratio; any well-mixed odd number would do.
    const ulong Multiplier = 0x9E3779B97F4A7C15;

    // Differs between processes, so that no file can be made whose names all collide.
    static readonly ulong s_seed = (ulong)Random.Shared.NextInt64();

    readonly List<byte[]?> longNames = [];
    Entry[] entries = new Entry[16];

    public int Count => longNames.Count;

    /// <returns>−1 when the name is unknown.</returns>
    public int IndexOf(ReadOnlySpan<byte> name)
    {
        fixed (byte* start = name)
        {
            return IndexOf(start, name.Length);
        }
    }

    public int IndexOf(byte* name, int length)
    {
        var key = Key.Of(name, length);
        return entries[Find(name, in key)].Next - 1;
    }

    /// <returns>True when the name is new; <paramref name="index"/> is its number in either case.</returns>
    public bool Add(ReadOnlySpan<byte> name, out int index)
    {
        fixed (byte* start = name)
        {
            return Add(start, name.Length, out index);
        }
    }

    public bool Add(byte* name, int length, out int index)
    {
        var key = Key.Of(name, length);
        int slot = Find(name, in key);
        index = entries[slot].Next - 1;
        if (index >= 0)
        {
            return false;
        }

        index = longNames.Count;
        longNames.Add(length > HeldInEntry ? new ReadOnlySpan<byte>(name, length).ToArray() : null);
        entries[slot] = new Entry(key.Head, key.Tail, key.Length, index + 1);
        if (OfSlots * longNames.Count > MostFilled * entries.Length)
        {
            Grow();
        }

        return true;
    }

    // The key by reference: copying it by a vector right after its parts were stored waits for them (measured, 60 ns a name).
    /// <summary>The slot of the name, or the empty one where it belongs.</summary>
    int Find(byte* name, in Key key)
    {
        int mask = entries.Length - 1;
        for (int slot = Slot(in key, mask); ; slot = (slot + 1) & mask)
        {
            ref readonly Entry entry = ref entries[slot];
            if (entry.Next == 0
                || (entry.Head == key.Head && entry.Tail == key.Tail && entry.Length == key.Length
                    && (key.Length <= HeldInEntry || new ReadOnlySpan<byte>(name, key.Length).SequenceEqual(longNames[entry.Next - 1]))))
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
                Key key = new(entry.Head, entry.Tail, entry.Length);
                int slot = Slot(in key, mask);
                while (entries[slot].Next != 0)
                {
                    slot = (slot + 1) & mask;
                }

                entries[slot] = entry;
            }
        }
    }

    static int Slot(in Key key, int mask) => (int)(key.Hash >> 32) & mask;

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
                ulong mixed = (Head ^ s_seed) * Multiplier;
                mixed = (BitOperations.RotateLeft(mixed, 29) ^ Tail ^ (ulong)Length) * Multiplier;
                return mixed;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Key Of(byte* name, int length)
        {
            if (length >= sizeof(ulong))
            {
                ulong tail = Read64(name + length - sizeof(ulong));
                for (int at = sizeof(ulong); length > HeldInEntry && at < length - sizeof(ulong); at += sizeof(ulong))
                {
                    tail = BitOperations.RotateLeft((tail ^ s_seed) * Multiplier, 31) ^ Read64(name + at);
                }

                return new(Read64(name), tail, length);
            }

            return length >= sizeof(uint) ? new(Read32(name), Read32(name + length - sizeof(uint)), length)
                : length == 0 ? default
                : new((ulong)name[0] | ((ulong)name[length / 2] << 8) | ((ulong)name[length - 1] << 16), 0, length);
        }

        // In the machine's own byte order: a key never leaves the process.
        static ulong Read64(byte* at) => Unsafe.ReadUnaligned<ulong>(at);

        static uint Read32(byte* at) => Unsafe.ReadUnaligned<uint>(at);
    }
}
