using System.Globalization;
using Xunit;

namespace GpuMargin.Tests;

public sealed class TestCultureTests
{
    [Fact]
    public void Tests_run_under_the_culture_asked_for() => Assert.Same(TestCulture.Wanted, CultureInfo.CurrentCulture);

    [Fact]
    public void So_do_threads_that_tests_start()
    {
        CultureInfo? found = null;
        Thread thread = new(() => found = CultureInfo.CurrentCulture);
        thread.Start();
        thread.Join();
        Assert.Same(TestCulture.Wanted, found);
    }

    [Fact]
    public void The_decimal_separator_is_the_culture_s()
    {
        bool comma = Environment.GetEnvironmentVariable(TestCulture.Variable) == "de-DE";
        Assert.Equal(comma ? "1,5" : "1.5", 1.5.ToString(CultureInfo.CurrentCulture));
    }
}
