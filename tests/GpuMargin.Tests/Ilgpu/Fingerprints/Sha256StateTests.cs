using System.Buffers.Binary;
using System.Text;
using GpuMargin.Ilgpu.Fingerprints;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Fingerprints;

/// <summary>The examples of FIPS 180-4 that its publisher lists for SHA-256 (one block, two blocks, and the long message).</summary>
public sealed class Sha256StateTests
{
    [Theory]
    [InlineData("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    [InlineData("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")]
    public void Compression_gives_the_published_digests(string text, int times, string digest)
    {
        byte[] message = Padded(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times))));
        Sha256State state = Sha256State.Initial;
        for (int start = 0; start < message.Length; start += 64)
        {
            state = state.Compress(Block(message.AsSpan(start, 64)));
        }

        Assert.Equal(digest, string.Concat(((uint[])[state.A, state.B, state.C, state.D, state.E, state.F, state.G, state.H]).Select(word => $"{word:x8}")));
    }

    static byte[] Padded(byte[] message)
    {
        byte[] padded = new byte[(message.Length + 1 + sizeof(ulong) + 63) / 64 * 64];
        message.CopyTo(padded, 0);
        padded[message.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - sizeof(ulong)), 8ul * (ulong)message.Length);
        return padded;
    }

    static Sha256Block Block(ReadOnlySpan<byte> bytes) => new()
    {
        W0 = BinaryPrimitives.ReadUInt32BigEndian(bytes),
        W1 = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]),
        W2 = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
        W3 = BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
        W4 = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]),
        W5 = BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]),
        W6 = BinaryPrimitives.ReadUInt32BigEndian(bytes[24..]),
        W7 = BinaryPrimitives.ReadUInt32BigEndian(bytes[28..]),
        W8 = BinaryPrimitives.ReadUInt32BigEndian(bytes[32..]),
        W9 = BinaryPrimitives.ReadUInt32BigEndian(bytes[36..]),
        W10 = BinaryPrimitives.ReadUInt32BigEndian(bytes[40..]),
        W11 = BinaryPrimitives.ReadUInt32BigEndian(bytes[44..]),
        W12 = BinaryPrimitives.ReadUInt32BigEndian(bytes[48..]),
        W13 = BinaryPrimitives.ReadUInt32BigEndian(bytes[52..]),
        W14 = BinaryPrimitives.ReadUInt32BigEndian(bytes[56..]),
        W15 = BinaryPrimitives.ReadUInt32BigEndian(bytes[60..]),
    };
}
