using System.Security.Cryptography;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using Xunit;

namespace GpuMargin.Tests.Backends.Cpu;

public sealed class Sha256LanesTests
{
    [LanesFact(LaneWidth.Bits512)]
    public unsafe void Digests_are_those_of_the_framework()
    {
        Assert.True(Sha256Lanes.IsSupported);
        foreach (int length in (int[])[64, 128, 512, 4096 + 64, 32_768])
        {
            for (int count = 1; count <= Sha256Lanes.Messages; count++)
            {
                byte[] messages = new byte[count * length];
                new Random(length + count).NextBytes(messages);
                byte[] digests = new byte[count * SHA256.HashSizeInBytes];
                fixed (byte* first = messages)
                {
                    Sha256Lanes.HashData(first, count, length, digests);
                }

                Assert.Equal(messages.Chunk(length).SelectMany(SHA256.HashData), digests);
            }
        }
    }
}
