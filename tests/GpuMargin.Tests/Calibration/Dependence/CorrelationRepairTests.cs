using GpuMargin.Calibration.Dependence;
using Xunit;

namespace GpuMargin.Tests.Calibration.Dependence;

public sealed class CorrelationRepairTests
{
    [Fact]
    public void A_positive_definite_matrix_is_left_alone()
    {
        double[,] matrix = CopulaSamples.Constant(4, 0.5);

        CorrelationRepair repair = CorrelationRepair.Of(matrix);

        Assert.Same(matrix, repair.Matrix);
        Assert.False(repair.IsRepaired);
    }

    [Fact]
    public void A_singular_matrix_is_left_alone()
    {
        double[,] matrix = CopulaSamples.Constant(3, 1);

        Assert.Same(matrix, CorrelationRepair.Of(matrix).Matrix);
    }

    [Fact]
    public void An_indefinite_matrix_moves_by_the_reported_distance()
    {
        CorrelationRepair repair = CorrelationRepair.Of(new double[,] { { 1, 1, 0 }, { 1, 1, 1 }, { 0, 1, 1 } });

        Assert.Equal(0.527790463582, repair.Distance, 1e-9); // Higham's matrix; the reference prints twelve digits
        Assert.Equal(1 - Math.Sqrt(2), repair.SmallestEigenvalue, 1e-12);
        Assert.True(repair.Converged);
        DependenceAssert.IsCorrelation(repair.Matrix);
    }

    [Fact]
    public void Rank_correlations_of_a_short_sample_are_repaired()
    {
        double[,] sample = CopulaSamples.StudentT(40, 38, 5, 0.3, seed: 1);

        CorrelationRepair repair = StudentTCopulaFit.OfRanks(sample).Repair!;

        Assert.True(repair.IsRepaired);
        Assert.True(repair.SmallestEigenvalue < 0);
        DependenceAssert.IsCorrelation(repair.Matrix);
    }
}
