using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Text.RegularExpressions;

namespace GpuMargin.Tests.Architecture.Metadata;

/// <summary>Decoder of signatures and attributes that reports every type it meets.</summary>
/// <param name="mention">Called with the type of every name in a signature.</param>
sealed class MentionedTypes(MetadataReader reader, Action<TypeName> mention) : ISignatureTypeProvider<TypeName, object?>, ICustomAttributeTypeProvider<TypeName>
{
    /// <summary>The top-level type of a definition, reference or specification; of a specification that is no named type, nothing.</summary>
    public TypeName Name(EntityHandle type)
    {
        switch (type.Kind)
        {
            case HandleKind.TypeDefinition:
                TypeDefinition definition = reader.GetTypeDefinition((TypeDefinitionHandle)type);
                TypeDefinitionHandle around = definition.GetDeclaringType();
                return around.IsNil ? Name(definition.Namespace, definition.Name) : Name(around);
            case HandleKind.TypeReference:
                TypeReference reference = reader.GetTypeReference((TypeReferenceHandle)type);
                return reference.ResolutionScope.Kind == HandleKind.TypeReference ? Name(reference.ResolutionScope) : Name(reference.Namespace, reference.Name);
            case HandleKind.TypeSpecification:
                return reader.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(this, null);
            default:
                return default;
        }
    }

    public TypeName GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Mention(Name(handle));

    public TypeName GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Mention(Name(handle));

    public TypeName GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => Name(handle);

    // The arguments were reported when they were decoded.
    public TypeName GetGenericInstantiation(TypeName genericType, ImmutableArray<TypeName> typeArguments) => genericType;

    // "Namespace.Outer+Inner`1[[Namespace.Argument, Assembly]], Assembly"
    public TypeName GetTypeFromSerializedName(string name)
    {
        TypeName[] types = [.. Regex.Matches(name, @"(?<![\w.+])(?:(?<space>[\w.]+)\.)(?<name>\w+)").Select(m => new TypeName(m.Groups["space"].Value, m.Groups["name"].Value))];
        foreach (TypeName type in types)
        {
            mention(type);
        }

        return types.FirstOrDefault();
    }

    public PrimitiveTypeCode GetUnderlyingEnumType(TypeName type) =>
        Type.GetTypeCode(
            AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(type.ToString())).First(found => found is not null)!.GetEnumUnderlyingType()) switch
        {
            TypeCode.SByte => PrimitiveTypeCode.SByte,
            TypeCode.Byte => PrimitiveTypeCode.Byte,
            TypeCode.Int64 => PrimitiveTypeCode.Int64,
            _ => PrimitiveTypeCode.Int32,
        };

    public TypeName GetSystemType() => new("System", nameof(Type));

    public bool IsSystemType(TypeName type) => type == GetSystemType();

    public TypeName GetPrimitiveType(PrimitiveTypeCode typeCode) => default;

    public TypeName GetArrayType(TypeName elementType, ArrayShape shape) => elementType;

    public TypeName GetSZArrayType(TypeName elementType) => elementType;

    public TypeName GetByReferenceType(TypeName elementType) => elementType;

    public TypeName GetPointerType(TypeName elementType) => elementType;

    public TypeName GetPinnedType(TypeName elementType) => elementType;

    public TypeName GetModifiedType(TypeName modifier, TypeName unmodifiedType, bool isRequired) => unmodifiedType;

    public TypeName GetFunctionPointerType(MethodSignature<TypeName> signature) => default;

    public TypeName GetGenericMethodParameter(object? genericContext, int index) => default;

    public TypeName GetGenericTypeParameter(object? genericContext, int index) => default;

    TypeName Mention(TypeName type)
    {
        mention(type);
        return type;
    }

    // Without the number of generic parameters that metadata appends.
    TypeName Name(StringHandle space, StringHandle name) => new(reader.GetString(space), reader.GetString(name).Split('`')[0]);
}
