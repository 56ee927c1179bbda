namespace GpuMargin.Tests.Ilgpu.Ptx.Machine;

/// <summary>Who read and wrote each word of four bytes last, which shows whether two threads race for it.</summary>
sealed class AccessLog(int bytes)
{
    const int Word = 4;

    readonly Accessor[] writers = new Accessor[(bytes + Word - 1) / Word];
    readonly Accessor[] readers = new Accessor[(bytes + Word - 1) / Word];
    readonly bool[] atomic = new bool[(bytes + Word - 1) / Word];

    /// <returns>The other thread; <see langword="null"/>: there is no race.</returns>
    public Accessor? Read(int offset, int count, Accessor by)
    {
        for (int word = offset / Word; word < (offset + count + Word - 1) / Word; word++)
        {
            if (!writers[word].Precedes(by))
            {
                return writers[word];
            }

            readers[word] = Together(readers[word], by);
        }

        return null;
    }

    /// <param name="atomically">Atomic operations do not race with each other.</param>
    /// <returns>As of <see cref="Read"/>.</returns>
    public Accessor? Write(int offset, int count, Accessor by, bool atomically)
    {
        for (int word = offset / Word; word < (offset + count + Word - 1) / Word; word++)
        {
            if (!writers[word].Precedes(by) && !(atomically && atomic[word]))
            {
                return writers[word];
            }

            if (!readers[word].Precedes(by))
            {
                return readers[word];
            }

            // A plain write before, not yet ordered by a barrier, still races with whatever others do.
            atomic[word] = atomically && (atomic[word] || writers[word] != by);
            writers[word] = by;
        }

        return null;
    }

    // A reader that stands for all that a later writer may race with.
    static Accessor Together(Accessor before, Accessor by) =>
        before.Launch != by.Launch ? by
        : before.Block != by.Block ? by with { Block = Accessor.Several }
        : before.Thread == by.Thread || before.Barriers < by.Barriers ? by
        : by with { Thread = Accessor.Several };
}
