using System.Diagnostics;
using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>Early-exercise premiums of one option in a tile of scenarios, step by step as <see cref="PremiumPiece{T}.Premium"/>; polynomials by groups of lanes.</summary>
sealed unsafe class PremiumTile<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly int width;
    readonly LaneArray<T> rows; // [each, scenario]
    readonly byte* deviation; // t
    readonly byte* rate; // z
    readonly byte* coordinate; // of the rate
    readonly byte* boundary; // b, then ξ
    readonly byte* share; // w, then the share

    public PremiumTile(int width)
    {
        Debug.Assert(width % LaneGroup<T>.Width == 0, "A tile holds whole groups.");
        this.width = width;
        rows = new LaneArray<T>(6L * width);
        Values = rows.At(0);
        deviation = rows.At(width);
        rate = rows.At(2L * width);
        coordinate = rows.At(3L * width);
        boundary = rows.At(4L * width);
        share = rows.At(5L * width);
    }

    /// <summary>Per contract.</summary>
    public byte* Values { get; }

    /// <param name="points">x, 1/σ√T, leg and part, [each, scenario].</param>
    /// <param name="volatility">Shocks of the volatility; null where it does not move.</param>
    /// <param name="rateShock">Shocks of the rate; null where it does not move.</param>
    public void Fill(in AmericanTerms<T> terms, LanePremiums<T> premiums, byte* points, byte* volatility, byte* rateShock)
    {
        if (terms.Pieces == 0)
        {
            new Span<byte>(Values, width * LaneArray<T>.ElementSize).Clear();
            return;
        }

        SetCoordinates(terms, rateShock);
        for (int k = 0; k < terms.Pieces; k++)
        {
            ref readonly PremiumPiece<T> piece = ref premiums.Piece(terms.FirstPiece + k);
            SetPlaces(piece, volatility);
            SetBoundaries(piece.Polynomials, premiums.Coefficients);
            SetDistances(piece, points);
            SetShares(piece.Polynomials, premiums.Coefficients);
            Choose(piece, k, points, volatility);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void SetCoordinates(in AmericanTerms<T> terms, byte* rateShock)
    {
        for (int s = 0; s < width; s += T.Width)
        {
            T.Store(terms.Coordinate(rateShock == null ? T.Of(0) : T.Load(rateShock, s)), coordinate, s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void SetPlaces(in PremiumPiece<T> piece, byte* volatility)
    {
        for (int s = 0; s < width; s += T.Width)
        {
            T.Store(piece.Deviation(volatility == null ? T.Of(0) : T.Load(volatility, s)), deviation, s);
            T.Store(piece.Rate(T.Load(coordinate, s)), rate, s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void SetBoundaries(PremiumPolynomials polynomials, LaneCoefficients<T> coefficients)
    {
        for (int s = 0; s < width; s += LaneGroup<T>.Width)
        {
            LaneGroup<T> t = LaneGroup<T>.Load(deviation, s), z = LaneGroup<T>.Load(rate, s);
            LaneGroup<T>.Store(polynomials.Boundary(coefficients, t, z), boundary, s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void SetDistances(in PremiumPiece<T> piece, byte* points)
    {
        for (int s = 0; s < width; s += T.Width)
        {
            T distance = PremiumPiece<T>.Distance(Point(points, s), T.Load(boundary, s));
            T.Store(distance, boundary, s);
            T.Store(piece.Bent(distance), share, s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void SetShares(PremiumPolynomials polynomials, LaneCoefficients<T> coefficients)
    {
        for (int s = 0; s < width; s += LaneGroup<T>.Width)
        {
            LaneGroup<T> t = LaneGroup<T>.Load(deviation, s), z = LaneGroup<T>.Load(rate, s);
            LaneGroup<T>.Store(polynomials.Share(coefficients, LaneGroup<T>.Load(share, s), t, z), share, s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Choose(in PremiumPiece<T> piece, int k, byte* points, byte* volatility)
    {
        for (int s = 0; s < width; s += T.Width)
        {
            T premium = piece.OfShare(T.Load(share, s), T.Load(boundary, s), Point(points, s));
            if (k != 0)
            {
                T before = T.Load(Values, s);
                premium = T.SelectGreater(T.Load(coordinate, s), piece.RateFrom, premium, before);
                premium = T.SelectGreater(volatility == null ? T.Of(0) : T.Load(volatility, s), piece.From, premium, before);
            }

            T.Store(premium, Values, s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    PremiumPoint<T> Point(byte* points, int s) =>
        new(T.Load(points, s), T.Load(points, width + s), T.Load(points, 2 * width + s), T.Load(points, 3 * width + s));

    public void Dispose() => rows.Dispose();
}
