namespace GpuMargin.Ilgpu;

static class Probe
{
    static readonly Type s_context = typeof(ILGPU.Context);
}
