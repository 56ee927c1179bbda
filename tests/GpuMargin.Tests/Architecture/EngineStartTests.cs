using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using GpuMargin.Backends;
using Xunit;

namespace GpuMargin.Tests.Architecture;

/// <summary>Engines are started in one place of the library, read from the compiled code.</summary>
public sealed class EngineStartTests
{
    const byte CallVirtual = 0x6F;

    [Fact]
    public void Only_the_schedule_of_runs_starts_an_engine()
    {
        string library = typeof(IBackend).Assembly.Location;
        using PEReader file = new(File.OpenRead(library));
        MetadataReader metadata = file.GetMetadataReader();
        int run = typeof(IBackend).GetMethod(nameof(IBackend.Run))!.MetadataToken, visit = typeof(IBackend).GetMethod(nameof(IBackend.VisitProfitAndLoss))!.MetadataToken;
        List<string> callers = [];
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress > 0
                && file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes() is { } code
                && (Calls(code, run) || Calls(code, visit)))
            {
                TypeDefinition type = metadata.GetTypeDefinition(method.GetDeclaringType());
                callers.Add($"{metadata.GetString(type.Name)}.{metadata.GetString(method.Name)}");
            }
        }

        Assert.Equal(["Valuation.Compute", "Valuation.Visit"], callers);
    }

    static bool Calls(byte[] code, int token)
    {
        ReadOnlySpan<byte> call = [CallVirtual, .. BitConverter.GetBytes(token)];
        return code.AsSpan().IndexOf(call) >= 0;
    }
}
