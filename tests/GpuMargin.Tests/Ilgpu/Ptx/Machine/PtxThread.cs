namespace GpuMargin.Tests.Ilgpu.Ptx.Machine;

enum PtxThreadState
{
    Runs,
    Waits,
    Ended,
}

/// <summary>A thread between two barriers.</summary>
sealed class PtxThread(int number, int slots)
{
    public int Number { get; } = number;

    public ulong[] Slots { get; } = new ulong[slots];

    /// <summary>Index of the next instruction.</summary>
    public int Next { get; set; }

    public PtxThreadState State { get; set; }

    public long Executed { get; set; }

    /// <summary>Ways taken at uniform branches, as one number.</summary>
    public ulong Ways { get; set; }
}
