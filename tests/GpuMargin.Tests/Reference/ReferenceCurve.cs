using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Reference;

/// <summary>Zero rate of a curve in a scenario: rate × time is linear between the moved nodes, the rate is flat outside.</summary>
public static class ReferenceCurve
{
    const double DaysPerYear = 365; // ACT/365

    public static double ZeroRate(IReadOnlyList<CurveNode> nodes, double years, ReadOnlySpan<double> shocks)
    {
        double days = years * DaysPerYear;
        double[] rates = new double[nodes.Count];
        for (int k = 0; k < rates.Length; k++)
        {
            rates[k] = nodes[k].Rate + (nodes[k].RateFactor < 0 ? 0 : shocks[nodes[k].RateFactor]);
        }

        if (days <= nodes[0].Days)
        {
            return rates[0];
        }

        for (int k = 1; k < rates.Length; k++)
        {
            double from = nodes[k - 1].Days, to = nodes[k].Days;
            if (days < to)
            {
                double growth = ((rates[k - 1] * from * (to - days)) + (rates[k] * to * (days - from))) / (to - from);
                return growth / days;
            }
        }

        return rates[^1];
    }
}
