using GpuMargin.ClearingSets;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Scenarios;

/// <summary>Innovations by table against quantiles of the oracle, for every copula and marginal at tail probabilities from ½ to 1e-9 on both sides.</summary>
public sealed class MarginalAccuracyTests(ITestOutputHelper output)
{
    const double Relative = 1e-9; // a thousandth of what single precision resolves
    const double RelativeSingle = 1e-6; // eight roundings of the variate's distance and of six terms

    // Near its zero the innovation is what is left of numbers of size 1: the variate, and the table's origin and shift where the
    // marginal is skewed. In single precision each is rounded by 6e-8, so there the error is held against this size.
    const double SmallInnovation = 0.25;

    public static TheoryData<double> Copulas => new(double.PositiveInfinity, 2.1, 4, 6.5, 31.79, 1e3); // ν; ∞ is the Gaussian copula

    [Theory]
    [MemberData(nameof(Copulas))]
    public void Normal_and_t_marginals_agree_with_the_oracle(double copulaNu) =>
        Check(copulaNu, [double.PositiveInfinity, 2.1, 3, 4, 6.5, 10, 30, 1e3, 1e6], [0]);

    [Theory]
    [MemberData(nameof(Copulas))]
    public void Skewed_t_marginals_agree_with_the_oracle(double copulaNu) =>
        Check(copulaNu, [3, 5, 20], [-.7, -.3, .3, .7]);

    void Check(double copulaNu, double[] nus, double[] lambdas)
    {
        ISymmetricDistribution copula = Base(copulaNu);
        double bound = MarginalTables.Bound(copula);
        double[] variates = Variates(copulaNu);
        double[] singles = [.. variates.Select(x => (double)(float)x)];
        List<string> misses = [];
        double worstDouble = 0;
        double worstSingle = 0;
        foreach (double nu in nus)
        {
            foreach (double lambda in lambdas)
            {
                MonotoneTable table = double.IsPositiveInfinity(nu) ? MarginalTables.Normal(copula, bound)
                    : lambda == 0 ? MarginalTables.StudentTMarginal(copula, bound, nu)
                    : MarginalTables.SkewedTMarginal(copula, bound, nu, lambda);
                ReferenceMarginal marginal = Marginal(nu, lambda);
                double error = Worst(marginal, copulaNu, variates, TableValues.At<Float64>(table, variates));
                double errorSingle = Worst(marginal, copulaNu, singles, TableValues.At<Float32>(table, singles));
                worstDouble = Math.Max(worstDouble, error);
                worstSingle = Math.Max(worstSingle, errorSingle);
                if (!(error <= Relative && errorSingle <= RelativeSingle))
                {
                    misses.Add($"ν {nu} λ {lambda} resolution {table.Resolution}: {error:E1} {errorSingle:E1}");
                }
            }
        }

        output.WriteLine($"copula {copulaNu}: {worstDouble:E1} {worstSingle:E1}");
        Assert.True(misses.Count == 0, string.Join("\n", misses));
    }

    static double Worst(ReferenceMarginal marginal, double copulaNu, double[] x, double[] z)
    {
        Copula copula = new(double.IsPositiveInfinity(copulaNu) ? CopulaFamily.Gaussian : CopulaFamily.StudentT, copulaNu);
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double expected = marginal.Innovation(copula, x[i]);
            double error = Math.Abs(z[i] - expected) / Math.Max(Math.Abs(expected), SmallInnovation);
            worst = error > worst || double.IsNaN(error) ? error : worst;
        }
        return worst;
    }

    // Log grid and random tail probabilities on both sides.
    static double[] Variates(double nu)
    {
        Random random = new(7);
        double[] tails = [.. Enumerable.Range(0, 120).Select(i => 0.5 * Math.Pow(2e-9, i / 119.0)), .. Enumerable.Range(0, 60).Select(_ => 0.5 * Math.Pow(2e-9, random.NextDouble())), .. Enumerable.Range(0, 60).Select(_ => random.NextDouble() / 2)];
        return [.. tails.Select(q => ReferenceStudentT.UpperQuantile(q, nu)).SelectMany(x => new[] { x, -x })];
    }

    static ISymmetricDistribution Base(double nu) => double.IsPositiveInfinity(nu) ? StandardNormal.Instance : StudentT.Create(nu);

    static ReferenceMarginal Marginal(double nu, double lambda) => ReferenceMarginal.Of(new RiskFactor
    {
        Name = "X",
        Kind = RiskFactorKind.Price,
        Level = 1,
        Variance = 1,
        Marginal = double.IsPositiveInfinity(nu) ? MarginalFamily.Normal : lambda == 0 ? MarginalFamily.StudentT : MarginalFamily.SkewedT,
        DegreesOfFreedom = nu,
        Skew = lambda,
    });
}
