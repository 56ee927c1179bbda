using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>The levels that make up a day's normals.</summary>
/// <param name="First">First entry of the day in the bridge's columns.</param>
/// <param name="End">Behind its last.</param>
readonly record struct BridgeDay(int First, int End);

/// <summary>A principal component's normal of a day in one scenario, by Sobol points and the bridge.</summary>
readonly struct DrawComponents<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>[component, scenario].</summary>
    public required ArrayView<T> Components { get; init; }

    /// <summary>[level, component].</summary>
    public required ArrayView<int> Dimension { get; init; }

    public required ArrayView<int> Level { get; init; }

    public required ArrayView<T> Weight { get; init; }

    public required SobolWords Words { get; init; }

    public required BridgeDay Day { get; init; }

    public required int Factors { get; init; }

    /// <summary>Scenarios in a row.</summary>
    public required int Width { get; init; }

    public void Run(int index)
    {
        int component = (int)((uint)index / (uint)Width);
        uint s = (uint)(index - component * Width);
        T sum = T.Of(0);
        for (int entry = Day.First; entry < Day.End; entry++)
        {
            UInt32x1 word = Words.Word(s, (uint)Dimension[Level[entry] * Factors + component]);
            T magnitude = T.FromWord(word.Value, out T sign);
            sum = T.Fma(Weight[entry], NormalVariate.FromWord(magnitude, sign), sum);
        }

        Components[index] = sum;
    }
}
