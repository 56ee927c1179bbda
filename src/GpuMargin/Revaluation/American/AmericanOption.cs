using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>What repricing needs of an option that may be exercised early; amounts per contract, instrument's currency.</summary>
/// <param name="Right">+1 call, −1 put.</param>
/// <param name="LogPrice">ln(S/K); with cash dividends S* in place of S here and below.</param>
/// <param name="Spot">m·S.</param>
/// <param name="Strike">m·K.</param>
/// <param name="LogDeviation">ln σ√T without a shock.</param>
/// <param name="Key">The premium's parameters.</param>
/// <param name="Surfaces">The premium's, in rising order of volatility; of a call with cash dividends none.</param>
sealed record AmericanOption(
    double Right, double LogPrice, double Spot, double Strike, double LogDeviation, PremiumKey Key, IReadOnlyList<PremiumSurface> Surfaces)
{
    const double Rounding = 1e-12;

    /// <summary>Terms with cash dividends; else <see langword="null"/>.</summary>
    public ExDateTerms? Dividends { get; init; }

    /// <summary>Surfaces of a call of <see cref="Dividends"/>, in rising order of volatility; none where no ex-date is left at which exercise can pay.</summary>
    public IReadOnlyList<ExDateSurface> ExDates { get; init; } = [];

    /// <summary>m times the cash of the dividends, in S but not in S*.</summary>
    public double Cash { get; init; }

    // What exercise gives or takes for m·S*: of a put with cash dividends at the best moment that is certain today, which may be after an ex-date.
    double ExerciseStrike => Dividends is not null && Right < 0 ? Strike * Dividends.MostOfPut() : Strike - Cash;

    /// <param name="firstPiece">Place among the pieces of all options.</param>
    public AmericanTerms<T> Terms<T>(int firstPiece)
        where T : unmanaged, ILane<T> =>
        new(
            Right, LogPrice, Spot, ExerciseStrike, firstPiece, Math.Max(Surfaces.Count, ExDates.Count), ExDates.Count == 0 ? 0 : ExDates[0].ExDates.Count,
            Key.Rate, Key.Span.IsLogarithm ? HostMath.Exp(LowestRate) : 0, Key.Vanishes);

    double LowestRate => Surfaces.Min(surface => surface.Key.Span.Low);

    double HighestRate => Surfaces.Max(surface => surface.Key.Span.High);

    /// <summary>Lowest move of the rate that the surfaces cover.</summary>
    public double LowestRateMove => Move(LowestRate) - Rounding;

    /// <summary>Highest move of the rate that the surfaces cover.</summary>
    public double HighestRateMove => Move(HighestRate) + Rounding;

    double Move(double coordinate) => Key.Span.IsLogarithm ? HostMath.Exp(coordinate) - Key.Rate : coordinate;

    /// <summary>The surfaces as kernels read them.</summary>
    public IEnumerable<PremiumPiece<T>> Pieces<T>(PremiumNumbers numbers)
        where T : unmanaged, ILane<T>
    {
        LogRange? before = null;
        foreach (PremiumSurface surface in Surfaces)
        {
            LogRange range = surface.Range;
            RateSpan span = surface.Key.Span;
            yield return new PremiumPiece<T>(
                numbers.StartOf(surface), surface.BoundaryTerms, surface.DistanceTerms, surface.DeviationTerms, surface.RateTerms, surface.NormalizedByDistance,
                from: T.Of(range == Surfaces[0].Range ? double.NegativeInfinity : range.Start - LogDeviation),
                origin: T.Of(range.HalfWidth == 0 ? 0 : (LogDeviation - range.Middle) / range.HalfWidth),
                step: T.Of(range.HalfWidth == 0 ? 0 : 1 / range.HalfWidth),
                rateFrom: T.Of(range == before ? span.Low : double.NegativeInfinity),
                rateOrigin: T.Of(span.Moves ? -span.Middle / span.HalfWidth : 0),
                rateStep: T.Of(span.Moves ? 1 / span.HalfWidth : 0),
                scale: T.Of(surface.Slope), shift: T.Of(surface.Offset), bend: T.Of(1 / surface.Bend), drift: T.Of(surface.Drift));
            before = range;
        }
    }

    /// <summary>The surfaces of <see cref="Dividends"/> as kernels read them.</summary>
    public IEnumerable<ExDatePiece<T>> ExDatePieces<T>(PremiumSurfaces premiums)
        where T : unmanaged, ILane<T> =>
        ExDates.SelectMany(surface => surface.Pieces<T>(premiums.StartOf(surface), LogDeviation, Strike));

    /// <summary>This option's pieces alone, in double precision.</summary>
    public HostPremiums Premiums(PremiumSurfaces premiums) =>
        new(premiums.Coefficients, [.. Pieces<Float64>(premiums.Numbers)], [.. ExDatePieces<Float64>(premiums)]);

    /// <summary>Value per contract by the solver, for volatilities that no surface covers.</summary>
    /// <param name="logReturn">Of the underlying.</param>
    /// <param name="volatility">A year, above zero.</param>
    public double Solved(double logReturn, double volatility)
    {
        if (Dividends is not null && Right < 0)
        {
            return Math.Max(DividendPuts.Value(Dividends, LogPrice + logReturn, volatility) * Strike, Exercised(logReturn));
        }

        if (Dividends is not null)
        {
            ExDateCall call = new(Dividends, Dividends.ExDates(ExDateTerms.Least), volatility);
            return Math.Max(call.At(LogPrice + logReturn) * Strike, Exercised(logReturn));
        }

        AmericanPut put = new(EarlyExerciseRule.Of(OptionRight.Put, Key.Rate, Key.Yield), Key.Rate, Key.Yield, volatility, Key.Years, BoundaryAccuracy.Fine);
        (double european, double premium, _, _) = put.At(HostMath.Exp(-Right * (LogPrice + logReturn)));
        return (european + premium) * (Right > 0 ? Spot * HostMath.Exp(logReturn) : Strike);
    }

    /// <summary>Value per contract without volatility: the best moment to exercise is known.</summary>
    /// <param name="logReturn">Of the underlying.</param>
    public double Certain(double logReturn)
    {
        if (Dividends is not null && Right < 0)
        {
            return Math.Max(0, Exercised(logReturn));
        }

        if (Dividends is not null)
        {
            double highest = Spot * HostMath.Exp(logReturn), least = HostMath.Exp(-Dividends.Rate * Dividends.Years);
            least = Dividends.ExDates(ExDateTerms.Least).Select(date => date.Cash).Append(least).Min();
            return Math.Max(Math.Max(0, highest - Strike * least), Exercised(logReturn));
        }

        // Of the put of the key, in units of its strike: e^(−rt) − x·e^(−qt), largest at an end or where its slope is zero.
        double price = HostMath.Exp(-Right * (LogPrice + logReturn));
        double best = Math.Max(0, Math.Max(At(0), At(Key.Years)));
        if (Key.Rate > 0 && Key.Yield > 0 && Key.Rate != Key.Yield)
        {
            double flat = HostMath.Log(Key.Yield * price / Key.Rate) / (Key.Yield - Key.Rate);
            best = Math.Max(best, At(Math.Clamp(flat, 0, Key.Years)));
        }

        return best * (Right > 0 ? Spot * HostMath.Exp(logReturn) : Strike);

        double At(double years) => HostMath.Exp(-Key.Rate * years) - price * HostMath.Exp(-Key.Yield * years);
    }

    double Exercised(double logReturn) => Right * (Spot * HostMath.Exp(logReturn) - ExerciseStrike);

    LogRange[] Ranges => [.. Surfaces.Select(surface => surface.Range), .. ExDates.Select(surface => surface.Range)];

    /// <summary>Lowest shock of the volatility that the surfaces cover.</summary>
    public double LowestShock => Ranges is [var first, ..] ? first.Start - LogDeviation - Rounding : double.NegativeInfinity;

    /// <summary>Highest shock of the volatility that the surfaces cover.</summary>
    public double HighestShock => Ranges is [.., var last] ? last.End - LogDeviation + Rounding : double.PositiveInfinity;

    /// <summary>Whether the surfaces cover a shock of the volatility.</summary>
    public bool Covers(double volatilityShock) => volatilityShock >= LowestShock && volatilityShock <= HighestShock;
}
