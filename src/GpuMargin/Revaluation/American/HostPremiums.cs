using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation.American;

/// <summary>Premium surfaces in arrays, in double precision.</summary>
readonly struct HostPremiums(double[] coefficients, PremiumPiece<Float64>[] pieces, ExDatePiece<Float64>[] exDates) : IPremiums<Float64>
{
    public Float64 Coefficient(int place) => Float64.Of(coefficients[place]);

    public Float64 Premium(int piece, Float64 x, Float64 inverseDeviation, Float64 volatility, Float64 rate, Float64 leg, Float64 part) =>
        pieces[piece].Premium(this, x, inverseDeviation, volatility, rate, leg, part);

    public Float64 PremiumFrom(int piece) => pieces[piece].From;

    public Float64 OnExDate(int piece, Float64 x, Float64 deviation, Float64 inverseDeviation, Float64 volatility, Float64 asset, Float64 waiting) =>
        exDates[piece].Value(this, x, deviation, inverseDeviation, volatility, asset, waiting);

    public Float64 ExDateFrom(int piece) => exDates[piece].From;
}
