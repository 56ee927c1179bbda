using GpuMargin.Scenarios;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Scenarios;

public sealed class ImportanceProposalTests
{
    const double TableError = 1e-9; // the table's 1e-11 per value, amplified by the density in the tail
    const double Integration = 1e-6; // trapezoidal rule against Gauss and Legendre, both cut off at 6.5; the proposal's quality depends on two digits

    public static TheoryData<double, double> Cases => new() { { 2.1, 0.99 }, { 4, 0.99 }, { 6.5, 0.975 }, { 6.5, 0.999 }, { 33, 0.99 } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_table_is_the_quantile_of_the_mixture(double nu, double confidence)
    {
        ImportanceProposal proposal = ImportanceProposal.Of(nu, MixingTable.Build(nu), confidence);
        for (double g = -6.25; g <= 6.25; g += 0.125)
        {
            double y = proposal.Table.At(g);
            double expected = ReferenceNormal.Cdf(-Math.Abs(g));
            double found = g > 0
                ? (ReferenceNormal.Cdf(-y) + ReferenceNormal.Cdf(proposal.Shift - y)) / 2
                : (ReferenceNormal.Cdf(y) + ReferenceNormal.Cdf(y - proposal.Shift)) / 2;
            Assert.InRange(found / expected, 1 - TableError * (1 + g * g), 1 + TableError * (1 + g * g));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_are_the_ratio_of_densities_at_most_two_and_mean_one(double nu, double confidence)
    {
        ImportanceProposal proposal = ImportanceProposal.Of(nu, MixingTable.Build(nu), confidence);
        double mean = 0;
        const int Strata = 100_000;
        const double Stratification = 1e-5; // one stratum's share
        for (int i = 0; i < Strata; i++)
        {
            double y = proposal.Table.At(-ReferenceNormal.UpperQuantile((i + 0.5) / Strata));
            double weight = proposal.Weight(y);
            double ratio = Math.Exp(-y * y / 2) / (0.5 * Math.Exp(-y * y / 2) + 0.5 * Math.Exp(-(y - proposal.Shift) * (y - proposal.Shift) / 2));
            Assert.Equal(ratio, weight, TableError);
            Assert.InRange(weight, 0, 2);
            mean += weight / Strata;
        }

        Assert.InRange(mean, 1 - Stratification, 1 + Stratification);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_shift_is_the_mean_of_the_normal_behind_large_losses(double nu, double confidence)
    {
        double quantile = ReferenceStudentT.UpperQuantile(1 - confidence, nu);
        double mean = GaussLegendre(y => y * Exceeds(y)) / GaussLegendre(Exceeds);
        Assert.Equal(mean, ImportanceProposal.CrossEntropyShift(nu, MixingTable.Build(nu), confidence), Integration);

        double Exceeds(double y) =>
            Math.Exp(-y * y / 2) * ReferenceNormal.Cdf(-quantile / Math.Sqrt(nu / ChiSquareAt(y)));

        double ChiSquareAt(double y) => y > 0
            ? ReferenceChiSquare.Quantile(ReferenceNormal.UpperTail(y), nu)
            : ReferenceChiSquare.UpperQuantile(ReferenceNormal.UpperTail(-y), nu);

        static double GaussLegendre(Func<double, double> f) =>
            Enumerable.Range(0, 24).Sum(i => MathNet.Numerics.Integration.GaussLegendreRule.Integrate(f, -6.5 + i * 13.0 / 24, -6.5 + (i + 1) * 13.0 / 24, 12));
    }

    [Fact]
    public void The_shift_falls_to_zero_as_the_copula_becomes_normal()
    {
        double[] shifts = [.. new[] { 2.5, 4, 8, 30, 1000, 1e6 }.Select(nu => ImportanceProposal.CrossEntropyShift(nu, MixingTable.Build(nu), 0.99))];
        Assert.Equal(shifts.OrderDescending(), shifts);
        Assert.InRange(shifts[^1], 0, 0.005);
        Assert.InRange(shifts[0], 1.5, 3);
    }
}
