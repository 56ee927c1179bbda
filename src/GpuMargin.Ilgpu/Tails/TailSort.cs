using ILGPU;

namespace GpuMargin.Ilgpu.Tails;

/// <summary>
/// Bitonic sort within one group, by (key, scenario) upwards. Every comparison puts the smaller entry first, so entries
/// past the end, thought of as larger than all, stay where they are and any length will do.
/// </summary>
/// <remarks>Knuth, The Art of Computer Programming 3, 5.3.4, exercise 35: the variant without reversed comparators.</remarks>
static class TailSort
{
    const int LogChunk = 11;

    /// <summary>Entries sorted in shared memory: 24 KB of a group's 48.</summary>
    public const int Chunk = 1 << LogChunk;

    /// <summary>Called by all threads of the group.</summary>
    /// <param name="shared">Room for <see cref="Chunk"/> entries.</param>
    public static void Sort(TailRow row, int count, TailRow shared)
    {
        for (int start = 0; start < count; start += Chunk)
        {
            int length = IntrinsicMath.Min(Chunk, count - start);
            Load(row, start, length, shared);
            SortChunk(shared, length);
            Store(row, start, length, shared);
        }

        for (int logSize = LogChunk + 1; count > 1 << (logSize - 1); logSize++)
        {
            int pairs = ((count + (1 << logSize) - 1) >> logSize) << (logSize - 1);
            Flip(row, count, pairs, logSize);
            for (int logStride = logSize - 2; logStride >= LogChunk; logStride--)
            {
                Step(row, count, pairs, logStride);
            }

            for (int start = 0; start < count; start += Chunk)
            {
                int length = IntrinsicMath.Min(Chunk, count - start);
                Load(row, start, length, shared);
                for (int logStride = LogChunk - 1; logStride >= 0; logStride--)
                {
                    Step(shared, length, Chunk / 2, logStride);
                }

                Store(row, start, length, shared);
            }
        }
    }

    static void SortChunk(TailRow entries, int count)
    {
        for (int logSize = 1; count > 1 << (logSize - 1); logSize++)
        {
            int pairs = ((count + (1 << logSize) - 1) >> logSize) << (logSize - 1);
            Flip(entries, count, pairs, logSize);
            for (int logStride = logSize - 2; logStride >= 0; logStride--)
            {
                Step(entries, count, pairs, logStride);
            }
        }
    }

    // Makes of two sorted halves one with everything in the first half not behind anything in the second.
    static void Flip(TailRow entries, int count, int pairs, int logSize)
    {
        int half = 1 << (logSize - 1);
        for (int pair = Group.IdxX; pair < pairs; pair += Group.DimX)
        {
            int offset = pair & (half - 1);
            int first = (pair - offset) * 2;
            Exchange(entries, count, first + offset, first + 2 * half - 1 - offset);
        }

        Group.Barrier();
    }

    static void Step(TailRow entries, int count, int pairs, int logStride)
    {
        int stride = 1 << logStride;
        for (int pair = Group.IdxX; pair < pairs; pair += Group.DimX)
        {
            int offset = pair & (stride - 1);
            int first = (pair - offset) * 2 + offset;
            Exchange(entries, count, first, first + stride);
        }

        Group.Barrier();
    }

    static void Exchange(TailRow entries, int count, int first, int second)
    {
        if (second >= count)
        {
            return;
        }

        ulong firstKey = entries.Keys[first];
        ulong secondKey = entries.Keys[second];
        int firstScenario = entries.Scenarios[first];
        int secondScenario = entries.Scenarios[second];
        if (LossOrder.Precedes(secondKey, secondScenario, firstKey, firstScenario))
        {
            entries.Keys[first] = secondKey;
            entries.Keys[second] = firstKey;
            entries.Scenarios[first] = secondScenario;
            entries.Scenarios[second] = firstScenario;
        }
    }

    static void Load(TailRow row, int start, int length, TailRow shared)
    {
        for (int i = Group.IdxX; i < length; i += Group.DimX)
        {
            shared.Keys[i] = row.Keys[start + i];
            shared.Scenarios[i] = row.Scenarios[start + i];
        }

        Group.Barrier();
    }

    static void Store(TailRow row, int start, int length, TailRow shared)
    {
        for (int i = Group.IdxX; i < length; i += Group.DimX)
        {
            row.Keys[start + i] = shared.Keys[i];
            row.Scenarios[start + i] = shared.Scenarios[i];
        }

        Group.Barrier();
    }
}
