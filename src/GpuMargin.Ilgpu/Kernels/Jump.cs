using GpuMargin.Ilgpu.Lanes;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Adds a factor's jump to its shock in one of the scenarios that have it.</summary>
readonly struct Jump<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>[factor, scenario].</summary>
    public required ArrayView<T> Shocks { get; init; }

    /// <summary>Scenarios with the jump.</summary>
    public required ArrayView<int> Scenarios { get; init; }

    /// <summary>The first of them in the slice.</summary>
    public required int From { get; init; }

    /// <summary>Place of the run's scenario 0 in the factor's row.</summary>
    public required int Row { get; init; }

    public required T Shock { get; init; }

    public void Run(int index)
    {
        int place = Row + Scenarios[From + index];
        Shocks[place] = Shocks[place] + Shock;
    }
}
