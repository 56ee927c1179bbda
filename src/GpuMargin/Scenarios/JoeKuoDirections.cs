using System.Numerics;
using GpuMargin.Kernels;

namespace GpuMargin.Scenarios;

/// <summary>Direction numbers of Sobol's sequence: new-joe-kuo-6.21201 (Joe and Kuo 2008), see JoeKuo/LICENSE.</summary>
static class JoeKuoDirections
{
    const string Resource = "joe-kuo.bin";

    /// <param name="dimensions">The first so many, at most <see cref="SobolPoint.Dimensions"/>.</param>
    /// <returns>[dimension, bit], bits reversed as <see cref="IDirections"/> wants them.</returns>
    public static uint[] Read(int dimensions)
    {
        uint[] directions = new uint[dimensions * SobolPoint.Bits];
        if (dimensions == 0)
        {
            return directions;
        }

        // The first dimension is van der Corput's sequence.
        for (int bit = 0; bit < SobolPoint.Bits; bit++)
        {
            directions[bit] = 1u << bit;
        }

        using Stream stream = typeof(JoeKuoDirections).Assembly.GetManifestResourceStream(Resource)!;
        using BinaryReader reader = new(stream);
        BitReader bits = new(reader.ReadBytes((int)stream.Length));
        int degree = 0;
        for (int dimension = 1; dimension < dimensions; dimension++)
        {
            degree += (int)bits.Next(1);
            uint polynomial = bits.Next(degree - 1);
            Fill(directions.AsSpan(dimension * SobolPoint.Bits, SobolPoint.Bits), degree, polynomial, ref bits);
        }

        return directions;
    }

    // m_k = 2a_1·m_(k−1) ^ 4a_2·m_(k−2) ^ … ^ 2^s·m_(k−s) ^ m_(k−s) and v_k = m_k·2^(32−k); reversed, m_k's lowest bit is bit k − 1.
    static void Fill(Span<uint> directions, int degree, uint polynomial, ref BitReader bits)
    {
        for (int k = 0; k < SobolPoint.Bits; k++)
        {
            uint v;
            if (k < degree)
            {
                v = (2 * bits.Next(k) + 1) << (31 - k);
            }
            else
            {
                uint previous = Reverse(directions[k - degree]);
                v = previous ^ (previous >> degree);
                for (int i = 1; i < degree; i++)
                {
                    if (((polynomial >> (degree - 1 - i)) & 1) != 0)
                    {
                        v ^= Reverse(directions[k - i]);
                    }
                }
            }

            directions[k] = Reverse(v);
        }
    }

    static uint Reverse(uint x)
    {
        uint y = 0;
        for (; x != 0; x &= x - 1)
        {
            y |= 0x80000000u >> BitOperations.TrailingZeroCount(x);
        }

        return y;
    }

    /// <summary>Fields of a bit string, each from its least significant bit up.</summary>
    struct BitReader(byte[] bytes)
    {
        long position;

        public uint Next(int width)
        {
            uint value = 0;
            for (int i = 0; i < width; i++, position++)
            {
                value |= (uint)((bytes[position >> 3] >> (int)(position & 7)) & 1) << i;
            }

            return value;
        }
    }
}
