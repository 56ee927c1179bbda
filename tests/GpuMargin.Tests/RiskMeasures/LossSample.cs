namespace GpuMargin.Tests.RiskMeasures;

/// <summary>All losses of a small sample, sorted downwards.</summary>
static class LossSample
{
    public static double[] Distinct(int scenarios) =>
        new UpperOrderStatistics(443).Draw(scenarios, scenarios, UpperOrderStatistics.Normal);

    /// <summary>Distinct, with ties, wholly negative, with one outlier.</summary>
    public static double[][] All(int scenarios)
    {
        double[] distinct = Distinct(scenarios);
        return
        [
            distinct,
            distinct.Select(loss => Math.Round(loss)).ToArray(),
            distinct.Select(loss => loss - 100).ToArray(),
            [1e6, .. distinct[1..]],
        ];
    }
}
