using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation.American;

/// <summary>Premium surfaces in arrays, in double precision.</summary>
readonly struct HostPremiums(double[] coefficients, PremiumPiece<Float64>[] pieces, ExDatePiece<Float64>[] exDates) : IPremiums<Float64>
{
    public Float64 Coefficient(int place) => Float64.Of(coefficients[place]);

    public Float64 Premium(int piece, PremiumPoint<Float64> point, Float64 volatility, Float64 rate) =>
        pieces[piece].Premium(this, point, volatility, rate);

    public Float64 PremiumFrom(int piece) => pieces[piece].From;

    public Float64 PremiumRateFrom(int piece) => pieces[piece].RateFrom;

    public Float64 OnExDate(int piece, Float64 x, Float64 deviation, Float64 inverseDeviation, Float64 volatility, Float64 asset, Float64 waiting) =>
        exDates[piece].Value(this, x, deviation, inverseDeviation, volatility, asset, waiting);

    public Float64 ExDateFrom(int piece) => exDates[piece].From;
}
