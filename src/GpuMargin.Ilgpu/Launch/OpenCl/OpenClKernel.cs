using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.OpenCL;

namespace GpuMargin.Ilgpu.Launch.OpenCl;

/// <summary>Loads a kernel of OpenCL: ILGPU's launcher around a program built here.</summary>
/// <remarks>
/// ILGPU 1.5.3 builds with <c>-cl-std</c> as its only option and keeps the compiler's log to itself. Single-precision division and root are
/// rounded correctly only under an option of their own. So ILGPU is given an empty kernel of the same name and parameters, whose handles are
/// then exchanged for those of the program built here.
/// </remarks>
static class OpenClKernel
{
    const string Options = "-cl-fp32-correctly-rounded-divide-sqrt";

    const int LinesOfLog = 12;

    public static CLKernel Load(CLAccelerator device, CLCompiledKernel compiled)
    {
        (nint program, nint kernel) = Build(device, compiled);
        try
        {
            CLCompiledKernel empty = new(compiled.Context, EntryPoint(compiled), compiled.Info, $"kernel void {compiled.Name}() {{ }}", compiled.CVersion);
            CLKernel loaded = (CLKernel)(compiled.IndexType == IndexType.KernelConfig
                ? device.LoadKernel(empty)
                : device.LoadImplicitlyGroupedKernel(empty, OpenClLimits.Threads(device, kernel)));
            (Kernel(loaded), kernel) = (kernel, Kernel(loaded));
            (Program(loaded), program) = (program, Program(loaded));
            return loaded;
        }
        finally
        {
            CLException.ThrowIfFailed(CLAPI.CurrentAPI.ReleaseKernel(kernel));
            CLException.ThrowIfFailed(CLAPI.CurrentAPI.ReleaseProgram(program));
        }
    }

    static (nint Program, nint Kernel) Build(CLAccelerator device, CLCompiledKernel compiled)
    {
        CLAPI driver = CLAPI.CurrentAPI;
        CLException.ThrowIfFailed(driver.CreateProgram(device.NativePtr, OpenClSource.Exact(compiled.Source), out nint program));
        try
        {
            CLError error = driver.BuildProgram(program, device.DeviceId, $"-cl-std={compiled.CVersion} {Options}");
            if (error != CLError.CL_SUCCESS)
            {
                driver.GetProgramBuildLog(program, device.DeviceId, out string? log);
                throw new DeviceFaultException($"its compiler does not take {compiled.Name} ({error}){Excerpt(log)}");
            }

            CLException.ThrowIfFailed(driver.CreateKernel(program, compiled.Name, out nint kernel));
            return (program, kernel);
        }
        catch
        {
            driver.ReleaseProgram(program);
            throw;
        }
    }

    // Errors come first in a log, and a log may be as long as the program.
    static string Excerpt(string? log)
    {
        string[] lines = (log ?? "").TrimEnd('\0').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] errors = [.. lines.SkipWhile(line => !line.Contains("error", StringComparison.OrdinalIgnoreCase)).Take(LinesOfLog)];
        string[] told = errors.Length > 0 ? errors : [.. lines.Take(LinesOfLog)];
        return told.Length == 0 ? ", without a log" : $":\n{string.Join('\n', told)}";
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_EntryPoint")]
    static extern SeparateViewEntryPoint EntryPoint(CLCompiledKernel compiled);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "programPtr")]
    static extern ref nint Program(CLKernel kernel);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "kernelPtr")]
    static extern ref nint Kernel(CLKernel kernel);
}
