using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>The two polynomials of a <see cref="PremiumPiece{T}"/>, b and Σ_i w^i Σ_j c_ij t^j, by Horner's rule.</summary>
/// <remarks>Coefficients lie in memory as b, then c by rows; those of z, z² and so on follow in the same order.</remarks>
/// <param name="start">Place of the first coefficient.</param>
/// <param name="boundaryTerms">Terms of b.</param>
/// <param name="distanceTerms">Terms in w.</param>
/// <param name="deviationTerms">Terms in t.</param>
/// <param name="powers">Powers of z: 1 without a rate factor.</param>
readonly struct PremiumPolynomials(int start, int boundaryTerms, int distanceTerms, int deviationTerms, int powers)
{
    readonly int start = start;
    readonly int boundaryTerms = boundaryTerms;
    readonly int distanceTerms = distanceTerms;
    readonly int deviationTerms = deviationTerms;
    readonly int powers = powers;

    int Shares => distanceTerms * deviationTerms;

    int Size => boundaryTerms + Shares;

    int Before => (powers - 1) * Size;

    int Last => start + Before;

    /// <summary>Logarithm of the critical price over the strike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Boundary<T, TCoefficients>(TCoefficients coefficients, T t, T z)
        where T : unmanaged, IMultiplyAdd<T>
        where TCoefficients : struct, ICoefficients<T>
    {
        int size = Size, last = Last;
        T sum = Row(coefficients, last, boundaryTerms, t);
        for (int p = last - size; p >= start; p -= size)
        {
            sum = T.Fma(sum, z, Row(coefficients, p, boundaryTerms, t));
        }

        return sum;
    }

    /// <summary>Premium over its normaliser.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Share<T, TCoefficients>(TCoefficients coefficients, T w, T t, T z)
        where T : unmanaged, IMultiplyAdd<T>
        where TCoefficients : struct, ICoefficients<T>
    {
        int size = Size, last = Last;
        T sum = Rows(coefficients, last + boundaryTerms, distanceTerms, deviationTerms, w, t);
        for (int p = last - size; p >= start; p -= size)
        {
            sum = T.Fma(sum, z, Rows(coefficients, p + boundaryTerms, distanceTerms, deviationTerms, w, t));
        }

        return sum;
    }

    /// <summary>A polynomial in w, whose coefficients are polynomials in t.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Rows<T, TCoefficients>(TCoefficients coefficients, int first, int rows, int terms, T w, T t)
        where T : unmanaged, IMultiplyAdd<T>
        where TCoefficients : struct, ICoefficients<T>
    {
        int before = (rows - 1) * terms, row = first + before;
        T sum = Row(coefficients, row, terms, t);
        for (row -= terms; row >= first; row -= terms)
        {
            sum = T.Fma(sum, w, Row(coefficients, row, terms, t));
        }

        return sum;
    }

    /// <summary>A polynomial in t.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Row<T, TCoefficients>(TCoefficients coefficients, int first, int terms, T t)
        where T : unmanaged, IMultiplyAdd<T>
        where TCoefficients : struct, ICoefficients<T>
    {
        T sum = coefficients.Coefficient(first + terms - 1);
        for (int k = first + terms - 2; k >= first; k--)
        {
            sum = T.Fma(sum, t, coefficients.Coefficient(k));
        }

        return sum;
    }
}
