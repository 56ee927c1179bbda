using GpuMargin.Kernels;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Scenarios;

public sealed class JoeKuoDirectionsTests
{
    const double Unit = 4294967296.0;

    static readonly Lazy<uint[]> s_all = new(() => JoeKuoDirections.Read(SobolPoint.Dimensions));

    // Published points, in Gray-code order: point i of the list is our point i ^ (i >> 1).
    [Theory]
    [InlineData(2, .75, .25, .25, .25, .75, .75, .25, .75, .75, .75)]
    [InlineData(9, .6875, .8125, .4375, .9375, .0625, .8125, .9375, .4375, .4375, .8125)]
    [InlineData(1024, .00146484375, .37646484375, .44775390625, .48681640625, .55712890625, .84423828125, .24169921875, .58740234375, .69677734375, .67138671875)]
    public void The_first_ten_dimensions_are_the_published_ones(int index, params double[] coordinates)
    {
        for (int dimension = 0; dimension < 10; dimension++)
        {
            Assert.Equal(coordinates[dimension], Point(index ^ (index >> 1), dimension));
            Assert.Equal(coordinates[dimension], ReferenceSobol.Point(index ^ (index >> 1), dimension));
        }
    }

    // scipy.stats.qmc.Sobol, which has the same numbers, not scrambled.
    [Theory]
    [InlineData(1000, 10, 0.0849609375)]
    [InlineData(1000, 99, 0.1865234375)]
    [InlineData(1000, 999, 0.2001953125)]
    [InlineData(1000, 9999, 0.4326171875)]
    [InlineData(1000, 21199, 0.9462890625)]
    [InlineData(1000, 21200, 0.0830078125)]
    [InlineData(77777, 10, 0.9396743774414062)]
    [InlineData(77777, 99, 0.06757354736328125)]
    [InlineData(77777, 999, 0.14743804931640625)]
    [InlineData(77777, 9999, 0.5061721801757812)]
    [InlineData(77777, 21199, 0.38379669189453125)]
    [InlineData(77777, 21200, 0.46198272705078125)]
    public void Later_dimensions_are_those_of_another_program(int index, int dimension, double coordinate) =>
        Assert.Equal(coordinate, Point(index ^ (index >> 1), dimension));

    [Fact]
    public void The_first_dimension_is_van_der_Corputs_sequence() =>
        Assert.Equal([0, 1 / 2.0, 1 / 4.0, 3 / 4.0, 1 / 8.0, 5 / 8.0, 3 / 8.0, 7 / 8.0], Enumerable.Range(0, 8).Select(i => Point(i, 0)));

    [Fact]
    public void The_definition_gives_every_point_of_the_first_dimensions()
    {
        for (int dimension = 0; dimension < 10; dimension++)
        {
            for (int i = 0; i < 512; i++)
            {
                Assert.Equal(ReferenceSobol.Point(i, dimension), Point(i, dimension));
            }
        }
    }

    [Fact]
    public void Every_dimension_puts_one_point_of_a_power_of_two_into_every_cell()
    {
        // v_k has digit k and none behind it, in every dimension: bits reversed, bit k − 1 is the highest.
        for (int i = 0; i < s_all.Value.Length; i++)
        {
            Assert.Equal(1u, s_all.Value[i] >> (i % SobolPoint.Bits));
        }
    }

    [Fact]
    public void A_few_dimensions_are_the_first_of_all() =>
        Assert.Equal(s_all.Value[..(100 * SobolPoint.Bits)], JoeKuoDirections.Read(100));

    static double Point(int index, int dimension)
    {
        uint reversed = SobolPoint.Reversed((uint)index, (uint)dimension, new Directions(s_all.Value));
        double x = 0;
        for (int bit = 0; bit < SobolPoint.Bits; bit++)
        {
            x += (reversed >> bit & 1) * (Unit / 2 / (1L << bit)) / Unit;
        }

        return x;
    }

    readonly struct Directions(uint[] numbers) : IDirections
    {
        public uint Direction(uint dimension, uint bit) => numbers[dimension * SobolPoint.Bits + bit];
    }
}
