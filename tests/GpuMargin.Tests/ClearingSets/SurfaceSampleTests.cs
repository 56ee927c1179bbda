using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Cli;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>samples/dow30-surfaces and samples/crypto-options: what their READMEs say of the files.</summary>
public sealed class SurfaceSampleTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static string Sample(string name) => Path.Combine(Repository.Root, "samples", name);

    [Fact]
    public void Effects_are_the_margins_with_parallel_moves_and_with_all_parts_of_the_surfaces()
    {
        Dictionary<string, double> parallel = Margins(Sample("dow30")), all = Margins(Sample("dow30-surfaces"));
        string[][] effect = [.. File.ReadLines(Path.Combine(Sample("dow30-surfaces"), "effect.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(60, effect.Length);
        Assert.All(effect, row =>
        {
            double before = double.Parse(row[1], CultureInfo.InvariantCulture), change = double.Parse(row[^1], CultureInfo.InvariantCulture);
            Assert.Equal(before, Math.Round(parallel[row[0]]));
            Assert.Equal(before + change, Math.Round(all[row[0]]));
        });
    }

    [Fact]
    public void Values_of_today_are_those_of_dow30()
    {
        ClearingSet plain = ClearingSetFiles.Read(Sample("dow30")), surfaces = ClearingSetFiles.Read(Sample("dow30-surfaces"));
        Assert.Equal(plain.Instruments.Select(instrument => instrument.Volatility), surfaces.Instruments.Select(instrument => instrument.Volatility));
        Assert.Empty(SurfaceArbitrage.Of(surfaces));
    }

    [Fact]
    public void Surfaces_of_coins_are_those_of_the_quotes()
    {
        string set = folder["set"], sample = Sample("crypto-options");
        Invocation fitted = Invocation.Of("surface", Path.Combine(sample, "book-summary.json"), "--out", set, "--mapping", "deribit-book-summary", "--quiet");
        Assert.Equal((ExitCode.Done, ""), (fitted.Code, fitted.Error));
        foreach (string file in (string[])["surfaces.csv", "smiles.csv", "pivots.csv"])
        {
            Assert.Equal(File.ReadAllText(Path.Combine(sample, file)), File.ReadAllText(Path.Combine(set, file)));
        }
    }

    Dictionary<string, double> Margins(string set)
    {
        string output = folder[Path.GetFileName(set)];
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--out", output, "--quiet").Code);
        string[][] rows = [.. File.ReadLines(Path.Combine(output, "margins.csv")).Select(line => line.Split(','))];
        int margin = Array.IndexOf(rows[0], "margin");
        return rows.Skip(1).ToDictionary(row => row[0], row => double.Parse(row[margin], CultureInfo.InvariantCulture));
    }
}
