using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Philox words of one counter and key, for comparison with published ones.</summary>
readonly struct PhiloxProbe : IKernel
{
    /// <summary>[vector, 6]: a counter of four words, then a key of two.</summary>
    public required ArrayView<uint> Inputs { get; init; }

    /// <summary>[vector, 4].</summary>
    public required ArrayView<uint> Outputs { get; init; }

    public void Run(int index)
    {
        int input = 6 * index;
        UInt32x1 w0 = UInt32x1.Of(Inputs[input]);
        UInt32x1 w1 = UInt32x1.Of(Inputs[input + 1]);
        UInt32x1 w2 = UInt32x1.Of(Inputs[input + 2]);
        UInt32x1 w3 = UInt32x1.Of(Inputs[input + 3]);
        Philox.Generate(ref w0, ref w1, ref w2, ref w3, Inputs[input + 4], Inputs[input + 5]);
        int output = 4 * index;
        Outputs[output] = w0.Value;
        Outputs[output + 1] = w1.Value;
        Outputs[output + 2] = w2.Value;
        Outputs[output + 3] = w3.Value;
    }
}
