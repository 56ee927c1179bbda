using System.Buffers.Binary;
using System.IO.Hashing;
using GpuMargin.Ilgpu.Fingerprints;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Fingerprints;

/// <summary>The digests that the publisher's own test lists for XXH3-128 without a seed, and those of another implementation.</summary>
public sealed class Xxh3Tests
{
    static readonly ulong[] s_table = Xxh3Table.Words();

    [Theory]
    [InlineData(512, 0x18D2D110DCC9BCA1, 0x617E49599013CB6B)]
    [InlineData(1024, 0x0D30D24071C64C57, 0xDD85C9B5C1109C5C)]
    [InlineData(2048, 0xF736557FD47073A5, 0xDD59E2C3A5F038E0)]
    public void Lanes_give_the_published_digests(int length, ulong high, ulong low)
    {
        byte[] message = PublishersMessage(length);
        Assert.Equal((high, low), Digest(message));
        Assert.Equal(new UInt128(high, low), XxHash128.HashToUInt128(message));
    }

    [Fact]
    public void Lanes_give_the_digests_of_another_implementation_at_every_number_of_rows()
    {
        Random random = new(1);
        for (int rows = 1; rows <= 64; rows++)
        {
            byte[] message = new byte[512 * rows];
            random.NextBytes(message);
            UInt128 expected = XxHash128.HashToUInt128(message);
            Assert.Equal(((ulong)(expected >> 64), (ulong)expected), Digest(message));
        }
    }

    [Theory]
    [InlineData(ulong.MaxValue, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, 1)]
    [InlineData(0xFFFFFFFF, 0xFFFFFFFF00000001)]
    [InlineData(0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F)]
    [InlineData(0, ulong.MaxValue)]
    public void The_upper_half_of_a_product_is_whole(ulong x, ulong y)
    {
        Assert.Equal(Math.BigMul(x, y, out _), Xxh3.MultiplyHigh(x, y));
        Assert.Equal(Math.BigMul(y, x, out _), Xxh3.MultiplyHigh(y, x));
    }

    // Stripe by stripe as the specification says, of whole stripes only.
    static (ulong High, ulong Low) Digest(byte[] message)
    {
        ulong[] sums = s_table[Xxh3Table.Start..];
        int stripes = message.Length / 64;
        for (int stripe = 0; stripe < stripes; stripe++)
        {
            bool last = stripe == stripes - 1;
            int ofBlock = stripe % 16;
            for (int lane = 0; lane < Xxh3.Lanes; lane++)
            {
                sums[lane] = Xxh3.Accumulate(sums[lane], Word(stripe, lane), Word(stripe, lane ^ 1), s_table[(last ? Xxh3Table.LastStripe : ofBlock) + lane]);
                if (ofBlock == 15 && !last)
                {
                    sums[lane] = Xxh3.Scramble(sums[lane], s_table[Xxh3Table.Scrambling + lane]);
                }
            }
        }

        return (Half(Xxh3Table.High, Xxh3.HighStart((ulong)message.Length)), Half(Xxh3Table.Low, Xxh3.LowStart((ulong)message.Length)));

        ulong Word(int stripe, int lane) => BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(stripe * 64 + lane * sizeof(ulong)));

        ulong Half(int secret, ulong start)
        {
            for (int lane = 0; lane < Xxh3.Lanes; lane += 2)
            {
                start += Xxh3.Fold(sums[lane], s_table[secret + lane], sums[lane + 1], s_table[secret + lane + 1]);
            }

            return Xxh3.Avalanche(start);
        }
    }

    static byte[] PublishersMessage(int length)
    {
        byte[] message = new byte[length];
        ulong generator = 2654435761;
        for (int i = 0; i < length; i++)
        {
            message[i] = (byte)(generator >> 56);
            generator *= 11400714785074694797;
        }

        return message;
    }
}
