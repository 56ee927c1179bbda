using GpuMargin.Backends.Cpu;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Kernels;

public sealed class NormalVariateTests
{
    const double Largest = 6.34; // Φ⁻¹(2⁻³³) is −6.3369
    const double PrecisionGap = 5e-7; // relative: 3e-7 of the single-precision quantile and the rounding of the word to 24 bits

    static readonly uint[] s_extremes = [0, 1, 2, 0x7FFFFFFE, 0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFFFFE, 0xFFFFFFFF, 322122547, 322122548];

    [Fact]
    public void The_sign_bit_mirrors_the_variate_bit_for_bit()
    {
        uint[] words = Words(65_536);
        uint[] mirrored = [.. words.Select(w => w ^ 0x80000000)];
        Assert.Equal(Normals<Float32>(words), Normals<Float32>(mirrored).Select(z => -z));
        Assert.Equal(Normals<Float64>(words), Normals<Float64>(mirrored).Select(z => -z));
        Assert.All(words.Zip(Normals<Float64>(words)), pair => Assert.True(pair.Second == 0 || (pair.First >> 31 == 1) == (pair.Second < 0)));
    }

    [Fact]
    public void No_variate_leaves_its_bound_and_the_extreme_words_reach_it()
    {
        foreach (double[] z in (double[][])[Normals<Float32>([.. Words(65_536), .. s_extremes]), Normals<Float64>([.. Words(65_536), .. s_extremes])])
        {
            Assert.All(z, value => Assert.InRange(value, -Largest, Largest));
            Assert.True(z.Max() > Largest - 0.01 && z.Min() < -Largest + 0.01);
        }
    }

    [Fact]
    public void Both_precisions_draw_the_same_normals_up_to_rounding()
    {
        uint[] words = [.. Words(65_536), .. s_extremes];
        double[] single = Normals<Float32>(words);
        double[] wide = Normals<Float64>(words);
        for (int i = 0; i < words.Length; i++)
        {
            Assert.Equal(wide[i], single[i], PrecisionGap * Math.Max(Math.Abs(wide[i]), .5));
        }
    }

    [Fact]
    public void A_variate_is_the_quantile_of_its_word()
    {
        uint[] words = [.. Words(4096), .. s_extremes];
        double[] z = Normals<Float64>(words);
        for (int i = 0; i < words.Length; i++)
        {
            double tail = ((words[i] & 0x7FFFFFFF) + .5) / 4294967296;
            double expected = ReferenceNormal.UpperQuantile(tail) * (words[i] >> 31 == 1 ? -1 : 1);
            Assert.Equal(expected, z[i], 2e-15 * Math.Max(Math.Abs(expected), .1)); // both quantiles' rounding; p − ½ cancels
        }
    }

    [Fact]
    public void Philox_words_become_normals()
    {
        // A fixed seed, so the test cannot fluctuate; one in a thousand correct generators would fail it.
        foreach (double[] z in (double[][])[Normals<Float32>(Words(100_000)), Normals<Float64>(Words(100_000))])
        {
            KolmogorovSmirnov test = KolmogorovSmirnov.OneSample(z, ReferenceNormal.Cdf);
            Assert.True(test.PValue > .001, $"{test}");
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Words_become_the_same_numbers_in_every_lane(int width)
    {
        uint[] words = [.. s_extremes, .. Words(65_536 - s_extremes.Length)];
        if (width == 8 && Float32x8.IsSupported)
        {
            Assert.Equal(Normals<Float32>(words), Normals<Float32x8>(words));
            Assert.Equal(Normals<Float64>(words), Normals<Float64x4>(words));
        }
        if (width == 16 && Float32x16.IsSupported)
        {
            Assert.Equal(Normals<Float32>(words), Normals<Float32x16>(words));
            Assert.Equal(Normals<Float64>(words), Normals<Float64x8>(words));
        }
    }

    static unsafe double[] Normals<T>(uint[] words)
        where T : unmanaged, IHostLane<T>
    {
        uint[] padded = [.. words, .. new uint[16]];
        using LaneArray<T> z = new(padded.Length);
        fixed (uint* source = padded)
        {
            for (int i = 0; i < words.Length; i += T.Width)
            {
                T magnitude = T.FromWords(source + i, out T sign);
                T.Store(NormalVariate.FromWord(magnitude, sign), z.Pointer, i);
            }
        }
        double[] values = new double[words.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = z[i];
        }

        return values;
    }

    static uint[] Words(int count)
    {
        uint[] words = new uint[count];
        for (int i = 0; i < count; i += 4)
        {
            UInt32x1 c0 = UInt32x1.Of((uint)i / 4), c1 = UInt32x1.Of(0), c2 = UInt32x1.Of(0), c3 = UInt32x1.Of(0);
            Philox.Generate(ref c0, ref c1, ref c2, ref c3, 20010102, 0);
            UInt32x1[] four = [c0, c1, c2, c3];
            for (int k = 0; k < 4 && i + k < count; k++)
            {
                words[i + k] = four[k].Value;
            }
        }
        return words;
    }
}
