using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.Surfaces;

/// <summary>What the shock of a volatility factor counts in the move of an option's log-volatility.</summary>
readonly record struct PivotLoading(int Factor, double Loading);

/// <summary>Loadings of an option on the factors of a surface's pivots: bilinear weights in (ln days, coordinate), flat outside the pivots.</summary>
/// <remarks>Where pivots of one factor lie on both sides, its loading is that of the two, exactly.</remarks>
static class PivotLoadings
{
    /// <summary>Days below one count as one: (days of the pivot/days)^power has no end.</summary>
    const double LeastDays = 1;

    /// <param name="days">To expiry.</param>
    /// <param name="coordinate">Of the option, in the surface's coordinate.</param>
    /// <returns>At most four; none is zero.</returns>
    public static IReadOnlyList<PivotLoading> Of(VolatilitySurface surface, double days, double coordinate)
    {
        days = Math.Max(days, LeastDays);
        IGrouping<double, SurfacePivot>[] rows = [.. surface.Pivots.GroupBy(pivot => pivot.Days)];
        if (rows.Length == 0)
        {
            return [];
        }

        int next = Array.FindIndex(rows, row => row.Key > days);
        List<PivotLoading> loadings = next == 0 ? Row(rows[0], coordinate)
            : next < 0 ? Row(rows[^1], coordinate)
            : Between(Row(rows[next - 1], coordinate), Row(rows[next], coordinate), HostMath.Log(days / rows[next - 1].Key) / HostMath.Log(rows[next].Key / rows[next - 1].Key));
        double scale = surface.TermPower is { } power ? HostMath.Exp(power * HostMath.Log(rows[0].Key / days)) : 1;
        return [.. loadings.Where(loading => loading.Loading != 0).Select(loading => loading with { Loading = scale * loading.Loading })];
    }

    // The pivots of one number of days.
    static List<PivotLoading> Row(IEnumerable<SurfacePivot> pivots, double coordinate)
    {
        SurfacePivot[] row = [.. pivots];
        int next = Array.FindIndex(row, pivot => pivot.Coordinate > coordinate);
        return row.Length == 1 || next == 0 ? One(row[0])
            : next < 0 ? One(row[^1])
            : Between(One(row[next - 1]), One(row[next]), (coordinate - row[next - 1].Coordinate) / (row[next].Coordinate - row[next - 1].Coordinate));
    }

    static List<PivotLoading> One(SurfacePivot pivot) => [new(pivot.Factor, 1)];

    static List<PivotLoading> Between(List<PivotLoading> before, List<PivotLoading> after, double share)
    {
        int[] factors = [.. before.Concat(after).Select(loading => loading.Factor).Distinct()];
        return [.. factors.Select(factor => new PivotLoading(factor, Of(before, factor) + share * (Of(after, factor) - Of(before, factor))))];
    }

    static double Of(List<PivotLoading> loadings, int factor) => loadings.Find(loading => loading.Factor == factor).Loading;
}
