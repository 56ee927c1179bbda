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
    readonly PremiumKey key;
    readonly double deviation, place;
    readonly T z;

    /// <param name="place">t, the place of ln v in its range.</param>
    /// <param name="z">Place of the rate in its span.</param>
    public PremiumLine(PremiumSurface surface, double place, double z)
    {
        T t = T.Of(place);
        T[] values = new T[surface.RateTerms * (1 + surface.DistanceTerms)];
        int count = 0;
        for (int power = 0; power < surface.RateTerms; power++)
        {
            values[count++] = Sum(surface.Boundary[power], t);
            for (int i = 0; i < surface.DistanceTerms; i++)
            {
                values[count++] = Sum(surface.Coefficients[power].AsSpan(i * surface.DeviationTerms, surface.DeviationTerms), t);
            }
        }

        sums = new Sums(values);
        piece = new PremiumPiece<T>(
            start: 0, boundaryTerms: 1, surface.DistanceTerms, deviationTerms: 1, surface.RateTerms, surface.NormalizedByDistance,
            from: t, origin: t, step: t, rateFrom: t, rateOrigin: T.Of(0), rateStep: T.Of(1),
            scale: T.Of(surface.Slope), shift: T.Of(surface.Offset), bend: T.Of(1 / surface.Bend), drift: T.Of(surface.Drift));
        (key, deviation, this.z, this.place) = (surface.Key, surface.Range.At(place), T.Of(z), z);
    }

    /// <summary>Points of prices, side by side and filled up with the last.</summary>
    /// <param name="z">Place of the rate in its span.</param>
    /// <param name="deviation">v.</param>
    /// <param name="logPrices">x.</param>
    public static PremiumPoint<T>[] Points(PremiumKey key, double z, double deviation, ReadOnlySpan<double> logPrices)
    {
        (double rate, double yield) = key.At(key.Span.At(z));
        double discount = HostMath.Exp(-rate * key.Years), shift = (rate - yield) * key.Years / deviation - deviation / 2;
        PremiumPoint<T>[] points = new PremiumPoint<T>[(logPrices.Length + T.Width - 1) / T.Width];
        double* x = stackalloc double[T.Width], part = stackalloc double[T.Width];
        for (int i = 0; i < points.Length; i++)
        {
            for (int k = 0; k < T.Width; k++)
            {
                double logPrice = logPrices[Math.Min(i * T.Width + k, logPrices.Length - 1)];
                Set(x, k, logPrice);
                Set(part, k, discount * StandardNormal.Instance.UpperTail(logPrice / deviation + shift));
            }

            points[i] = new PremiumPoint<T>(T.Load(x, 0), T.Of(1 / deviation), T.Of(discount), T.Load(part, 0));
        }

        return points;
    }

    /// <summary>Premium of the put of strike one.</summary>
    public T At(PremiumPoint<T> point) => piece.Premium(sums, point, T.Of(0), z);

    /// <summary>Premium of the put of strike one.</summary>
    /// <param name="logPrice">x.</param>
    public double At(double logPrice)
    {
        double* premiums = stackalloc double[T.Width];
        T.WidenTo(At(Points(key, place, deviation, [logPrice])[0]), premiums);
        return premiums[0];
    }

    static void Set(double* row, int k, double value)
    {
        if (T.IsSingle)
        {
            ((float*)row)[k] = (float)value;
        }
        else
        {
            row[k] = value;
        }
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
