using GpuMargin.Tests.Ilgpu.Ptx.Code;

namespace GpuMargin.Tests.Ilgpu.Ptx.Machine;

/// <summary>An address space: ranges, between which there is nothing.</summary>
sealed class MemorySpace(string name)
{
    readonly SortedList<long, MemoryRange> ranges = [];
    MemoryRange? last;

    public void Add(MemoryRange range) => ranges.Add(range.Start, range);

    public void Remove(long start)
    {
        ranges.Remove(start);
        last = null;
    }

    /// <exception cref="PtxFault">The bytes are not all in one range, or not where their number divides the address.</exception>
    public MemoryRange Find(long address, int count)
    {
        if (address % count != 0)
        {
            throw new PtxFault($"{name} address {address:x} of {count} bytes is not aligned");
        }

        if (last is null || address < last.Start || address + count > last.End)
        {
            last = Search(address);
        }

        return last is not null && address >= last.Start && address + count <= last.End
            ? last
            : throw new PtxFault($"{name} address {address:x} of {count} bytes is outside of all memory");
    }

    // The last range that starts at or before the address.
    MemoryRange? Search(long address)
    {
        int low = 0, high = ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = ranges.GetKeyAtIndex(middle) <= address ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? null : ranges.GetValueAtIndex(low - 1);
    }
}
