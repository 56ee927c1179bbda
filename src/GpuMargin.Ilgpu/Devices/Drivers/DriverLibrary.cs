using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GpuMargin.Ilgpu.Devices.Drivers;

/// <summary>A driver's library under the names it has on this system.</summary>
/// <remarks>
/// ILGPU imports <c>cuda</c> and <c>OpenCL</c>, which .NET looks for as libcuda.so and libOpenCL.so: names that only development
/// packages and some driver installations make. The driver itself comes as <c>.so.1</c>.
/// </remarks>
sealed class DriverLibrary
{
    static readonly Lazy<bool> s_resolving = new(SetResolver);

    readonly string[] imports;
    readonly Lazy<(nint Handle, string? File)> loaded;

    DriverLibrary(string description, string[] imports, string[] files)
    {
        (Description, this.imports, Files) = (description, imports, files);
        loaded = new(FirstThatLoads);
    }

    internal static DriverLibrary Cuda { get; } = new(
        "CUDA driver",
        [CudaAPI.LibNameLinux, CudaAPI.LibNameWindows, CudaAPI.LibNameMacOS],
        OperatingSystem.IsWindows() ? ["nvcuda.dll"]
            : OperatingSystem.IsMacOS() ? ["libcuda.dylib"]
            : ["libcuda.so.1", "libcuda.so", "/usr/lib/wsl/lib/libcuda.so.1"]);

    internal static DriverLibrary OpenCl { get; } = new(
        "OpenCL",
        [CLAPI.LibNameLinux, CLAPI.LibNameWindows, CLAPI.LibNameMacOS],
        OperatingSystem.IsWindows() ? ["OpenCL.dll"]
            : OperatingSystem.IsMacOS() ? ["/System/Library/Frameworks/OpenCL.framework/OpenCL"]
            : ["libOpenCL.so.1", "libOpenCL.so"]);

    internal string Description { get; }

    /// <summary>Looked for in this order.</summary>
    internal IReadOnlyList<string> Files { get; }

    /// <summary>The file that was loaded; <see langword="null"/>: none.</summary>
    internal string? File => loaded.Value.File;

    internal string NotFound =>
        $"no {Description} library: looked for {string.Join(", ", Files)} in the system's library path{(OperatingSystem.IsLinux() ? " and LD_LIBRARY_PATH" : "")}";

    /// <summary>Loads the library for this process and makes ILGPU use it. Must be asked before ILGPU's driver interface is.</summary>
    /// <returns>Whether it is there.</returns>
    internal bool Load() => loaded.Value.Handle != 0 && s_resolving.Value;

    /// <returns>The address of a function; 0: the library has none of that name.</returns>
    internal nint Function(string name) => NativeLibrary.TryGetExport(loaded.Value.Handle, name, out nint address) ? address : 0;

    (nint Handle, string? File) FirstThatLoads()
    {
        foreach (string file in Files)
        {
            if (NativeLibrary.TryLoad(file, out nint handle))
            {
                return (handle, file);
            }
        }

        return (0, null);
    }

    /// <returns>True: the loader's own search is all that remains when another resolver of ILGPU's assembly came first.</returns>
    static bool SetResolver()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // An assembly takes one resolver in its life, and a host of this library may have set it.
        }

        return true;
    }

    static nint Resolve(string library, Assembly assembly, DllImportSearchPath? path) =>
        Cuda.imports.Contains(library) ? Cuda.loaded.Value.Handle
        : OpenCl.imports.Contains(library) ? OpenCl.loaded.Value.Handle
        : 0;
}
