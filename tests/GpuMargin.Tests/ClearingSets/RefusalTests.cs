using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

public sealed class RefusalTests
{
    const int FewestRefusals = 330;

    public static TheoryData<string> Table => [.. Refusal.Names];

    [Theory]
    [MemberData(nameof(Table))]
    public void What_is_wrong_is_reported_line_by_line(string name)
    {
        Refusal refusal = Refusal.Named(name);
        using SetFolder folder = refusal.ToFolder(out RunOverrides overrides);

        string[] reported = [.. folder.Faults(overrides).Select(fault => fault.ToString())];

        Assert.NotEmpty(refusal.Faults);
        Assert.Equal(refusal.Faults, reported);
    }

    [Fact]
    public void The_table_is_read_whole() => Assert.True(Refusal.Names.Count >= FewestRefusals, $"{Refusal.Names.Count} refusals");

    [Theory]
    [InlineData("plain")]
    [InlineData("policy")]
    public void The_sets_that_are_edited_are_valid(string set)
    {
        using SetFolder folder = SetFolder.Of(set);

        Assert.Empty(folder.Read().Warnings);
    }

    [Fact]
    public void A_missing_folder_is_one_fault_that_names_it()
    {
        string folder = Path.Combine(Path.GetTempPath(), "gpumargin-no-such-folder");

        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => ClearingSetFiles.Read(folder)).Faults);

        Assert.Equal(folder, fault.File);
        Assert.Contains("no such folder", fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Twenty_faults_are_printed_and_the_rest_is_counted()
    {
        Fault[] faults = [.. Enumerable.Range(1, 23).Select(line => new Fault("positions.csv", line, "quantity", "x", "a finite number"))];

        Assert.Equal([.. faults.Take(20).Select(fault => fault.ToString()), "… and 3 more"], RefusalReport.Lines(faults));
        Assert.Equal(20, RefusalReport.Lines(faults[..20]).Count);
        Assert.EndsWith("… and 3 more", new RefusedInputException(faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_of_a_file_may_be_at_fault()
    {
        using SetFolder folder = new();
        folder.With("positions.csv", "account,instrument,quantity\n" + string.Concat(Enumerable.Range(0, 5_000).Select(row => $"A,SPX cal{row},1\n")));

        IReadOnlyList<Fault> faults = folder.Faults();

        Assert.Equal(5_000, faults.Count);
        Assert.Equal(Enumerable.Range(2, 5_000), faults.Select(fault => fault.Line!.Value));
    }
}
