namespace GpuMargin.Tests.Ilgpu.Ptx.Machine;

/// <summary>What the threads of a warp do at branches that are declared uniform, where the hardware may follow any one of them for all.</summary>
/// <remarks>Threads are held to execute such a branch together when they went the same way at all uniform branches before.</remarks>
sealed class UniformBranches
{
    readonly Dictionary<ulong, bool> ways = [];

    public void Clear() => ways.Clear();

    /// <returns>Whether the threads before went the same way here.</returns>
    public bool Agree(PtxThread thread, int instruction, bool taken)
    {
        ulong place = Mixed(thread.Ways ^ (ulong)instruction);
        thread.Ways = Mixed(place + (taken ? 1ul : 0));
        return ways.TryAdd(place, taken) || ways[place] == taken;
    }

    // The finaliser of SplitMix64, one to one.
    static ulong Mixed(ulong x)
    {
        x += 0x9E37_79B9_7F4A_7C15;
        x = (x ^ (x >> 30)) * 0xBF58_476D_1CE4_E5B9;
        x = (x ^ (x >> 27)) * 0x94D0_49BB_1331_11EB;
        return x ^ (x >> 31);
    }
}
