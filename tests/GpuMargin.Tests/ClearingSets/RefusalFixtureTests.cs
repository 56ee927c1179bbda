using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>Every folder of Refusals, and of its folder Policy, but <c>valid</c> is one fault: files laid over the valid set, and the lines that name it.</summary>
public sealed class RefusalFixtureTests
{
    const int FewestFixtures = 290;

    public static TheoryData<string> Fixtures =>
    [
        .. NamesIn("").Where(name => name != SetFolder.PolicyFixtures),
        .. NamesIn(SetFolder.PolicyFixtures).Select(name => $"{SetFolder.PolicyFixtures}/{name}"),
    ];

    static IEnumerable<string> NamesIn(string folder) => Directory.GetDirectories(Path.Combine(SetFolder.Fixtures, folder))
        .Select(fixture => Path.GetFileName(fixture)!)
        .Where(name => name != "valid")
        .Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Is_refused_with_the_lines_expected(string fixture)
    {
        string[] expected = File.ReadAllLines(Path.Combine(SetFolder.Fixtures, fixture, "expected.txt"));
        using SetFolder folder = SetFolder.OfFixture(fixture, out RunOverrides overrides);

        string[] found = [.. folder.Faults(overrides).Select(fault => fault.ToString())];

        Assert.NotEmpty(expected);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void There_are_enough_fixtures() => Assert.True(Fixtures.Count >= FewestFixtures, $"{Fixtures.Count} fixtures");

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
