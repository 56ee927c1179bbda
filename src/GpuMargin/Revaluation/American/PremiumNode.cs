using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Premiums at one rate, solved at the points of the deviations.</summary>
sealed class PremiumNode
{
    readonly double drift, discount;
    readonly double[] deviations, boundary;
    readonly AmericanPut[] puts;
    readonly bool byDistance;

    /// <param name="deviations">v, at <see cref="Polynomial.Points"/> of t.</param>
    public PremiumNode((double Rate, double Yield) terms, double years, double[] deviations, bool byDistance, BoundaryAccuracy accuracy)
    {
        (drift, discount) = ((terms.Rate - terms.Yield) * years, HostMath.Exp(-terms.Rate * years));
        (this.deviations, this.byDistance) = (deviations, byDistance);
        double root = Math.Sqrt(years);
        puts = [.. deviations.Select(v => new AmericanPut(EarlyExercise.OneBoundary, terms.Rate, terms.Yield, v / root, years, accuracy))];
        boundary = [.. puts.Select(put => HostMath.Log(put.CriticalPrice))];
    }

    /// <summary>Largest ξ that the fit must reach.</summary>
    public double Farthest(double reach) =>
        deviations.Select((v, j) => Math.Max(1, reach + (byDistance ? 0 : -boundary[j] / v - Shift(v)))).Max();

    /// <summary>b, [power of t].</summary>
    public double[] Boundary() => Polynomial.Through(boundary);

    /// <summary>P, [power of w × powers of t + power of t].</summary>
    /// <param name="distances">ξ, at the points of w.</param>
    public double[] Ratios(double[] distances)
    {
        int rows = distances.Length, columns = deviations.Length;
        double[] powers = new double[rows * columns], column = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double[] ratios = [.. Enumerable.Range(0, columns).Select(j => Ratio(distances[i], j))];
            Polynomial.Through(ratios).CopyTo(powers, i * columns);
        }

        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < rows; i++)
            {
                column[i] = powers[i * columns + j];
            }

            double[] through = Polynomial.Through(column);
            for (int i = 0; i < rows; i++)
            {
                powers[i * columns + j] = through[i];
            }
        }

        return powers;
    }

    double Ratio(double distance, int j)
    {
        double v = deviations[j], x = boundary[j] + distance * v;
        double normaliser = discount * StandardNormal.Instance.UpperTail(byDistance ? distance : x / v + Shift(v));
        return puts[j].PremiumAbove(HostMath.Exp(x)) / normaliser;
    }

    double Shift(double v) => drift / v - v / 2;
}
