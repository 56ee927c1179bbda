using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace GpuMargin.Backends;

/// <summary>The processor's name.</summary>
static class CpuIdentity
{
    /// <summary>The processor's name as it gives it (x86 CPUID leaves 0x80000002–4), else the architecture.</summary>
    public static string Name { get; } = BrandString() ?? RuntimeInformation.ProcessArchitecture.ToString();

    static string? BrandString()
    {
        if (!X86Base.IsSupported || (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < 0x80000004)
        {
            return null;
        }

        Span<int> registers = stackalloc int[12];
        for (int leaf = 0; leaf < 3; leaf++)
        {
            (registers[4 * leaf], registers[4 * leaf + 1], registers[4 * leaf + 2], registers[4 * leaf + 3]) =
                X86Base.CpuId(unchecked((int)0x80000002) + leaf, 0);
        }

        return Encoding.ASCII.GetString(MemoryMarshal.AsBytes(registers)).Trim('\0', ' ');
    }
}
