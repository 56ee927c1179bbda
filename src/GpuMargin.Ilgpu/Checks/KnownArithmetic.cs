using System.Globalization;
using System.Numerics;
using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Checks;

/// <summary>The known answers that a device must give before it is used: Philox words as published, arithmetic as IEEE 754 rounds it.</summary>
/// <remarks>A driver's promise is not enough: a compiler, its options or a library between may break it, and a margin would not show it.</remarks>
static class KnownArithmetic
{
    // Random123, kat_vectors, philox4x32-10: counter, key, words.
    static readonly uint[][] s_philox =
    [
        [0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
        [~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
        [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ];

    static readonly string[] s_operations = ["sum", "difference", "product", "quotient", "square root", "fma", "product, then sum,"];

    /// <exception cref="DeviceFaultException">An answer is another one.</exception>
    public static void Check(ComputeDevice device)
    {
        using DeviceBuffers buffers = new(device);
        CheckPhilox(device, buffers);
        Check<DeviceFloat32, float>(device, buffers, "single");
        Check<DeviceFloat64, double>(device, buffers, "double");
    }

    static void CheckPhilox(ComputeDevice device, DeviceBuffers buffers)
    {
        AcceleratorStream stream = device.Accelerator.DefaultStream;
        MemoryBuffer1D<uint, Stride1D.Dense> inputs = buffers.Allocate<uint>(6 * s_philox.Length), outputs = buffers.Allocate<uint>(4 * s_philox.Length);
        inputs.CopyFromCPU(stream, [.. s_philox.SelectMany(vector => vector[..6])]);
        device.Load<PhiloxProbe>()(stream, s_philox.Length, new PhiloxProbe { Inputs = inputs.View.BaseView, Outputs = outputs.View.BaseView });
        uint[] words = outputs.GetAsArray1D(stream);
        if (!words.SequenceEqual(s_philox.SelectMany(vector => vector[6..])))
        {
            throw new DeviceFaultException($"it computes other random words than Philox4x32-10 has: {string.Join(' ', words.Select(word => word.ToString("x8", CultureInfo.InvariantCulture)))}");
        }
    }

    static void Check<T, TNumber>(ComputeDevice device, DeviceBuffers buffers, string precision)
        where T : unmanaged, IDeviceLane<T>
        where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    {
        AcceleratorStream stream = device.Accelerator.DefaultStream;
        TNumber[][] triples = [.. Triples<TNumber>()];
        MemoryBuffer1D<TNumber, Stride1D.Dense> operands = buffers.Allocate<TNumber>(3 * triples.Length);
        MemoryBuffer1D<TNumber, Stride1D.Dense> results = buffers.Allocate<TNumber>(ArithmeticProbe<T>.Operations * triples.Length);
        operands.CopyFromCPU(stream, [.. triples.SelectMany(triple => triple)]);
        device.Load<ArithmeticProbe<T>>()(stream, triples.Length, new ArithmeticProbe<T> { Operands = operands.View.BaseView.Cast<T>(), Results = results.View.BaseView.Cast<T>() });
        TNumber[] found = results.GetAsArray1D(stream);
        for (int i = 0; i < found.Length; i++)
        {
            (int triple, int operation) = Math.DivRem(i, ArithmeticProbe<T>.Operations);
            TNumber expected = Expected(operation, triples[triple][0], triples[triple][1], triples[triple][2]);
            if (!Same(expected, found[i]))
            {
                throw new DeviceFaultException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"its {s_operations[operation]} in {precision} precision is not IEEE 754's: of {string.Join(", ", triples[triple])} it computes {found[i]}, not {expected}"));
            }
        }
    }

    static TNumber Expected<TNumber>(int operation, TNumber a, TNumber b, TNumber c)
        where TNumber : IBinaryFloatingPointIeee754<TNumber> => operation switch
        {
            0 => a + b,
            1 => a - b,
            2 => a * b,
            3 => a / b,
            4 => TNumber.Sqrt(a),
            5 => TNumber.FusedMultiplyAdd(a, b, c),
            _ => a * b + c,
        };

    // The sign of zero counts; which NaN it is does not.
    static bool Same<TNumber>(TNumber expected, TNumber found)
        where TNumber : IBinaryFloatingPointIeee754<TNumber> =>
        TNumber.IsNaN(expected) ? TNumber.IsNaN(found) : expected == found && TNumber.IsNegative(expected) == TNumber.IsNegative(found);

    // The third number all but cancels the product: what fma keeps and two roundings lose.
    static IEnumerable<TNumber[]> Triples<TNumber>()
        where TNumber : IBinaryFloatingPointIeee754<TNumber>
    {
        TNumber one = TNumber.One, normal = SmallestNormal<TNumber>();
        TNumber[] numbers =
        [
            one, one + one + one, TNumber.Pi, TNumber.BitIncrement(one), TNumber.BitDecrement(one), TNumber.CreateChecked(1e10), one / TNumber.CreateChecked(7),
            TNumber.Epsilon, TNumber.CreateChecked(3) * TNumber.Epsilon, TNumber.BitDecrement(normal), normal, TNumber.CreateChecked(1.5) * normal,
        ];
        return numbers.SelectMany(a => numbers.Select(b => (TNumber[])[a, b, -(a * b)]));
    }

    static TNumber SmallestNormal<TNumber>()
        where TNumber : IBinaryFloatingPointIeee754<TNumber>
    {
        TNumber x = TNumber.One;
        while (TNumber.IsNormal(x / TNumber.CreateChecked(2)))
        {
            x /= TNumber.CreateChecked(2);
        }

        return x;
    }
}
