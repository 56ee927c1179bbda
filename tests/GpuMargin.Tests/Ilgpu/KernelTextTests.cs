using Xunit;

namespace GpuMargin.Tests.Ilgpu;

public sealed class KernelTextTests
{
    [Theory]
    [InlineData(".extern .func exp")]
    [InlineData("\tcall.uni (retval), f, (x);")]
    [InlineData("\t.local .align 8 .b8 __local[64];")]
    [InlineData("\tld.local.b32 %r1, [%rd1];")]
    [InlineData("\t@%p1 st.b64 [%rd1], %rd2;")]
    [InlineData("\tld.u32 %r1, [%rd1];")]
    [InlineData("\tatom.add.u32 %r1, [%rd1], 1;")]
    [InlineData("\tatom.add.global.f64 %fd1, [%rd1], %fd2;")]
    [InlineData("\tfma.rn.f32 %f1, %f2, %f3, %f4;")]
    [InlineData("\tbar.sync\t0;\n\tbar.sync\t0;")]
    public void A_fault_is_found(string text) => Assert.Single(KernelText.Faults(text));

    [Theory]
    [InlineData("\tld.global.b64 %rd1, [%rd2];")]
    [InlineData("\t@%p1 st.shared.b32 [%rd2], %r1;")]
    [InlineData("\tatom.add.shared.u32 %r1, [%rd1], 1;")]
    [InlineData("\tred.min.global.u64 [%rd1], %rd2;")]
    [InlineData("\tld.param.b64 %rd1, [_x];")]
    [InlineData("\tbar.sync\t0;\n\tld.shared.b32 %r1, [%rd1];\n\tbar.sync\t0;")]
    public void An_allowed_line_is_not(string text) => Assert.Empty(KernelText.Faults(text));
}
