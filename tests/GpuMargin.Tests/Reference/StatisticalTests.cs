using Xunit;

namespace GpuMargin.Tests.Reference;

public sealed class StatisticalTests
{
    [Theory]
    [InlineData(.3, 0.9999906941986655)]
    [InlineData(.5, 0.9639452436648751)]
    [InlineData(1, 0.26999967167735456)]
    [InlineData(1.5, 0.022217962616525127)]
    [InlineData(2.5, 7.453306344157342e-06)]
    public void Kolmogorovs_limit_distribution_has_its_known_values(double t, double tail) => // scipy.stats.kstwobign.sf
        Assert.Equal(tail, KolmogorovSmirnov.LimitTail(t), 1e-14);

    [Theory]
    [InlineData(10, .3, 0.27053557479999946)]
    [InlineData(20, .3, 0.04306706665851623)]
    [InlineData(100, .15, 0.019839242125643017)]
    [InlineData(1000, .05, 0.013012074781090332)]
    public void The_corrected_p_value_is_close_to_the_exact_one(int n, double distance, double exact) // scipy.stats.kstwo.sf
    {
        const double Correction = .05; // relative accuracy of Stephens' correction at these sizes
        double[] shifted = [.. Enumerable.Range(0, n).Select(i => Math.Min(1, ((double)i / n) + distance))]; // D is the shift
        KolmogorovSmirnov test = KolmogorovSmirnov.OneSample(shifted, x => x);
        Assert.Equal(distance, test.Statistic, 1e-12);
        Assert.Equal(exact, test.PValue, Correction * exact);
    }

    [Fact]
    public void The_statistic_is_the_largest_step_distance_by_hand()
    {
        Assert.Equal(.3, KolmogorovSmirnov.OneSample([.7, .1, .4], x => x).Statistic, 1e-15);
        Assert.Equal(.5, KolmogorovSmirnov.TwoSamples([1, 2, 3, 4], [3, 4, 5, 6]).Statistic, 1e-15);
        Assert.Equal(0, KolmogorovSmirnov.TwoSamples([1, 1, 2], [1, 1, 2]).Statistic);
        Assert.Equal(1, KolmogorovSmirnov.TwoSamples([1, 2], [3, 4, 5]).Statistic);
    }

    [Fact]
    public void Kendalls_tau_of_small_arrays_is_the_count_of_pairs()
    {
        Assert.Equal(1, KendallTau.Of([1, 2, 3], [10, 20, 30]));
        Assert.Equal(-1, KendallTau.Of([1, 2, 3, 4], [4, 3, 2, 1]));
        Assert.Equal(.4, KendallTau.Of([1, 2, 3, 4, 5], [3, 1, 2, 5, 4]), 1e-15);
        Assert.Equal(-Math.Sqrt(2) / 3, KendallTau.Of([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]), 1e-15); // scipy's example with ties
    }

    [Theory]
    [InlineData(2)]
    [InlineData(57)]
    [InlineData(257)]
    public void The_fast_tau_equals_the_pairwise_one_with_and_without_ties(int n)
    {
        Random random = new(n);
        double[] x = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(n))];
        double[] y = [.. x.Select(v => v + random.Next(n))];
        x[0] = -1;
        y[0] = -1;
        double numerator = 0;
        double untiedX = 0;
        double untiedY = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                numerator += Math.Sign(x[i] - x[j]) * Math.Sign(y[i] - y[j]);
                untiedX += x[i] == x[j] ? 0 : 1;
                untiedY += y[i] == y[j] ? 0 : 1;
            }
        }

        Assert.Equal(numerator / Math.Sqrt(untiedX * untiedY), KendallTau.Of(x, y), 1e-14);
    }

    [Theory]
    [InlineData(3, .5, 5 / 16.0, 1e-14)]
    [InlineData(5, .5, 53 / 256.0, 1e-14)]
    [InlineData(2, .7, .5194979619, .51e-10)]
    [InlineData(10, 0, .0068723033, .51e-10)]
    public void Tail_dependence_of_the_t_copula_has_its_published_values(double nu, double correlation, double value, double tolerance) =>
        Assert.Equal(value, TailDependence.OfStudentTCopula(nu, correlation), tolerance);

    [Fact]
    public void Sample_moments_are_those_by_hand()
    {
        SampleMoments moments = SampleMoments.Of([1, 2, 3, 4, 10]); // deviations −3, −2, −1, 0, 6
        Assert.Equal(4, moments.Mean);
        Assert.Equal(50 / 4.0, moments.Variance);
        Assert.Equal(Math.Sqrt(12.5 / 5), moments.MeanStandardError, 1e-15);
        Assert.Equal(Math.Sqrt(((81 + 16 + 1 + 1296) / 5.0 - 156.25) / 5), moments.VarianceStandardError, 1e-14);
        Assert.Equal(3 + 6, SampleMoments.StudentTKurtosis(5));
        Assert.Equal(2 * Math.Sqrt(2 / 50.0), SampleMoments.VarianceStandardErrorOf(2, 3, 50), 1e-15);
    }

    [Fact]
    public void A_scenario_table_reads_what_the_commands_write_and_orders_its_columns_as_the_set()
    {
        ScenarioTable table = ScenarioTable.Read(new StringReader("scenario,RATE,EURUSD,X,VOL\n0,1,2,-3E-05,4\r\n1,5,6,7,8\n"));
        Assert.Equal(["RATE", "EURUSD", "X", "VOL"], table.Columns);
        Assert.Equal([2, 6], table.Column("EURUSD"));
        Assert.Equal([-3E-05, 2, 4, 1], table.ShocksOf(SampleSet.Of()).Row(0));
        Assert.Throws<FormatException>(() => ScenarioTable.Read(new StringReader("scenario,X\n1,0\n")));
    }
}
