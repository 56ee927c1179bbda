namespace GpuMargin.Tests.Reference;

/// <summary>Sobol's sequence by its definition, and scrambling by a separate random bit for every node of the binary tree.</summary>
public static class ReferenceSobol
{
    /// <summary>Degree, coefficients and initial direction integers of dimensions 2 to 10 (Joe and Kuo 2008, D(6)).</summary>
    static readonly (int Degree, int Coefficients, int[] Initial)[] s_table =
    [
        (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]),
        (4, 4, [1, 3, 5, 13]), (5, 2, [1, 1, 5, 5, 17]), (5, 4, [1, 1, 5, 5, 5]), (5, 7, [1, 1, 7, 11, 19]),
    ];

    /// <summary>Coordinate of point i, x = i1·v1 ⊕ i2·v2 ⊕ … with i's binary digits.</summary>
    /// <param name="dimension">0 to 9.</param>
    public static double Point(int index, int dimension)
    {
        double x = 0;
        long bits = 0;
        for (int k = 1; index >> (k - 1) != 0; k++)
        {
            if (((index >> (k - 1)) & 1) == 1)
            {
                bits ^= DirectionInteger(dimension, k) << (40 - k);
            }
        }

        for (int digit = 1; digit <= 40; digit++)
        {
            x += ((bits >> (40 - digit)) & 1) * Math.Pow(2, -digit);
        }

        return x;
    }

    static long DirectionInteger(int dimension, int k)
    {
        if (dimension == 0)
        {
            return 1;
        }

        (int degree, int coefficients, int[] initial) = s_table[dimension - 1];
        if (k <= degree)
        {
            return initial[k - 1];
        }

        long m = DirectionInteger(dimension, k - degree) ^ (DirectionInteger(dimension, k - degree) << degree);
        for (int j = 1; j < degree; j++)
        {
            if (((coefficients >> (degree - 1 - j)) & 1) == 1)
            {
                m ^= DirectionInteger(dimension, k - j) << j;
            }
        }

        return m;
    }

    /// <summary>Nested uniform scrambling (Owen 1995): each digit is flipped or not by the node of the digits before it.</summary>
    public static double Scramble(double x, Dictionary<long, bool> flips, Random random)
    {
        long node = 1; // the digits before, behind a leading one
        double scrambled = 0;
        double rest = x;
        for (int digit = 1; digit <= 32; digit++)
        {
            rest *= 2;
            bool one = rest >= 1;
            if (one)
            {
                rest -= 1;
            }

            if (!flips.TryGetValue(node, out bool flip))
            {
                flips[node] = flip = random.Next(2) == 1;
            }

            if (one != flip)
            {
                scrambled += Math.Pow(2, -digit);
            }

            node = 2 * node + (one ? 1 : 0);
        }
        return scrambled;
    }
}
