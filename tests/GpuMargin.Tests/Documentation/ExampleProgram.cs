using System.Diagnostics;
using GpuMargin.Tests.Cli;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace GpuMargin.Tests.Documentation;

/// <summary>A <c>csharp</c> block as the Program.cs of a console project: compiled against the assemblies under test and run as a process.</summary>
static class ExampleProgram
{
    const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file)),
    ];

    /// <param name="folder">The working folder of the program.</param>
    /// <returns>What it prints.</returns>
    internal static string Run(string source, string folder)
    {
        using var built = new TemporaryFolder();
        string program = built["program.dll"];
        Compile(source, program);
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "*.dll"))
        {
            File.CreateSymbolicLink(built[Path.GetFileName(file)], file);
        }

        File.Copy(Path.Combine(AppContext.BaseDirectory, "gpumargin.runtimeconfig.json"), built["program.runtimeconfig.json"]);
        var start = new ProcessStartInfo("dotnet", ["exec", program]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The program ended with {process.ExitCode}: {error.Result}");
    }

    static void Compile(string source, string file)
    {
        CSharpParseOptions language = new(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            "program",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, language), CSharpSyntaxTree.ParseText(source, language)],
            s_references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        EmitResult result = compilation.Emit(file);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)));
        }
    }
}
