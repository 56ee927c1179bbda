namespace GpuMargin.Tests.Architecture.Metadata;

/// <summary>Mention of one type by another in compiled code.</summary>
/// <param name="Member">Method or field that is called or read; null where the type alone is mentioned.</param>
readonly record struct TypeUse(TypeName User, TypeName Used, string? Member);
