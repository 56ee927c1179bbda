using System.Text.RegularExpressions;
using GpuMargin.Cli;
using GpuMargin.Ilgpu.Devices;
using GpuMargin.Kernels;
using Xunit;

namespace GpuMargin.Tests.Documentation;

/// <summary>Classes and tests that the pages name are those of the code.</summary>
public sealed partial class TypeNameTests
{
    static readonly HashSet<string> s_names =
    [
        .. ((Type[])[typeof(MarginCalculator), typeof(Philox), typeof(GpuMarginProgram), typeof(IlgpuDevices), typeof(TypeNameTests), typeof(CancellationToken)])
            .SelectMany(type => type.Assembly.GetTypes())
            .SelectMany(type => (string[])[Simple(type.Name), .. type.Namespace?.Split('.') ?? [], .. type.GetMembers().Select(member => $"{Simple(type.Name)}.{member.Name}")]),
    ];

    public static Xunit.TheoryData<string> Pages => Page.Names;

    [Theory]
    [MemberData(nameof(Pages))]
    public void Named_types_and_members_exist(string page) =>
        Assert.DoesNotContain(Named(Page.Of(page).Text), name => !s_names.Contains(name));

    [Fact]
    public void Every_row_of_the_model_names_a_test() =>
        Assert.True(Named(Page.Of("docs/model.md").Text).Count(name => name.EndsWith("Tests", StringComparison.Ordinal)) > 40);

    // Two words or more in one, as types are written; `HWP` and `IBM` are shares.
    static IEnumerable<string> Named(string text) => TypeName().Matches(Block.Prose(text)).Select(name => name.Groups["name"].Value);

    static string Simple(string name) => name.Split('`')[0];

    [GeneratedRegex("`(?<name>(?!GpuMargin)[A-Z][a-z]+[A-Z][a-z][A-Za-z]*(\\.[A-Z][A-Za-z]+)?)(<T>)?`")]
    private static partial Regex TypeName();
}
