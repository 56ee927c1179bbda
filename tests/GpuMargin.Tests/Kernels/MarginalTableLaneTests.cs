using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Scenarios;
using Xunit;

namespace GpuMargin.Tests.Kernels;

/// <summary>Tables give the same bits in every lane and position.</summary>
public sealed class MarginalTableLaneTests
{
    static readonly MonotoneTable[] s_tables =
    [
        MarginalTables.SkewedTMarginal(StandardNormal.Instance, MarginalTables.Bound(StandardNormal.Instance), 4, .3),
        MarginalTables.StudentTMarginal(StudentT.Create(2.1), MarginalTables.Bound(StudentT.Create(2.1)), 30),
        MarginalTables.Empirical(StandardNormal.Instance, MarginalTables.Bound(StandardNormal.Instance), [.. Enumerable.Range(0, 250).Select(i => Math.Sqrt(i))]),
        MixingTable.Build(5),
    ];

    [Fact]
    public void Single_precision()
    {
        if (Float32x8.IsSupported)
        {
            Compare<Float32, Float32x8>();
        }

        if (Float32x16.IsSupported)
        {
            Compare<Float32, Float32x16>();
        }
    }

    [Fact]
    public void Double_precision()
    {
        if (Float64x4.IsSupported)
        {
            Compare<Float64, Float64x4>();
        }

        if (Float64x8.IsSupported)
        {
            Compare<Float64, Float64x8>();
        }
    }

    // Uniform and logarithmic variates, every edge of a coarse octave grid and its neighbours, and the ends of the format.
    static double[] Variates(MonotoneTable table, bool single) =>
    [
        .. Grid.Uniform(-8, 8, 1 << 15), .. Grid.Logarithmic(1e-30, 1e7, 1 << 14), .. Grid.Logarithmic(1e-30, 1e7, 1 << 14).Select(x => -x),
        .. Enumerable.Range(0, 64).SelectMany(i => Grid.Around(((1 << (i / 16)) * (1 + (i % 16 / 16.0))) - 1 + table.Origin + 1e-300, single)),
        .. Grid.Around(table.Bound, single), 0d, -0d, 1e-45, 5e-324, 1e30, -1e30, double.PositiveInfinity, double.NegativeInfinity,
    ];

    static void Compare<TScalar, TLane>()
        where TScalar : unmanaged, IHostLane<TScalar>
        where TLane : unmanaged, IHostLane<TLane>
    {
        foreach (MonotoneTable table in s_tables)
        {
            double[] x = Variates(table, TScalar.IsSingle);
            ulong[] expected = Bits(TableValues.At<TScalar>(table, x));
            for (int turn = 0; turn < TLane.Width; turn++)
            {
                Assert.True(expected.AsSpan(turn).SequenceEqual(Bits(TableValues.At<TLane>(table, x[turn..]))), $"{typeof(TLane).Name} from element {turn}");
            }
        }
    }

    // A single widened to double keeps its value and the sign of zero.
    static ulong[] Bits(double[] values) => [.. values.Select(BitConverter.DoubleToUInt64Bits)];
}
