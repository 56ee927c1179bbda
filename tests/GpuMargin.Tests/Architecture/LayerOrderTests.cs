using GpuMargin.Tests.Architecture.Examples.Late;
using GpuMargin.Tests.Architecture.Metadata;
using Xunit;

namespace GpuMargin.Tests.Architecture;

/// <summary>The folders of the library are layers in the order the data takes; each uses earlier ones only. Read from compiled metadata.</summary>
public sealed class LayerOrderTests
{
    // The kernels below the root namespace are an assembly of their own, which references nothing.
    static readonly TypeUse[] s_ownUses = [.. CompiledTypes.Uses(typeof(MarginCalculator).Assembly.Location)
        .Where(use => !use.Used.Namespace.StartsWith("GpuMargin.Kernels", StringComparison.Ordinal))];

    static readonly string[] s_exampleViolations =
    [
        .. new LayerOrder(Examples, "Early", "Late").Violations(CompiledTypes.Uses(typeof(LateType).Assembly.Location)
            .Where(use => use.User.Namespace.StartsWith(Examples, StringComparison.Ordinal))),
    ];

    const string Examples = "GpuMargin.Tests.Architecture.Examples";

    [Fact]
    public void A_layer_uses_earlier_layers_only() => Assert.Empty(LayerOrder.Library.Violations(s_ownUses));

    [Fact]
    public void Every_folder_of_the_library_is_a_layer_and_every_layer_has_types()
    {
        string library = Path.Combine(SourceTree.Root, "src", "GpuMargin");
        string[] folders = [.. Directory.GetDirectories(library).Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj"))];
        Assert.Equal(LayerOrder.Library.Layers.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
        int[] used = [.. CompiledTypes.Names(typeof(MarginCalculator).Assembly.Location).Select(type => LayerOrder.Library.Index(type.Namespace)).Distinct().Order()];
        Assert.Equal(Enumerable.Range(-1, LayerOrder.Library.Layers.Count + 2), used);
    }

    [Fact]
    public void What_the_compiler_adds_outside_the_namespaces_uses_no_type_of_the_library() =>
        Assert.DoesNotContain(s_ownUses, use => LayerOrder.Library.Index(use.User.Namespace) < 0 && LayerOrder.Library.Index(use.Used.Namespace) >= 0);

    [Theory]
    [InlineData("src/GpuMargin", "GpuMargin")]
    [InlineData("src/GpuMargin.Ilgpu", "GpuMargin.Ilgpu")]
    [InlineData("src/GpuMargin.Cli", "GpuMargin.Cli")]
    [InlineData("kernels/GpuMargin.Kernels", "GpuMargin.Kernels")]
    public void A_namespace_is_its_folder(string project, string root)
    {
        foreach ((string file, string code) in SourceTree.Code(project))
        {
            string folder = Path.GetDirectoryName(file)!.Replace('\\', '.').Replace('/', '.');
            string expected = folder.Length == 0 ? root : $"{root}.{folder}";
            if (code.Contains("namespace ", StringComparison.Ordinal))
            {
                Assert.True(code.Contains($"namespace {expected};", StringComparison.Ordinal), $"{file} is not in the namespace {expected}.");
            }
        }
    }

    [Theory]
    [InlineData("UseByBase")]
    [InlineData("UseByInterface")]
    [InlineData("UseByField")]
    [InlineData("UseByProperty")]
    [InlineData("UseByParameter")]
    [InlineData("UseByGenericArgument")]
    [InlineData("UseByConstraint")]
    [InlineData("UseByAttribute")]
    [InlineData("UseByAttributeArgument")]
    [InlineData("UseByCall")]
    [InlineData("UseByStaticField")]
    [InlineData("UseByTypeOf")]
    [InlineData("UseByCatch")]
    [InlineData("UseByLocal")]
    [InlineData("UseByMethodArgument")]
    [InlineData("UseByLambda")]
    [InlineData("UseByIterator")]
    [InlineData("UseByNestedType")]
    [InlineData("Inner.UseInSubFolder")]
    public void A_use_of_a_later_layer_is_found(string user) =>
        Assert.Contains(s_exampleViolations, violation => violation.StartsWith($"Early.{user} → Late.", StringComparison.Ordinal));

    [Fact]
    public void A_use_of_the_root_is_found() => Assert.Contains("Late.UseOfRoot → RootType", s_exampleViolations);

    [Fact]
    public void A_use_of_an_earlier_layer_is_not() =>
        Assert.DoesNotContain(s_exampleViolations, violation => violation.StartsWith("Late.LateType", StringComparison.Ordinal) || violation.StartsWith("RootType", StringComparison.Ordinal));

    [Fact]
    public void A_namespace_that_is_no_layer_is_refused() => Assert.Throws<ArgumentException>(() => LayerOrder.Library.Index("GpuMargin.Utilities"));
}
