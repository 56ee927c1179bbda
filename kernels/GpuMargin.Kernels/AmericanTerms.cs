using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>What an American option has beside the legs of the European one: its premium's pieces, and what exercise gives.</summary>
readonly struct AmericanTerms<T>
    where T : unmanaged, ILane<T>
{
    readonly T logPrice;
    readonly T spot;
    readonly T strike;
    readonly int isCall;
    readonly int exDates;
    readonly int logRate;
    readonly int vanishing;
    readonly T rateToday;
    readonly T leastRate;
    readonly T inverseLeastRate;

    /// <param name="right">+1 call, −1 put.</param>
    /// <param name="logPrice">ln(S/K) today; with ex-dates S* in place of S here and below.</param>
    /// <param name="spot">m·S today.</param>
    /// <param name="strike">m·K; with ex-dates less the cash of the dividends, in S but not in S*.</param>
    /// <param name="firstPiece">Place of the piece for the lowest volatilities; the others follow.</param>
    /// <param name="pieces">Number of ranges of volatilities.</param>
    /// <param name="exDates">Pieces of a range of a call that is exercised just before ex-dates, the last ex-date first; 0: one piece, for exercise at any time.</param>
    /// <param name="rateToday">Where the coordinate of the rate is its logarithm.</param>
    /// <param name="leastRate">Lowest rate of the pieces; 0: their coordinate is the rate's shock.</param>
    /// <param name="vanishing">Whether the premium goes to zero with the rate: below the lowest, in proportion to it.</param>
    public AmericanTerms(
        double right, double logPrice, double spot, double strike, int firstPiece, int pieces, int exDates, double rateToday = 0, double leastRate = 0, bool vanishing = false)
    {
        logRate = leastRate > 0 ? 1 : 0;
        this.vanishing = vanishing ? 1 : 0;
        this.rateToday = T.Of(rateToday);
        this.leastRate = T.Of(leastRate);
        inverseLeastRate = T.Of(leastRate > 0 ? 1 / leastRate : 0);
        this.exDates = exDates;
        this.logPrice = T.Of(-right * logPrice);
        this.spot = T.Of(right * spot);
        this.strike = T.Of(right * strike);
        FirstPiece = firstPiece;
        Pieces = pieces;
        isCall = right > 0 ? 1 : 0;
    }

    /// <summary>Place of the piece for the lowest volatilities; the others follow.</summary>
    public int FirstPiece { get; }

    /// <summary>Number of ranges of volatilities.</summary>
    public int Pieces { get; }

    /// <summary>Value per contract less a value: European value and premium, at least what exercise gives.</summary>
    /// <param name="legs">In the scenario.</param>
    /// <param name="underlying">Log-return of the underlying.</param>
    /// <param name="growth">Of its price.</param>
    /// <param name="volatility">Shock of the volatility.</param>
    /// <param name="rate">Shock of the rate.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T ValueLess<TPremiums>(TPremiums premiums, OptionLegs<T> legs, T underlying, T growth, T volatility, T rate, T value)
        where TPremiums : struct, IPremiums<T>
    {
        if (exDates != 0)
        {
            return Exercisable(OnExDates(premiums, legs, underlying, volatility), growth, value);
        }

        PremiumPoint<T> point = Point(legs, underlying, out T european);
        return Exercisable(european + Premium(premiums, point, volatility, rate), growth, value);
    }

    /// <summary>An option that may be exercised at any time.</summary>
    /// <param name="european">Value per contract of the European one.</param>
    /// <inheritdoc cref="ValueLess"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PremiumPoint<T> Point(OptionLegs<T> legs, T underlying, out T european)
    {
        legs.Parts(out T assetPart, out T strikePart);
        european = assetPart - strikePart;

        // A put gives the strike, a call the asset; a put's legs are negative.
        return isCall != 0
            ? new PremiumPoint<T>(logPrice - underlying, T.Abs(legs.InverseDeviation), legs.Asset, assetPart)
            : new PremiumPoint<T>(logPrice + underlying, T.Abs(legs.InverseDeviation), -legs.Strike, -strikePart);
    }

    /// <summary>What the right to exercise it early adds, zero or more.</summary>
    /// <inheritdoc cref="ValueLess"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Premium<TPremiums>(TPremiums premiums, PremiumPoint<T> point, T volatility, T rate)
        where TPremiums : struct, IPremiums<T>
    {
        T premium = T.Of(0);
        T coordinate = Coordinate(rate);
        for (int k = 0; k < Pieces; k++)
        {
            T ofPiece = premiums.Premium(FirstPiece + k, point, volatility, coordinate);
            if (k != 0)
            {
                ofPiece = T.SelectGreater(coordinate, premiums.PremiumRateFrom(FirstPiece + k), ofPiece, premium);
                ofPiece = T.SelectGreater(volatility, premiums.PremiumFrom(FirstPiece + k), ofPiece, premium);
            }

            premium = ofPiece;
        }

        return AtRate(premium, rate);
    }

    /// <summary>Coordinate of the rate, its shock or its logarithm.</summary>
    /// <param name="rate">Shock of the rate.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Coordinate(T rate)
    {
        T coordinate = rate;
        if (logRate != 0)
        {
            coordinate = Elementary.Log(Largest(rateToday + rate, leastRate));
        }

        return coordinate;
    }

    /// <summary>The premium where the rate may lie below the lowest of the pieces.</summary>
    /// <param name="premium">By the pieces.</param>
    /// <param name="rate">Shock of the rate.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T AtRate(T premium, T rate)
    {
        T result = premium;
        if (vanishing != 0)
        {
            T share = (rateToday + rate) * inverseLeastRate;
            T part = T.SelectGreater(share, T.Of(0), premium * share, T.Of(0));
            result = T.SelectGreater(T.Of(1), share, part, premium);
        }

        return result;
    }

    /// <summary>Value with the right to exercise now, less a value.</summary>
    /// <param name="waiting">Value per contract without it.</param>
    /// <inheritdoc cref="ValueLess"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Exercisable(T waiting, T growth, T value) => Largest(waiting, T.Fma(spot, growth, -strike)) - value;

    /// <summary>Value per contract of a call that is exercised just before ex-dates.</summary>
    /// <inheritdoc cref="ValueLess"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T OnExDates<TExDates>(TExDates premiums, OptionLegs<T> legs, T underlying, T volatility)
        where TExDates : struct, IExDates<T>
    {
        legs.Parts(out T assetPart, out T strikePart);
        T european = assetPart - strikePart;
        T x = underlying - logPrice;
        T deviation = legs.HalfDeviation + legs.HalfDeviation;
        T best = european;
        int first = FirstPiece;
        for (int k = 0; k < Pieces; k++)
        {
            T ofRange = european;
            for (int d = 0; d < exDates; d++)
            {
                ofRange = premiums.OnExDate(first + d, x, deviation, legs.InverseDeviation, volatility, legs.Asset, ofRange);
            }

            best = k == 0 ? ofRange : T.SelectGreater(volatility, premiums.ExDateFrom(first), ofRange, best);
            first += exDates;
        }

        return Largest(best, european);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Largest(T a, T b) => T.SelectGreater(b, a, b, a);
}
