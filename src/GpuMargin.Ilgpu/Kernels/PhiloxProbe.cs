using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
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
        DeviceWord w0 = DeviceWord.Of(Inputs[input]);
        DeviceWord w1 = DeviceWord.Of(Inputs[input + 1]);
        DeviceWord w2 = DeviceWord.Of(Inputs[input + 2]);
        DeviceWord w3 = DeviceWord.Of(Inputs[input + 3]);
        Philox.Generate(ref w0, ref w1, ref w2, ref w3, Inputs[input + 4], Inputs[input + 5]);
        int output = 4 * index;
        Outputs[output] = w0.Value;
        Outputs[output + 1] = w1.Value;
        Outputs[output + 2] = w2.Value;
        Outputs[output + 3] = w3.Value;
    }
}
