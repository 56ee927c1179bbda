using GpuMargin.ClearingSets;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class OptionNamesTests
{
    [Theory]
    [InlineData("TargetError", "--target-error")]
    [InlineData("HorizonDays", "--horizon")]
    [InlineData("PositionsPerAccount", "--positions")]
    [InlineData("From", "--from")]
    public void A_setting_has_the_name_of_its_option(string setting, string option)
    {
        Assert.Equal(
            $"command line: {option}: found '2', expected less, or {option} alone",
            OptionNames.Of(new Fault(Fault.Settings, null, setting, "2", $"less, or settings.{setting} alone")).ToString());
        Assert.Equal(
            $"run.json:3: seed: expected {option} beside it",
            OptionNames.Of(new Fault("run.json", 3, "seed", null, $"settings.{setting} beside it")).ToString());
    }
}
