using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Scenarios;

public sealed class EmpiricalMarginalTests(ITestOutputHelper output)
{
    const int Sample = 2500;

    static readonly double[] s_residuals = Draw();
    static readonly ReferenceEmpirical s_reference = new(s_residuals);
    static readonly MonotoneTable s_table = MarginalTables.Empirical(StandardNormal.Instance, MarginalTables.Bound(StandardNormal.Instance), s_residuals);

    [Fact]
    public void At_the_edges_of_cells_innovations_are_Hazens_quantiles()
    {
        const double Rounding = 1e-11; // the rank n·p is rounded at 2,500, and a step of ranks is at most 1 in the tail
        double[] x = [.. Enumerable.Range(0, 128 * 2).Select(Edge).SelectMany(e => new[] { e, -e })];
        double[] z = TableValues.At<Float64>(s_table, x);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(Hazen(x[i]), z[i], Rounding);
        }
    }

    [Fact]
    public void Between_edges_an_innovation_lies_between_the_quantiles_of_its_cells_ends()
    {
        const double Rounding = 1e-11;
        double[] cells = [.. Grid(20_000)];
        double[] x = [.. cells];
        double[] z = TableValues.At<Float64>(s_table, x);
        double widest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            (double inner, double outer) = Ends(Math.Abs(x[i]));
            (double low, double high) = x[i] < 0 ? (Hazen(-outer), Hazen(-inner)) : (Hazen(inner), Hazen(outer));
            Assert.InRange(z[i], low - Rounding, high + Rounding);
            widest = Math.Max(widest, Math.Abs(z[i] - Hazen(x[i])));
        }
        output.WriteLine($"largest distance from Hazen's quantile {widest:E2}");
    }

    [Fact]
    public void Beyond_the_ends_innovations_are_the_extreme_residuals()
    {
        foreach (double[] z in (double[][])[TableValues.At<Float64>(s_table, [-5, -40, 5, 1e30]), TableValues.At<Float32>(s_table, [-5, -40, 5, 1e30])])
        {
            Assert.Equal(s_reference.OrderStatistics[0], z[0], 1e-6); // single precision of a number below 8
            Assert.Equal(z[0], z[1]);
            Assert.Equal(s_reference.OrderStatistics[^1], z[2], 1e-6);
            Assert.Equal(z[2], z[3]);
        }
    }

    [Fact]
    public void Innovations_have_mean_zero_and_the_variance_of_the_interpolated_sample()
    {
        const double Resolution = 2e-3; // 130 cells per unit smooth over a few order statistics in the centre, and cut a chord in the tail
        const int N = 40_000;
        double[] x = [.. Enumerable.Range(0, N).Select(i => ReferenceNormal.Quantile((i + .5) / N))];
        double[] z = TableValues.At<Float64>(s_table, x);
        double mean = z.Average();
        double variance = z.Average(v => v * v) - (mean * mean);
        output.WriteLine($"mean {mean:E2} variance {variance:F6}, of Hazen's quantiles {s_reference.Variance:F6}");
        Assert.Equal(0, mean, Resolution);
        Assert.Equal(s_reference.Variance, variance, Resolution);
        Assert.Equal(1, variance, 1e-2);
    }

    [Fact]
    public void Two_residuals_make_two_plateaus_and_a_ramp()
    {
        MonotoneTable table = MarginalTables.Empirical(StandardNormal.Instance, 8, [5, 3]);
        double[] z = TableValues.At<Float64>(table, [-8, -1, 0, 1, 8]); // Hazen: ranks ¼ and ¾, at ∓0.674
        Assert.Equal([-1, -1, 0, 1, 1], z);
    }

    static double Hazen(double x) => x < 0
        ? s_reference.Quantile(ReferenceNormal.Cdf(x))
        : s_reference.UpperQuantile(ReferenceNormal.UpperTail(x));

    static double Edge(int cell) => ((1 << (cell / 128)) * (1 + ((cell % 128) / 128.0))) - 1;

    static (double Inner, double Outer) Ends(double distance)
    {
        int cell = 0;
        while (Edge(cell + 1) <= distance)
        {
            cell++;
        }

        return (Edge(cell), Edge(cell + 1));
    }

    static IEnumerable<double> Grid(int count) => Enumerable.Range(0, count).Select(i => -6 + (12.0 * (i + .37) / count));

    static double[] Draw()
    {
        Random random = new(5);
        return [.. Enumerable.Range(0, Sample).Select(_ => .3 + (.01 * ReferenceStudentT.Quantile(random.NextDouble(), 5)))];
    }
}
