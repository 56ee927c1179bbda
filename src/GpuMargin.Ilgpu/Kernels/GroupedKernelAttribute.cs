namespace GpuMargin.Ilgpu.Kernels;

/// <summary>An entry point whose threads work in groups; by it the checks of device code find all of them.</summary>
/// <param name="threads">Threads of a group, at most: the compiler keeps a thread's registers within what a group of them has.</param>
/// <remarks>A generic one is over the lane.</remarks>
[AttributeUsage(AttributeTargets.Method)]
sealed class GroupedKernelAttribute(int threads) : Attribute
{
    public int Threads { get; } = threads;

    /// <summary>Groups that must fit on a multiprocessor, which limits registers further; 0: the compiler chooses.</summary>
    public int GroupsPerMultiprocessor { get; init; }
}
