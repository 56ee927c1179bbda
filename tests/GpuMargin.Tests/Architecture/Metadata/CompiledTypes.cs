using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace GpuMargin.Tests.Architecture.Metadata;

/// <summary>Types of a compiled assembly and every type that each of them mentions: in signatures, fields, bases, constraints, attributes and method bodies.</summary>
/// <remarks>A constant leaves no trace: the compiler copies its value.</remarks>
sealed class CompiledTypes
{
    readonly MetadataReader reader;
    readonly PEReader file;
    readonly MentionedTypes mentioned;
    readonly HashSet<TypeUse> uses = [];
    TypeName user;

    CompiledTypes(PEReader file)
    {
        this.file = file;
        reader = file.GetMetadataReader();
        mentioned = new MentionedTypes(reader, name => Add(name, null));
    }

    public static IReadOnlyCollection<TypeUse> Uses(string assembly)
    {
        using FileStream stream = File.OpenRead(assembly);
        using PEReader file = new(stream);
        CompiledTypes types = new(file);
        foreach (TypeDefinitionHandle type in types.reader.TypeDefinitions)
        {
            types.user = types.mentioned.Name(type);
            types.AddType(types.reader.GetTypeDefinition(type));
        }

        return types.uses;
    }

    /// <summary>Names of all top-level types.</summary>
    public static IReadOnlyList<TypeName> Names(string assembly)
    {
        using FileStream stream = File.OpenRead(assembly);
        using PEReader file = new(stream);
        CompiledTypes types = new(file);
        return [.. types.reader.TypeDefinitions.Select(type => types.mentioned.Name(type)).Distinct()];
    }

    void AddType(TypeDefinition type)
    {
        AddEntity(type.BaseType);
        AddAttributes(type.GetCustomAttributes());
        AddParameters(type.GetGenericParameters());
        foreach (InterfaceImplementation implementation in type.GetInterfaceImplementations().Select(reader.GetInterfaceImplementation))
        {
            AddEntity(implementation.Interface);
        }

        foreach (MethodImplementation implementation in type.GetMethodImplementations().Select(reader.GetMethodImplementation))
        {
            AddEntity(implementation.MethodDeclaration);
        }

        foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition))
        {
            field.DecodeSignature(mentioned, null);
            AddAttributes(field.GetCustomAttributes());
        }

        foreach (PropertyDefinition property in type.GetProperties().Select(reader.GetPropertyDefinition))
        {
            property.DecodeSignature(mentioned, null);
            AddAttributes(property.GetCustomAttributes());
        }

        foreach (EventDefinition @event in type.GetEvents().Select(reader.GetEventDefinition))
        {
            AddEntity(@event.Type);
            AddAttributes(@event.GetCustomAttributes());
        }

        foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
        {
            AddMethod(method);
        }
    }

    void AddMethod(MethodDefinition method)
    {
        method.DecodeSignature(mentioned, null);
        AddAttributes(method.GetCustomAttributes());
        AddParameters(method.GetGenericParameters());
        foreach (ParameterHandle parameter in method.GetParameters())
        {
            AddAttributes(reader.GetParameter(parameter).GetCustomAttributes());
        }

        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
        AddEntity(body.LocalSignature);
        foreach (ExceptionRegion region in body.ExceptionRegions)
        {
            AddEntity(region.CatchType);
        }

        foreach (EntityHandle token in InstructionTokens.Of(body.GetILReader()))
        {
            AddEntity(token);
        }
    }

    void AddParameters(GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameter parameter in parameters.Select(reader.GetGenericParameter))
        {
            AddAttributes(parameter.GetCustomAttributes());
            foreach (GenericParameterConstraintHandle constraint in parameter.GetConstraints())
            {
                AddEntity(reader.GetGenericParameterConstraint(constraint).Type);
            }
        }
    }

    void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttribute attribute in attributes.Select(reader.GetCustomAttribute))
        {
            AddEntity(attribute.Constructor);
            CustomAttributeValue<TypeName> value = attribute.DecodeValue(mentioned);
            foreach (TypeName type in value.FixedArguments.Select(a => a.Value).Concat(value.NamedArguments.Select(a => a.Value)).OfType<TypeName>())
            {
                Add(type, null);
            }
        }
    }

    void AddEntity(EntityHandle entity)
    {
        if (entity.IsNil)
        {
            return;
        }

        switch (entity.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification:
                Add(mentioned.Name(entity), null);
                break;
            case HandleKind.MethodDefinition:
                MethodDefinition method = reader.GetMethodDefinition((MethodDefinitionHandle)entity);
                Add(mentioned.Name(method.GetDeclaringType()), reader.GetString(method.Name));
                break;
            case HandleKind.FieldDefinition:
                FieldDefinition field = reader.GetFieldDefinition((FieldDefinitionHandle)entity);
                Add(mentioned.Name(field.GetDeclaringType()), reader.GetString(field.Name));
                break;
            case HandleKind.MemberReference:
                MemberReference member = reader.GetMemberReference((MemberReferenceHandle)entity);
                Add(mentioned.Name(member.Parent), reader.GetString(member.Name));
                if (member.GetKind() == MemberReferenceKind.Method)
                {
                    member.DecodeMethodSignature(mentioned, null);
                }
                else
                {
                    member.DecodeFieldSignature(mentioned, null);
                }

                break;
            case HandleKind.MethodSpecification:
                MethodSpecification generic = reader.GetMethodSpecification((MethodSpecificationHandle)entity);
                AddEntity(generic.Method);
                generic.DecodeSignature(mentioned, null);
                break;
            case HandleKind.StandaloneSignature:
                StandaloneSignature signature = reader.GetStandaloneSignature((StandaloneSignatureHandle)entity);
                if (signature.GetKind() == StandaloneSignatureKind.LocalVariables)
                {
                    signature.DecodeLocalSignature(mentioned, null);
                }
                else
                {
                    signature.DecodeMethodSignature(mentioned, null);
                }

                break;
            default:
                throw new NotSupportedException($"A token of kind {entity.Kind}.");
        }
    }

    void Add(TypeName used, string? member)
    {
        if (used != user && used != default)
        {
            uses.Add(new TypeUse(user, used, member));
        }
    }
}
