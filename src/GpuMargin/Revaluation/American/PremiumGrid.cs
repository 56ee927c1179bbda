using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Premiums solved at Chebyshev's points of distance, deviation and rate, as series that can be cut short.</summary>
sealed class PremiumGrid
{
    /// <summary>Standard deviations beyond which nothing is left of the premium.</summary>
    const double Reach = 8;

    /// <summary>Distance of the critical price from the money beyond which Φ(−d2) no longer follows the premium; further out it falls to zero where the premium is taken.</summary>
    const double FarFromMoney = 30;

    readonly PremiumKey key;
    readonly LogRange range;
    readonly bool byDistance;
    readonly double slope, offset;
    readonly PremiumBlock boundary, ratios; // coefficients of Chebyshev's polynomials

    /// <param name="range">Of ln v.</param>
    /// <param name="size">Number of points.</param>
    public PremiumGrid(PremiumKey key, LogRange range, PremiumSize size, SolvedPuts puts)
    {
        (this.key, this.range, Size) = (key, range, size);
        double[] coordinates = [.. Polynomial.Points(size.Rates).Select(key.Span.At)], v = [.. Polynomial.Points(size.Deviations).Select(range.At)];
        double middle = range.At(0);
        PremiumNode[] nodes = [.. coordinates.Select(coordinate => new PremiumNode(key, coordinate, v, puts))];
        double money = nodes.Max(node => node.FarthestMoney);
        byDistance = money > FarFromMoney || coordinates.Any(coordinate => key.At(coordinate) is var (rate, yield) && (rate - yield) * key.Years / middle - middle / 2 > 1);
        double falling = key.FallingDrift;
        double farthest = Math.Max(1, Reach + (byDistance ? -falling / range.At(-1) : money));
        slope = 2 / (1 - 1 / (1 + farthest / PremiumSurface.Scale));
        offset = 1 - slope;
        double[] xi = [.. Polynomial.Points(size.Distances).Select(w => PremiumSurface.Scale * (slope / (w - offset) - 1))];
        boundary = PremiumBlock.Of([.. nodes.Select(node => node.Boundary)], 1, size.Deviations).Mapped(Polynomial.Chebyshev);
        ratios = PremiumBlock.Of([.. nodes.Select(node => node.Ratios(xi, byDistance, falling))], size.Distances, size.Deviations).Mapped(Polynomial.Chebyshev);
    }

    public PremiumSize Size { get; }

    /// <summary>The surface of the first terms; the critical price keeps all of the deviation's.</summary>
    public PremiumSurface Cut(PremiumSize size) => new(
        key, range, boundary.First(size.Rates, 1, Size.Deviations).Mapped(Polynomial.Powers).ByRate(),
        ratios.First(size.Rates, size.Distances, size.Deviations).Mapped(Polynomial.Powers).ByRate(),
        size.Deviations, slope, offset, byDistance, double.NaN);
}
