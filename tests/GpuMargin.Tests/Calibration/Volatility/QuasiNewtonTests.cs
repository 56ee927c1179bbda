using GpuMargin.Numerics.Estimation;
using Xunit;

namespace GpuMargin.Tests.Calibration.Volatility;

public sealed class QuasiNewtonTests
{
    const double Tolerance = 1e-14;

    [Fact]
    public void Rosenbrocks_valley_is_followed_to_its_minimum()
    {
        double[] x = [-1.2, 1];
        double value = QuasiNewton.Minimise(Rosenbrock, x, Identity(), Tolerance, 200);
        Assert.Equal(0, value, 1e-12);
        Assert.Equal(1, x[0], 1e-5); // the root of the value's tolerance, across a valley of slope 1/500
        Assert.Equal(1, x[1], 1e-5);
    }

    [Fact]
    public void Places_where_the_function_does_not_exist_are_walked_around()
    {
        // x − ln x from a start whose first steps end at negative numbers.
        double[] x = [30, 1];
        QuasiNewton.Minimise(
            (at, gradient) =>
            {
                (gradient[0], gradient[1]) = (50 - 50 / at[0], at[1]);
                return at[0] > 0 ? 50 * (at[0] - Math.Log(at[0])) + at[1] * at[1] / 2 : double.PositiveInfinity;
            },
            x, Identity(), Tolerance, 100);
        Assert.Equal(1, x[0], 1e-6);
        Assert.Equal(0, x[1], 1e-6);
    }

    [Fact]
    public void The_count_of_iterations_is_kept()
    {
        double[] x = [-1.2, 1];
        Assert.True(QuasiNewton.Minimise(Rosenbrock, x, Identity(), Tolerance, 2) > 1);
    }

    [Fact]
    public void An_indefinite_matrix_has_no_inverse_and_a_definite_one_has_its_own()
    {
        Assert.Null(SymmetricInverse.OfPositiveDefinite(new double[,] { { 1, 2 }, { 2, 1 } }));
        Assert.Null(SymmetricInverse.OfPositiveDefinite(new double[,] { { 1, 0 }, { 0, 0 } }));
        Assert.Null(SymmetricInverse.OfPositiveDefinite(new double[,] { { 1, double.NaN }, { double.NaN, 1 } }));
        double[,] inverse = SymmetricInverse.OfPositiveDefinite(new double[,] { { 2e10, 1 }, { 1, 3e-10 } })!; // determinant 5
        Assert.Equal(3e-10 / 5, inverse[0, 0], 1e-24);
        Assert.Equal(-.2, inverse[0, 1], 1e-14);
        Assert.Equal(2e10 / 5, inverse[1, 1], 1e-4);
    }

    static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double valley = x[1] - x[0] * x[0];
        gradient[0] = -400 * x[0] * valley - 2 * (1 - x[0]);
        gradient[1] = 200 * valley;
        return 100 * valley * valley + (1 - x[0]) * (1 - x[0]);
    }

    static double[,] Identity() => new double[,] { { 1, 0 }, { 0, 1 } };
}
