using GpuMargin.Ilgpu.Lanes;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Every rounded operation on one triple of numbers, for comparison with IEEE 754.</summary>
readonly struct ArithmeticProbe<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>Results per triple.</summary>
    public const int Operations = 7;

    /// <summary>[triple, 3].</summary>
    public required ArrayView<T> Operands { get; init; }

    /// <summary>[triple, operation].</summary>
    public required ArrayView<T> Results { get; init; }

    public void Run(int index)
    {
        T a = Operands[3 * index], b = Operands[3 * index + 1], c = Operands[3 * index + 2];
        int result = Operations * index;
        Results[result] = a + b;
        Results[result + 1] = a - b;
        Results[result + 2] = a * b;
        Results[result + 3] = a / b;
        Results[result + 4] = T.Sqrt(a);
        Results[result + 5] = T.Fma(a, b, c);
        Results[result + 6] = a * b + c;
    }
}
