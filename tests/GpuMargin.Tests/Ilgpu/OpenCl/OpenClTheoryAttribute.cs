using Xunit;

namespace GpuMargin.Tests.Ilgpu.OpenCl;

/// <summary>A test that needs an OpenCL device, skipped where none is under test.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenClTheoryAttribute : TheoryAttribute
{
    public OpenClTheoryAttribute() => Skip = TestDevice.IsOpenCl
        ? null
        : $"no OpenCL device is under test: {TestDevice.Variable} is not {TestDevice.OpenCl}; .ci/run sets it where it can install PoCL";
}
