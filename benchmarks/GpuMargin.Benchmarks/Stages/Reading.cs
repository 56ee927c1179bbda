using BenchmarkDotNet.Attributes;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;
using GpuMargin.ClearingSets;
using GpuMargin.Files;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>Job S from its folder: positions.csv of a million rows, and all files.</summary>
[WarmupCount(1)]
[IterationCount(3)]
public class Reading
{
    readonly string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    NameTable instruments = new();

    [GlobalSetup]
    public void Prove()
    {
        ClearingSet set = SetS.Set();
        ClearingSetFiles.Write(set, folder);
        foreach (Instrument instrument in set.Instruments)
        {
            instruments.Add(System.Text.Encoding.UTF8.GetBytes(instrument.Name), out _);
        }

        Require(set.Positions, Positions());
        Require(set.Positions, PositionsByLibrary());
        ClearingSet read = Folder();
        Require(set.Positions, read.Positions);
        Parity.RequireEqual<string>(set.Accounts.ToArray(), read.Accounts.ToArray(), "accounts");
        Parity.RequireEqualBits([.. set.Correlation.Cast<double>()], [.. read.Correlation.Cast<double>()], "correlation");
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Benchmark]
    [Work(Unit.Rows, SetS.Positions)]
    public PositionTable Positions() => Positions(PlainPositions.PieceBytes);

    /// <summary>What a file with a quote, an empty line or a fault costs.</summary>
    [Benchmark]
    [Work(Unit.Rows, SetS.Positions)]
    public PositionTable PositionsByLibrary() => Positions(pieceBytes: 0);

    [Benchmark]
    [Work(Unit.Rows, SetS.Positions)]
    public ClearingSet Folder() => ClearingSetFiles.Read(folder);

    PositionTable Positions(int pieceBytes)
    {
        FaultList faults = new();
        SourceFile? file = SourceFile.Open(folder, "positions.csv", "the positions", faults);
        PositionTable positions = PositionReader.Read(file, instruments, faults, CancellationToken.None, pieceBytes).Positions;
        faults.ThrowIfAny();
        return positions;
    }

    static void Require(PositionTable expected, PositionTable found)
    {
        Parity.RequireEqual<int>(expected.Account, found.Account, "account column");
        Parity.RequireEqual<int>(expected.Instrument, found.Instrument, "instrument column");
        Parity.RequireEqualBits(expected.Quantity, found.Quantity, "quantity column");
    }
}
