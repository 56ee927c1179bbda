using GpuMargin.Studies;
using Xunit;

namespace GpuMargin.Tests.Margin;

public sealed class CheckpointsTests
{
    [Theory]
    [InlineData(10_000, 70_000, new[] { 12_288, 16_384, 24_576, 32_768, 49_152, 65_536, 70_000 })]
    [InlineData(12_288, 16_384, new[] { 12_288, 16_384 })]
    [InlineData(12_289, 12_300, new[] { 12_300 })]
    [InlineData(1, 200, new[] { 128, 192, 200 })]
    [InlineData(5, 5, new[] { 5 })]
    public void They_are_a_fixed_sequence_from_the_first_scenarios_to_the_most(int scenarios, int most, int[] expected) =>
        Assert.Equal(expected, Checkpoints.Between(scenarios, most));

    [Fact]
    public void All_but_the_last_end_where_leaves_of_the_fingerprint_and_whole_randomisations_do() =>
        Assert.All(Checkpoints.Between(1, 100_000_000).SkipLast(1), count => Assert.Equal(0, count % 64));

    [Fact]
    public void Fewer_than_the_first_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Checkpoints.Between(1000, 999));
}
