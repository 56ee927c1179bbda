namespace GpuMargin.Tests.Ilgpu.Ptx.Machine;

/// <summary>Who touches memory and when: barriers order only what threads of a block do.</summary>
/// <param name="Launch">Number of the launch; launches follow each other.</param>
/// <param name="Block">Number of the block in its grid.</param>
/// <param name="Thread">Number of the thread in its block.</param>
/// <param name="Barriers">Barriers that the thread has passed.</param>
readonly record struct Accessor(int Launch, int Block, int Thread, int Barriers)
{
    /// <summary>Number of threads: for a thread, more than one of a block; for a block, more than one of a launch.</summary>
    public const int Several = -1;

    /// <summary>Whether what this one did is done for certain when <paramref name="later"/> acts.</summary>
    public bool Precedes(Accessor later) =>
        Launch != later.Launch || (Block == later.Block && (Thread == later.Thread || Barriers < later.Barriers));
}
