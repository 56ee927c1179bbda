using GpuMargin.Calibration.Dependence;
using Xunit;

namespace GpuMargin.Tests.Calibration.Dependence;

public sealed class PseudoObservationsTests
{
    [Fact]
    public void Ranks_become_the_middles_of_equal_steps_and_ties_share_their_mean() =>
        Assert.Equal(
            new[,] { { 0.125, 0.5 }, { 0.875, 0.125 }, { 0.375, 0.5 }, { 0.625, 0.875 } },
            PseudoObservations.Of(new double[,] { { -3, 2 }, { 9, 1 }, { 0, 2 }, { 0.5, 7 } }));
}
