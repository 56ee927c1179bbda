using Xunit;

namespace GpuMargin.Tests.Ilgpu;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_types_and_members_are_those_listed() => Architecture.PublicApi.RequireListed(typeof(GpuMargin.Ilgpu.IlgpuBackend).Assembly);
}
