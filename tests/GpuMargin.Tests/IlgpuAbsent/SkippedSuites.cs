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

    [Fact(Skip = Reason)]
    public void Kernels_compiled_for_CUDA()
    {
    }

    [Fact(Skip = Reason)]
    public void The_backend_suite_on_the_CPU_accelerator()
    {
    }

    [Fact(Skip = Reason)]
    public void Tails_on_a_device()
    {
    }

    [Fact(Skip = Reason)]
    public void Fingerprints_on_a_device()
    {
    }

    [Fact(Skip = Reason)]
    public void Runs_of_the_sample_on_the_CPU_accelerator()
    {
    }
}
