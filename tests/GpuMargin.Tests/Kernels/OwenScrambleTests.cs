using System.Numerics;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Kernels;

public sealed class OwenScrambleTests(ITestOutputHelper output)
{
    [Fact]
    public void Word_lanes_agree_word_for_word()
    {
        uint[] expected = Run<UInt32x1>();
        if (Float32x8.IsSupported)
        {
            Assert.Equal(expected, Run<UInt32x8>());
        }

        if (Float32x16.IsSupported)
        {
            Assert.Equal(expected, Run<UInt32x16>());
        }
    }

    [Fact]
    public void Reversing_twice_is_nothing_and_moves_bit_0_to_31()
    {
        for (int bit = 0; bit < 32; bit++)
        {
            Assert.Equal(0x80000000u >> bit, UInt32x1.ReverseBits(UInt32x1.Of(1u << bit)).Value);
        }

        Assert.Equal(0x12345678u, UInt32x1.ReverseBits(UInt32x1.ReverseBits(UInt32x1.Of(0x12345678))).Value);
    }

    [Fact]
    public void A_digit_depends_on_the_digits_before_it_and_its_own_alone()
    {
        Random random = new(1);
        for (int trial = 0; trial < 2000; trial++)
        {
            ScrambleKeys keys = Keys(random);
            uint x = (uint)random.NextInt64(1L << 32);
            int digit = random.Next(32);
            uint different = Scramble(x, keys) ^ Scramble(x ^ (1u << (31 - digit)), keys);
            // The first difference is at that digit: equal before it, unequal there. So it is a permutation too.
            Assert.Equal(digit, BitOperations.LeadingZeroCount(different));
        }
    }

    [Fact]
    public void Flips_of_a_digit_are_even_and_independent_between_nodes_and_digits()
    {
        const int Keyings = 20_000;
        // 48 × 47/2 correlations of ±1 flips with standard error 1/√20,000: the largest of 1,128 normals beyond 5 is once in 1,500 suites.
        const double Limit = 5;
        Random random = new(2);
        int[,] flips = new int[48, Keyings];
        uint[] nodes = [0x00000000, 0x80000000, 0x40000000, 0xC0000000, 0x7FFFFFFF, 0x12345678];
        for (int keying = 0; keying < Keyings; keying++)
        {
            ScrambleKeys keys = Keys(random);
            for (int node = 0; node < nodes.Length; node++)
            {
                uint flipped = nodes[node] ^ Scramble(nodes[node], keys);
                for (int digit = 0; digit < 8; digit++)
                {
                    flips[8 * node + digit, keying] = (flipped >> (31 - digit) & 1) == 1 ? 1 : -1;
                }
            }
        }

        double worst = 0;
        for (int a = 0; a < 48; a++)
        {
            worst = Math.Max(worst, Math.Abs(Sum(a, -1)));
            for (int b = 0; b < a; b++)
            {
                if (!SameNode(nodes[a / 8], nodes[b / 8], a % 8, b % 8))
                {
                    worst = Math.Max(worst, Math.Abs(Sum(a, b)));
                }
            }
        }

        output.WriteLine($"largest: {worst:F2} standard errors");
        Assert.InRange(worst, 0, Limit);

        double Sum(int a, int b)
        {
            long sum = 0;
            for (int k = 0; k < Keyings; k++)
            {
                sum += flips[a, k] * (b < 0 ? 1 : flips[b, k]);
            }

            return sum / Math.Sqrt(Keyings);
        }

        // The same digit behind the same digits is one flip.
        static bool SameNode(uint x, uint y, int i, int j) => i == j && (i == 0 || x >> (32 - i) == y >> (32 - i));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 5)]
    [InlineData(8, 9)]
    public void The_variance_of_an_integral_is_that_of_independent_flips(int first, int second)
    {
        const int Points = 16;
        const int Randomizations = 8000;
        // Variance estimates of 8,000 near-normal values have a relative standard error of √(2/8,000) = 1.6 %; their ratio 2.2 %.
        const double Tolerance = 4 * 0.022;
        Random random = new(first);
        double[] hashed = new double[Randomizations];
        double[] independent = new double[Randomizations];
        for (int r = 0; r < Randomizations; r++)
        {
            ScrambleKeys keysU = Keys(random), keysV = Keys(random);
            Dictionary<long, bool> flipsU = [], flipsV = [];
            for (int i = 0; i < Points; i++)
            {
                double u = ReferenceSobol.Point(i, first), v = ReferenceSobol.Point(i, second);
                hashed[r] += Integrand(Scramble((uint)(u * 4294967296.0), keysU) / 4294967296.0, Scramble((uint)(v * 4294967296.0), keysV) / 4294967296.0) / Points;
                independent[r] += Integrand(ReferenceSobol.Scramble(u, flipsU, random), ReferenceSobol.Scramble(v, flipsV, random)) / Points;
            }
        }

        double ratio = SampleMoments.Of(hashed).Variance / SampleMoments.Of(independent).Variance;
        output.WriteLine($"dimensions {first}, {second}: {ratio:F3}");
        Assert.InRange(ratio, 1 - Tolerance, 1 + Tolerance);

        static double Integrand(double u, double v) => Math.Exp(u) * (1 + Math.Max(u + v - 1.2, 0));
    }

    static uint Scramble(uint x, ScrambleKeys keys) => SobolPoint.Word(
        UInt32x1.ReverseBits(UInt32x1.Of(x)), UInt32x1.Of(keys.Key0), UInt32x1.Of(keys.Key1), UInt32x1.Of(keys.Key2), UInt32x1.Of(keys.Key3)).Value;

    static ScrambleKeys Keys(Random random) =>
        ScrambleKeys.Of((uint)random.Next(SobolPoint.Dimensions), (uint)random.Next(SobolPoint.Randomizations), (ulong)random.NextInt64());

    static unsafe uint[] Run<TWord>()
        where TWord : unmanaged, IHostWordLane<TWord>
    {
        const int Count = 1024;
        uint[] words = new uint[Count];
        uint* inputs = stackalloc uint[5 * Count];
        for (uint i = 0; i < 5 * Count; i++)
        {
            inputs[i] = i * 0x9E3779B9;
        }

        fixed (uint* target = words)
        {
            for (int i = 0; i < Count; i += TWord.Width)
            {
                TWord.Store(
                    SobolPoint.Word(
                        TWord.Load(inputs + i), TWord.Load(inputs + Count + i), TWord.Load(inputs + 2 * Count + i),
                        TWord.Load(inputs + 3 * Count + i), TWord.Load(inputs + 4 * Count + i)),
                    target + i);
            }
        }

        return words;
    }
}
