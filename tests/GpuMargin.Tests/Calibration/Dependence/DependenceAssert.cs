using GpuMargin.Numerics;
using Xunit;

namespace GpuMargin.Tests.Calibration.Dependence;

static class DependenceAssert
{
    /// <summary>An eigenvalue decomposition of hundreds of rows rounds to about 1e-13 times the largest eigenvalue.</summary>
    public const double SmallestEigenvalue = 1e-9;

    public static void IsCorrelation(double[,] matrix)
    {
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            Assert.Equal(1, matrix[i, i]);
            for (int j = 0; j < i; j++)
            {
                Assert.InRange(matrix[i, j], -1, 1);
                Assert.Equal(matrix[i, j], matrix[j, i]);
            }
        }

        Assert.True(NearestCorrelation.SmallestEigenvalue(matrix) >= -SmallestEigenvalue);
    }
}
