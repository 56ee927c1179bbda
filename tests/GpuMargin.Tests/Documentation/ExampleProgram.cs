using System.Diagnostics;
using System.Reflection;
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

    // The library and the packages it needs.
    static readonly string[] s_library = [.. WithReferences(typeof(MarginCalculator).Assembly, []).Select(assembly => assembly.Location)];

    /// <param name="folder">The working folder of the program.</param>
    /// <returns>What it prints.</returns>
    internal static string Run(string source, string folder)
    {
        using var built = new TemporaryFolder();
        string program = built["program.dll"];
        Compile(source, program);
        foreach (string file in s_library)
        {
            File.Copy(file, built[Path.GetFileName(file)]);
        }

        File.Copy(Path.Combine(AppContext.BaseDirectory, "gpumargin.runtimeconfig.json"), built["program.runtimeconfig.json"]);
        var start = new ProcessStartInfo("dotnet", ["exec", program]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The program ended with {process.ExitCode}: {error.Result}");
    }

    static HashSet<Assembly> WithReferences(Assembly assembly, HashSet<Assembly> found)
    {
        if (Path.GetDirectoryName(assembly.Location) == Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory) && found.Add(assembly))
        {
            foreach (AssemblyName reference in assembly.GetReferencedAssemblies())
            {
                WithReferences(Assembly.Load(reference), found);
            }
        }

        return found;
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
