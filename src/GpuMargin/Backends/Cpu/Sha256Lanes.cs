using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuMargin.Backends.Cpu;

/// <summary>SHA-256 (FIPS 180-4) of sixteen messages side by side, one in each position of 512-bit vectors.</summary>
/// <remarks>
/// The processor's SHA instructions are bound by their latency and .NET offers no way to interleave two streams of them:
/// measured 1.65 GB/s, against the rate of this class in benchmarks/results.
/// </remarks>
static unsafe class Sha256Lanes
{
    public const int Messages = 16;

    const int BlockBytes = 64;
    const int Rounds = 64;

    public static bool IsSupported => Avx512BW.IsSupported;

    static ReadOnlySpan<uint> InitialState =>
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    static ReadOnlySpan<uint> RoundConstants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>Digests of messages of equal length that follow one another.</summary>
    /// <param name="count">Number of messages, at most <see cref="Messages"/>; fewer take as long.</param>
    /// <param name="length">Bytes of each message, a multiple of 64.</param>
    /// <param name="digests">32 bytes for each message, one after the other.</param>
    public static void HashData(byte* messages, int count, int length, Span<byte> digests)
    {
        Debug.Assert(count is > 0 and <= Messages && length % BlockBytes == 0 && digests.Length >= count * InitialState.Length * sizeof(uint), "Messages or digests have another size.");
        byte* memory = stackalloc byte[Rounds * sizeof(Vector512<uint>) + BlockBytes];
        var words = (Vector512<uint>*)((nint)(memory + BlockBytes - 1) & -BlockBytes);
        Vector512<uint>* state = stackalloc Vector512<uint>[InitialState.Length];
        for (int i = 0; i < InitialState.Length; i++)
        {
            state[i] = Vector512.Create(InitialState[i]);
        }

        for (int offset = 0; offset < length; offset += BlockBytes)
        {
            Transpose(messages + offset, count, length, words);
            Compress(state, words);
        }

        // The padding of a whole number of blocks is a block of its own: a one, zeros, the length in bits.
        new Span<Vector512<uint>>(words, BlockBytes / sizeof(uint)).Clear();
        words[0] = Vector512.Create(0x80000000);
        words[14] = Vector512.Create((uint)((ulong)length >> 29));
        words[15] = Vector512.Create((uint)length << 3);
        Compress(state, words);
        for (int message = 0; message < count; message++)
        {
            for (int i = 0; i < InitialState.Length; i++)
            {
                BinaryPrimitives.WriteUInt32BigEndian(digests[((message * InitialState.Length + i) * sizeof(uint))..], state[i][message]);
            }
        }
    }

    // Word j of every message into words[j], big-endian; the last message stands in for those that are missing.
    static void Transpose(byte* source, int count, nint length, Vector512<uint>* words)
    {
        Vector512<byte> reversed = Vector512.Create(Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
        Vector512<uint>* quads = stackalloc Vector512<uint>[Messages];
        for (int four = 0; four < 4; four++)
        {
            Vector512<uint> r0 = Avx512F.LoadVector512((uint*)(source + Math.Min(4 * four, count - 1) * length));
            Vector512<uint> r1 = Avx512F.LoadVector512((uint*)(source + Math.Min(4 * four + 1, count - 1) * length));
            Vector512<uint> r2 = Avx512F.LoadVector512((uint*)(source + Math.Min(4 * four + 2, count - 1) * length));
            Vector512<uint> r3 = Avx512F.LoadVector512((uint*)(source + Math.Min(4 * four + 3, count - 1) * length));
            Vector512<ulong> low01 = Avx512F.UnpackLow(r0, r1).AsUInt64();
            Vector512<ulong> high01 = Avx512F.UnpackHigh(r0, r1).AsUInt64();
            Vector512<ulong> low23 = Avx512F.UnpackLow(r2, r3).AsUInt64();
            Vector512<ulong> high23 = Avx512F.UnpackHigh(r2, r3).AsUInt64();
            quads[four] = Avx512F.UnpackLow(low01, low23).AsUInt32();
            quads[4 + four] = Avx512F.UnpackHigh(low01, low23).AsUInt32();
            quads[8 + four] = Avx512F.UnpackLow(high01, high23).AsUInt32();
            quads[12 + four] = Avx512F.UnpackHigh(high01, high23).AsUInt32();
        }

        for (int j = 0; j < 4; j++)
        {
            Vector512<uint>* q = quads + 4 * j;
            Vector512<uint> even01 = Avx512F.Shuffle4x128(q[0], q[1], 0x88);
            Vector512<uint> odd01 = Avx512F.Shuffle4x128(q[0], q[1], 0xDD);
            Vector512<uint> even23 = Avx512F.Shuffle4x128(q[2], q[3], 0x88);
            Vector512<uint> odd23 = Avx512F.Shuffle4x128(q[2], q[3], 0xDD);
            words[j] = Avx512BW.Shuffle(Avx512F.Shuffle4x128(even01, even23, 0x88).AsByte(), reversed).AsUInt32();
            words[4 + j] = Avx512BW.Shuffle(Avx512F.Shuffle4x128(odd01, odd23, 0x88).AsByte(), reversed).AsUInt32();
            words[8 + j] = Avx512BW.Shuffle(Avx512F.Shuffle4x128(even01, even23, 0xDD).AsByte(), reversed).AsUInt32();
            words[12 + j] = Avx512BW.Shuffle(Avx512F.Shuffle4x128(odd01, odd23, 0xDD).AsByte(), reversed).AsUInt32();
        }
    }

    static void Compress(Vector512<uint>* state, Vector512<uint>* w)
    {
        // Each word needs the one before the last at once: by way of memory that would be the longest wait.
        Vector512<uint> even = w[14], odd = w[15];
        for (int t = 16; t < Rounds; t += 2)
        {
            w[t] = even = Extend(w[t - 16], w[t - 15], w[t - 7], even);
            w[t + 1] = odd = Extend(w[t - 15], w[t - 14], w[t - 6], odd);
        }

        Vector512<uint> a = state[0], b = state[1], c = state[2], d = state[3];
        Vector512<uint> e = state[4], f = state[5], g = state[6], h = state[7];
        fixed (uint* k = RoundConstants)
        {
            for (int t = 0; t < Rounds; t += 8)
            {
                Round(a, b, c, ref d, e, f, g, ref h, w[t] + Vector512.Create(k[t]));
                Round(h, a, b, ref c, d, e, f, ref g, w[t + 1] + Vector512.Create(k[t + 1]));
                Round(g, h, a, ref b, c, d, e, ref f, w[t + 2] + Vector512.Create(k[t + 2]));
                Round(f, g, h, ref a, b, c, d, ref e, w[t + 3] + Vector512.Create(k[t + 3]));
                Round(e, f, g, ref h, a, b, c, ref d, w[t + 4] + Vector512.Create(k[t + 4]));
                Round(d, e, f, ref g, h, a, b, ref c, w[t + 5] + Vector512.Create(k[t + 5]));
                Round(c, d, e, ref f, g, h, a, ref b, w[t + 6] + Vector512.Create(k[t + 6]));
                Round(b, c, d, ref e, f, g, h, ref a, w[t + 7] + Vector512.Create(k[t + 7]));
            }
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Extend(Vector512<uint> before16, Vector512<uint> before15, Vector512<uint> before7, Vector512<uint> before2) =>
        before16 + before7
            + Xor(Avx512F.RotateRight(before15, 7), Avx512F.RotateRight(before15, 18), before15 >>> 3)
            + Xor(Avx512F.RotateRight(before2, 17), Avx512F.RotateRight(before2, 19), before2 >>> 10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Round(
        Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, ref Vector512<uint> d,
        Vector512<uint> e, Vector512<uint> f, Vector512<uint> g, ref Vector512<uint> h, Vector512<uint> word)
    {
        Vector512<uint> choice = Avx512F.TernaryLogic(e, f, g, 0xCA);
        Vector512<uint> majority = Avx512F.TernaryLogic(a, b, c, 0xE8);
        Vector512<uint> next = h + word + choice + Xor(Avx512F.RotateRight(e, 6), Avx512F.RotateRight(e, 11), Avx512F.RotateRight(e, 25));
        d += next;
        h = next + majority + Xor(Avx512F.RotateRight(a, 2), Avx512F.RotateRight(a, 13), Avx512F.RotateRight(a, 22));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Xor(Vector512<uint> x, Vector512<uint> y, Vector512<uint> z) => Avx512F.TernaryLogic(x, y, z, 0x96);
}
