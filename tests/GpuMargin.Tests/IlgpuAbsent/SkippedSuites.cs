using Xunit;

namespace GpuMargin.Tests.IlgpuAbsent;

/// <summary>Stands for the suites of the folder Ilgpu, so that a count of tests shows that they did not run: one skipped test each.</summary>
public sealed class SkippedSuites
{
    const string Reason = "ILGPU was left out of this build; 'gpumargin devices' says why.";

    [Fact(Skip = Reason)]
    public void Device_discovery()
    {
    }
}
