using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Premiums of a surface at one deviation and rate as kernels compute them, to the bit: their polynomials in t are the same for all prices.</summary>
readonly unsafe struct PremiumLine<T>
    where T : unmanaged, IHostLane<T>
{
    readonly Sums sums;
    readonly PremiumPiece<T> piece;
    readonly T inverseDeviation, z, leg;
    readonly double discount, shift, deviation;

    /// <param name="place">t, the place of ln v in its range.</param>
    /// <param name="z">Place of the rate in its range.</param>
    public PremiumLine(PremiumSurface surface, double place, double z)
    {
        T t = T.Of(place);
        List<T> values = [];
        for (int power = 0; power < surface.RateTerms; power++)
        {
            values.Add(Sum(surface.Boundary[power], t));
            for (int i = 0; i < surface.DistanceTerms; i++)
            {
                values.Add(Sum(surface.Coefficients[power].AsSpan(i * surface.DeviationTerms, surface.DeviationTerms), t));
            }
        }

        sums = new Sums([.. values]);
        piece = new PremiumPiece<T>(
            start: 0, boundaryTerms: 1, surface.DistanceTerms, deviationTerms: 1, surface.RateTerms, surface.NormalizedByDistance,
            from: t, origin: t, step: t, rateStep: T.Of(1), scale: T.Of(surface.Slope), shift: T.Of(surface.Offset), bend: T.Of(1 / surface.Bend), drift: T.Of(surface.Drift));
        (double rate, double yield) = surface.Key.At(z);
        deviation = surface.Range.At(place);
        discount = HostMath.Exp(-rate * surface.Key.Years);
        shift = (rate - yield) * surface.Key.Years / deviation - deviation / 2;
        (inverseDeviation, this.z, leg) = (T.Of(1 / deviation), T.Of(z), T.Of(discount));
    }

    /// <summary>Premium of the put of strike one.</summary>
    /// <param name="logPrice">x.</param>
    public double At(double logPrice)
    {
        double part = discount * StandardNormal.Instance.UpperTail(logPrice / deviation + shift), premium;
        T.WidenTo(piece.Premium(sums, new PremiumPoint<T>(T.Of(logPrice), inverseDeviation, leg, T.Of(part)), T.Of(0), z), &premium);
        return premium;
    }

    static T Sum(ReadOnlySpan<double> coefficients, T t)
    {
        T sum = T.Of(coefficients[^1]);
        for (int k = coefficients.Length - 2; k >= 0; k--)
        {
            sum = T.Fma(sum, t, T.Of(coefficients[k]));
        }

        return sum;
    }

    readonly struct Sums(T[] values) : ICoefficients<T>
    {
        public T Coefficient(int place) => values[place];
    }
}
