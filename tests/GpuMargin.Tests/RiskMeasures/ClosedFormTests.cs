using GpuMargin.RiskMeasures;
using Xunit;

namespace GpuMargin.Tests.RiskMeasures;

/// <summary>Stratified samples, the quantiles at (i − ½)/n, against the published VaR and expected shortfall of the standard variates.</summary>
public sealed class ClosedFormTests
{
    // The published values carry ten digits after the point, and the quantile function is iterated to about that.
    const double Digits = 1e-9;

    // level, normal, t3, t4, t5, t10 (unscaled): VaR and ES of each
    static readonly (decimal Level, double[] ValueAtRisk, double[] Shortfall)[] s_published =
    [
        (0.975m, [1.959963984540, 3.1824463053, 2.7764451052, 2.5705818356, 2.2281388520], [2.337802792201, 5.0395830611, 3.9935570227, 3.5215773317, 2.8189975906]),
        (0.99m, [2.326347874041, 4.5407028586, 3.7469473880, 3.3649299989, 2.7637694581], [2.665214220346, 7.0030820362, 5.2205841945, 4.4524291118, 3.3632514750]),
        (0.995m, [2.575829303549, 5.8409093097, 4.6040948714, 4.0321429836, 3.1692726726], [2.891948605383, 8.9124733960, 6.3248306967, 5.2500306108, 3.7835553956]),
    ];

    static readonly double[] s_degreesOfFreedom = [double.PositiveInfinity, 3, 4, 5, 10];

    public static TheoryData<int, int> Cases
    {
        get
        {
            var data = new TheoryData<int, int>();
            for (int level = 0; level < s_published.Length; level++)
            {
                for (int variate = 0; variate < s_degreesOfFreedom.Length; variate++)
                {
                    data.Add(level, variate);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stratified_samples_bracket_the_value_at_risk_and_approach_the_expected_shortfall(int level, int variate)
    {
        (decimal confidence, double[] valueAtRisk, double[] shortfall) = s_published[level];
        double previousError = double.PositiveInfinity;
        foreach (int scenarios in new[] { 2_000, 10_000, 50_000 })
        {
            double[] tail = Stratified(TailLength.Required(scenarios, confidence), scenarios, s_degreesOfFreedom[variate]);
            int m = (int)(scenarios * (1 - confidence));

            // The strata's centres on either side of the quantile.
            double estimate = ValueAtRisk.Estimate(tail, scenarios, confidence).Value;
            Assert.Equal(tail[m], estimate);
            Assert.InRange(valueAtRisk[variate], estimate - Digits, tail[m - 1] + Digits);

            // The midpoint rule's error: the outermost stratum, where the quantile is unbounded, misses at most 0.2·L1/m for
            // tail indices up to 1/3, the others together at most half a stratum of the highest quantile.
            double tolerance = 0.7 * tail[0] / m + Digits;
            double error = Math.Abs(ExpectedShortfall.Estimate(tail, scenarios, confidence).Value - shortfall[variate]);
            Assert.InRange(error, 0, tolerance);
            Assert.True(error < previousError);
            previousError = error;
        }
    }

    static double[] Stratified(int length, int scenarios, double degreesOfFreedom)
    {
        Func<double, double> quantile =
            double.IsInfinity(degreesOfFreedom) ? UpperOrderStatistics.Normal : UpperOrderStatistics.StudentT(degreesOfFreedom);
        return Enumerable.Range(0, length).Select(i => quantile((i + 0.5) / scenarios)).ToArray();
    }
}
