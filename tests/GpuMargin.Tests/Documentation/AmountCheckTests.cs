using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Documentation;

public sealed class AmountCheckTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("The margin is 1,234.", 0)]
    [InlineData("The margin is 1,235.", 1)]
    [InlineData("The limit is 9,999. <!-- given -->", 0)]
    [InlineData("The limit is 9,999.\n\nElsewhere. <!-- given -->", 1)]
    [InlineData("It took 9,999 s. <!-- measured: once -->", 0)]
    [InlineData("Three quarters are 926. <!-- check margins.csv ALFA: 926 = 0.75 * margin -->", 0)]
    [InlineData("Three quarters are 927. <!-- check margins.csv ALFA: 927 = 0.75 * margin -->", 1)]
    [InlineData("Together 2,234.5. <!-- check margins.csv *:\n2,234.5 = margin; 4 % = 100 * margin / 55862.5 -->", 0)]
    [InlineData("Together. <!-- check other.csv *: 1 = margin -->", 1)]
    public void Numbers_need_an_example_or_a_check(string text, int unfounded)
    {
        File.WriteAllText(folder["margins.csv"], "account,margin\nALFA,1234.5\nBETA,1000\n");
        PageRun run = new(folder.Path, "total 1,234 USD", []);

        Assert.Equal(unfounded, AmountCheck.Unfounded(new Page("page.md", text), run).Count);
    }
}
