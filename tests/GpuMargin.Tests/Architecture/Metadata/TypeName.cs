namespace GpuMargin.Tests.Architecture.Metadata;

/// <summary>Name of a top-level type; nested types and what the compiler generates inside count as the type around them.</summary>
readonly record struct TypeName(string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}
