using System.Globalization;
using Xunit;

namespace GpuMargin.Tests;

public sealed class TestCultureTests
{
    [Fact]
    public void Tests_run_under_the_culture_asked_for() => Assert.Equal(TestCulture.Wanted, CultureInfo.CurrentCulture);

    [Fact]
    public void The_second_pass_has_a_decimal_comma()
    {
        if (Environment.GetEnvironmentVariable(TestCulture.Variable) == "de-DE")
        {
            Assert.Equal("1,5", 1.5.ToString(CultureInfo.CurrentCulture));
        }
    }
}
