using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using Xunit;

namespace GpuMargin.Tests.ClearingSets.Policy;

/// <summary>The sections samplingError and shortOptionMinimum as they are read, refused and written.</summary>
public sealed class NewerComponentsTests
{
    [Fact]
    public void Both_are_read()
    {
        using SetFolder folder = With("\"samplingError\": {\"confidence\": 0.9}, \"shortOptionMinimum\": {\"crypto\": 2.5, \"default\": 40}");
        MarginPolicy policy = folder.Read().Policy!;
        Assert.Equal(0.9m, policy.Terms<SamplingError>()!.Confidence);
        Assert.Equal(new Dictionary<string, double> { ["crypto"] = 2.5, ["default"] = 40 }, policy.Terms<ShortOptionMinimum>()!.Amounts);
    }

    [Fact]
    public void A_section_without_keys_has_the_defaults()
    {
        using SetFolder folder = With("\"samplingError\": {}, \"shortOptionMinimum\": {}");
        MarginPolicy policy = folder.Read().Policy!;
        Assert.Equal(0.95m, policy.Terms<SamplingError>()!.Confidence);
        Assert.Empty(policy.Terms<ShortOptionMinimum>()!.Amounts);
    }

    [Theory]
    [InlineData("\"samplingError\": 0.95", "policy.json:3: samplingError: found '0.95', expected the error of the simulation, such as {\"confidence\": 0.95}, written as a JSON object in braces")]
    [InlineData("\"samplingError\": {\"confidence\": 95}", "policy.json:3: samplingError.confidence: found '95', expected a confidence level from 0.5 to 0.999, such as 0.95")]
    [InlineData("\"samplingError\": {\"confidence\": \"0.95\"}", "policy.json:3: samplingError.confidence: found '0.95', expected a confidence level from 0.5 to 0.999, such as 0.95, written as a JSON number without quotes")]
    [InlineData("\"samplingError\": {\"level\": 0.95}", "policy.json:3: samplingError.level: found 'level', expected a key of policy.json, the nearest is 'samplingError.confidence'")]
    [InlineData("\"shortOptionMinimum\": 25", "policy.json:3: shortOptionMinimum: found '25', expected amounts per short option contract by product class, such as {\"equity\": 25}, written as a JSON object in braces")]
    [InlineData("\"shortOptionMinimum\": {\"crypto\": -1}", "policy.json:3: shortOptionMinimum.crypto: found '-1', expected a number of at least 0")]
    [InlineData("\"shortOptionMinimum\": {\"crypto\": 1, \"crypto\": 2}", "policy.json:3: shortOptionMinimum.crypto: found '2', expected the key once only")]
    [InlineData("\"shortOptionMinimum\": {\"crpyto\": 1}", "policy.json:3: shortOptionMinimum.crpyto: found 'crpyto', expected a product_class of instruments.csv (did you mean 'crypto'?)")]
    [InlineData("\"shortOptionMinimums\": {}", "policy.json:3: shortOptionMinimums: found 'shortOptionMinimums', expected a key of policy.json, the nearest is 'shortOptionMinimum'")]
    public void Faults_are_reported_at_their_places(string section, string expected)
    {
        using SetFolder folder = With(section);
        Assert.Equal(expected, Assert.Single(folder.Faults()).ToString());
    }

    [Fact]
    public void What_has_no_effect_is_warned_of()
    {
        using SetFolder folder = With("\"base\": {\"measure\": \"value-at-risk\"}, \"samplingError\": {\"confidence\": 0.999}, \"shortOptionMinimum\": {\"power\": 3}");
        folder.Replacing("run.json", "\"scenarios\": 1000", "\"scenarios\": 200");
        string[] warnings = [.. folder.Read().Warnings.Where(warning => warning.Contains("samplingError", StringComparison.Ordinal) || warning.Contains("shortOptionMinimum", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "samplingError of policy.json: 200 scenarios are too few for an upper bound of value at risk at 0.975 with confidence 0.999: it is the largest loss of the sample.",
                "shortOptionMinimum.power of policy.json has no effect: no instrument is of product class 'power'.",
            ],
            warnings);
    }

    [Fact]
    public void Both_are_written_and_read_back()
    {
        using SetFolder folder = With("\"samplingError\": {\"confidence\": 0.9}, \"shortOptionMinimum\": {\"default\": 40, \"crypto\": 2.5}");
        ClearingSet set = folder.Read();
        string copy = folder.PathOf("copy");
        ClearingSetFiles.Write(set, copy);
        SetEquality.AssertSame(set, ClearingSetFiles.Read(copy));
        Assert.Contains(
            "\"samplingError\": {\n    \"confidence\": 0.9\n  },\n  \"shortOptionMinimum\": {\n    \"crypto\": 2.5,\n    \"default\": 40\n  },\n  \"depeg\": {}",
            File.ReadAllText(Path.Combine(copy, "policy.json")), StringComparison.Ordinal);
    }

    // The section stands on line 3; stressed moves and liquidity.csv are left out.
    static SetFolder With(string section)
    {
        SetFolder folder = SetFolder.WithPolicy();
        File.Delete(folder.PathOf("stress.csv"));
        File.Delete(folder.PathOf("liquidity.csv"));
        File.Delete(folder.PathOf("collateral.csv"));
        return folder.With("policy.json", $"{{\n  \"version\": 1,\n  {section}\n}}\n");
    }
}
