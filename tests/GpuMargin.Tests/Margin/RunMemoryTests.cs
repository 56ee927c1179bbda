using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;
using Xunit;

namespace GpuMargin.Tests.Margin;

public sealed class RunMemoryTests
{
    [Theory]
    [InlineData(5_000, 10_000, "0.99")]
    [InlineData(5_000, 100_000, "0.99")]
    [InlineData(1, 100_000_000, "0.9999")]
    public void What_fits_is_not_refused(int accounts, int scenarios, string confidence) => Check(accounts, scenarios, confidence);

    [Theory]
    [InlineData(5_000, 100_000_000, "0.5")] // tails of more losses than an array holds
    [InlineData(5_000, 100_000_000, "0.9999")] // digests of more bytes than an array holds
    public void What_no_array_holds_is_refused_before_the_run(int accounts, int scenarios, string confidence)
    {
        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => Check(accounts, scenarios, confidence)).Faults);
        Assert.Equal(("run.json", "scenarios", "100000000"), (fault.File, fault.Column, fault.Found));
    }

    static void Check(int accounts, int scenarios, string confidence)
    {
        RunSettings settings = new()
        {
            AsOf = DateTimeOffset.UnixEpoch,
            Currency = "USD",
            Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity),
            Scenarios = scenarios,
            Fingerprint = Fingerprint.Sha256Leaves,
            Confidence = decimal.Parse(confidence, System.Globalization.CultureInfo.InvariantCulture),
        };
        RunMemory.Check(settings, accounts, TailLength.Required(scenarios, settings.Confidence));
    }
}
