using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using Xunit;

namespace GpuMargin.Tests.Kernels;

public sealed class PhiloxTests
{
    // Random123, kat_vectors: counter, key, output of philox4x32 with 10 rounds.
    public static TheoryData<uint[], uint[], uint[]> KnownAnswers => new()
    {
        { [0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
        { [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd] },
        { [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1] },
    };

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void Known_answers_on_every_word_lane(uint[] counter, uint[] key, uint[] words)
    {
        Assert.Equal(words, Everywhere<UInt32x1>(counter, key));
        if (Float32x8.IsSupported)
        {
            Assert.Equal(words, Everywhere<UInt32x8>(counter, key));
        }

        if (Float32x16.IsSupported)
        {
            Assert.Equal(words, Everywhere<UInt32x16>(counter, key));
        }
    }

    [Fact]
    public void Word_lanes_agree_word_for_word_over_a_run_of_scenarios()
    {
        const uint First = 0xFFFFFF00; // the scenario number wraps like any word
        uint[] expected = Run<UInt32x1>(First, 4096);
        if (Float32x8.IsSupported)
        {
            Assert.Equal(expected, Run<UInt32x8>(First, 4096));
        }

        if (Float32x16.IsSupported)
        {
            Assert.Equal(expected, Run<UInt32x16>(First, 4096));
        }
    }

    [Fact]
    public void Every_part_of_the_counter_and_of_the_key_changes_the_words()
    {
        // Scenario, factor group, day and stream from 0 to 7 and two bits of the key: 16,384 counters with distinct words.
        HashSet<UInt128> seen = [];
        for (uint i = 0; i < 4096; i++)
        {
            foreach ((uint low, uint high) in ((uint, uint)[])[(1, 0), (0, 1), (1, 1), (0, 0)])
            {
                uint[] words = Everywhere<UInt32x1>([i & 7, (i >> 3) & 7, (i >> 6) & 7, i >> 9], [low, high]);
                Assert.True(seen.Add(((UInt128)words[0] << 96) | ((UInt128)words[1] << 64) | ((UInt128)words[2] << 32) | words[3]), $"counter {i}");
            }
        }
    }

    static unsafe uint[] Everywhere<TWord>(uint[] counter, uint[] key)
        where TWord : unmanaged, IHostWordLane<TWord>
    {
        TWord c0 = TWord.Of(counter[0]), c1 = TWord.Of(counter[1]), c2 = TWord.Of(counter[2]), c3 = TWord.Of(counter[3]);
        Philox.Generate(ref c0, ref c1, ref c2, ref c3, key[0], key[1]);
        uint[] words = new uint[4];
        uint* position = stackalloc uint[TWord.Width];
        for (int k = 0; k < 4; k++)
        {
            TWord.Store(k switch { 0 => c0, 1 => c1, 2 => c2, _ => c3 }, position);
            words[k] = position[0];
            for (int i = 1; i < TWord.Width; i++)
            {
                Assert.Equal(words[k], position[i]);
            }
        }
        return words;
    }

    static unsafe uint[] Run<TWord>(uint first, int count)
        where TWord : unmanaged, IHostWordLane<TWord>
    {
        uint[] words = new uint[4 * count];
        fixed (uint* target = words)
        {
            for (int s = 0; s < count; s += TWord.Width)
            {
                TWord c0 = TWord.Sequence(first + (uint)s), c1 = TWord.Of(3), c2 = TWord.Of(1), c3 = TWord.Of(0);
                Philox.Generate(ref c0, ref c1, ref c2, ref c3, 12345, 678);
                TWord.Store(c0, target + s);
                TWord.Store(c1, target + count + s);
                TWord.Store(c2, target + (2 * count) + s);
                TWord.Store(c3, target + (3 * count) + s);
            }
        }
        return words;
    }
}
