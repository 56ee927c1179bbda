using System.Globalization;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>A copy of the valid base set in a temporary folder, to be changed and read.</summary>
sealed class SetFolder : IDisposable
{
    public static readonly string Fixtures = System.IO.Path.Combine(AppContext.BaseDirectory, "Refusals");

    public SetFolder()
    {
        Path = Directory.CreateTempSubdirectory("gpumargin-").FullName;
        Overlay(System.IO.Path.Combine(Fixtures, "valid"));
    }

    public string Path { get; }

    public static SetFolder OfFixture(string name, out RunOverrides overrides)
    {
        SetFolder folder = new();
        string fixture = System.IO.Path.Combine(Fixtures, name);
        folder.Overlay(fixture);
        string[] absent = LinesOf(System.IO.Path.Combine(fixture, "absent.txt"));
        foreach (string file in absent)
        {
            File.Delete(folder.PathOf(file));
        }

        overrides = LinesOf(System.IO.Path.Combine(fixture, "options.txt")).Aggregate(new RunOverrides(), WithOption);
        return folder;
    }

    public static string[] LinesOf(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    public string TextOf(string file) => File.ReadAllText(PathOf(file));

    public SetFolder With(string file, string text)
    {
        File.WriteAllText(PathOf(file), text);
        return this;
    }

    /// <summary>Replaces a text that the file is sure to hold.</summary>
    public SetFolder Replacing(string file, string old, string replacement)
    {
        string text = TextOf(file);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return With(file, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    public ClearingSet Read(RunOverrides? overrides = null) => ClearingSetReader.Read(Path, overrides);

    public IReadOnlyList<Fault> Faults(RunOverrides? overrides = null) =>
        Assert.Throws<RefusedInputException>(() => Read(overrides)).Faults;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    void Overlay(string source)
    {
        foreach (string file in Directory.GetFiles(source))
        {
            if (System.IO.Path.GetExtension(file) is ".csv" or ".json")
            {
                File.Copy(file, PathOf(System.IO.Path.GetFileName(file)), overwrite: true);
            }
        }
    }

    static RunOverrides WithOption(RunOverrides overrides, string line)
    {
        string[] words = line.Split(' ');
        return words[0] switch
        {
            "--confidence" => overrides with { Confidence = decimal.Parse(words[1], CultureInfo.InvariantCulture) },
            "--scenarios" => overrides with { Scenarios = int.Parse(words[1], CultureInfo.InvariantCulture) },
            "--horizon" => overrides with { HorizonDays = int.Parse(words[1], CultureInfo.InvariantCulture) },
            "--target-error" => overrides with { TargetError = decimal.Parse(words[1], CultureInfo.InvariantCulture) },
            "--max-scenarios" => overrides with { MaxScenarios = int.Parse(words[1], CultureInfo.InvariantCulture) },
            "--sampling" => overrides with { Sampling = Enum.Parse<Sampling>(words[1], ignoreCase: true) },
            _ => throw new InvalidDataException($"options.txt has an unknown option: {line}"),
        };
    }
}
