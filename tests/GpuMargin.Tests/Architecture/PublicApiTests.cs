using System.Reflection;
using Xunit;

namespace GpuMargin.Tests.Architecture;

/// <summary>
/// What a user of the packages can see is what the lists in this folder say. A change of it is a change of a list: run these tests with
/// the environment variable <c>GPUMARGIN_RENEW=1</c>, which writes the lists anew, and commit them.
/// </summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("GpuMargin.Core")]
    [InlineData("GpuMargin.Kernels")]
    public void The_public_types_and_members_are_those_listed(string assembly) => PublicApi.RequireListed(Assembly.Load(assembly));
}
