using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>√(ν/W) of the t copula in one scenario, its normal a sum over the bridge's levels; importance sampling moves the first.</summary>
readonly struct DrawBridgedMixing<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>[scenario].</summary>
    public required ArrayView<T> Mixing { get; init; }

    /// <summary>[level]; not read without Sobol points.</summary>
    public required ArrayView<int> Dimension { get; init; }

    public required ArrayView<int> Level { get; init; }

    public required ArrayView<T> Weight { get; init; }

    public required ArrayView<T> Tables { get; init; }

    public required TableShape<T> Shape { get; init; }

    public required TableShape<T> Importance { get; init; }

    public required SobolWords Words { get; init; }

    public required BridgeDay Day { get; init; }

    /// <summary>1 with Sobol points, else 0.</summary>
    public required int Sobol { get; init; }

    /// <summary>1 with importance sampling, else 0.</summary>
    public required int Important { get; init; }

    public void Run(int index)
    {
        T sum = T.Of(0);
        for (int entry = Day.First; entry < Day.End; entry++)
        {
            int level = Level[entry];
            UInt32x1 word;
            if (Sobol != 0)
            {
                word = Words.Word((uint)index, (uint)Dimension[level]);
            }
            else
            {
                Words.Random.Words((uint)index, 0, (uint)level, PhiloxStreams.Mixing, out word, out _, out _, out _);
            }

            T magnitude = T.FromWord(word.Value, out T sign);
            T normal = NormalVariate.FromWord(magnitude, sign);
            if (level == 0 && Important != 0)
            {
                DeviceTable<T> proposal = new(Tables, Importance.Start, Importance.Plane);
                normal = MarginalTable.Evaluate(normal, proposal, Importance.Bound, Importance.Resolution, Importance.Cells);
            }

            sum = T.Fma(Weight[entry], normal, sum);
        }

        DeviceTable<T> table = new(Tables, Shape.Start, Shape.Plane);
        Mixing[index] = MarginalTable.Evaluate(sum, table, Shape.Bound, Shape.Resolution, Shape.Cells);
    }
}
