using System.Diagnostics;
using GpuMargin.Cli;
using GpuMargin.Cli.Options;
using GpuMargin.Files.Commits;

namespace GpuMargin.Tests.Cli;

/// <summary>One run of the program and what it said.</summary>
sealed record Invocation(int Code, string Output, string Error)
{
    static string Program => typeof(GpuMarginProgram).Assembly.Location;

    /// <summary>Run in this process.</summary>
    internal static Invocation Of(params string[] args) => Of(args, CancellationToken.None);

    internal static Invocation Of(string[] args, CancellationToken cancellation)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = GpuMarginProgram.Run(args, output, error, cancellation);
        return new Invocation(code, output.ToString(), error.ToString());
    }

    /// <summary>Run in this process, with other devices than this machine's.</summary>
    internal static Invocation Of(BackendSource source, params string[] args) => Of(source, Disk.OfThisMachine, args);

    /// <summary>Run in this process, with another disk for what is written.</summary>
    internal static Invocation Of(IDisk disk, params string[] args) => Of(BackendSource.OfThisMachine, disk, args);

    static Invocation Of(BackendSource source, IDisk disk, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = GpuMarginProgram.Run(args, Terminal.Redirected(output, error), source, disk);
        return new Invocation(code, output.ToString(), error.ToString());
    }

    /// <summary>Run as a process of its own.</summary>
    internal static Invocation OfProcess(string folder, params string[] args) => OfProcess(folder, new Dictionary<string, string?>(), args);

    /// <param name="environment">Variables set for the process.</param>
    internal static Invocation OfProcess(string folder, Dictionary<string, string?> environment, params string[] args)
        => Finish(Start(folder, environment, "dotnet", [Program, .. args]));

    /// <summary>Run by a shell.</summary>
    /// <param name="script">Runs the program by <c>"$@"</c>, with redirections.</param>
    internal static Invocation OfShell(string folder, string script, params string[] args) =>
        Finish(Start(folder, [], "sh", ["-c", script, "sh", "dotnet", Program, .. args]));

    static Invocation Finish(Process started)
    {
        using Process process = started;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Invocation(process.ExitCode, output, error.Result);
    }

    /// <summary>A process that takes signals even where its parent ignores them, as background jobs of shells and nohup do.</summary>
    internal static Process StartInterruptible(string folder, params string[] args) => OperatingSystem.IsLinux()
        ? Start(folder, [], "env", ["--default-signal=INT,TERM,HUP", "dotnet", Program, .. args])
        : Start(folder, [], "dotnet", [Program, .. args]);

    static Process Start(string folder, Dictionary<string, string?> environment, string program, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
