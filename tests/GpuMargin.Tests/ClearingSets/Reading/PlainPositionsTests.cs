using System.Globalization;
using System.Text;
using GpuMargin.ClearingSets;
using GpuMargin.Files;
using Xunit;

namespace GpuMargin.Tests.ClearingSets.Reading;

/// <summary>Rows read in pieces and rows read by the library: the same accounts, positions and faults.</summary>
public sealed class PlainPositionsTests : IDisposable
{
    const int Files = 3_000;

    static readonly string[] s_instruments = ["AAPL", "AAPL  240119C00150000", "AAPL  240216C00150000", "Größe-1", "日本", "a b", "x,y", "q\"q", "7", "-1"];

    static readonly string[] s_damage =
    [
        "\"", "\"\"", ",", "\n", "\r", "\r\n", "\n\n", " ", "\t", "+", "-", ".", "e", "1e5", "1e999", "NaN", "0x1F", "", "é", "\u00a0", "\u2028", "\ufeff", "\0",
        "\"AAPL\"", "unknown", "account", new string('9', 400), new string('a', 5_000),
    ];

    readonly string folder = Directory.CreateTempSubdirectory("gpumargin-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Generated_and_damaged_files_read_the_same_by_both_ways()
    {
        int plain = 0, faulty = 0, declinedButSound = 0;
        for (int seed = 0; seed < Files; seed++)
        {
            Random random = new(seed);
            byte[] file = Encoding.UTF8.GetBytes(WellFormed(random));
            if (random.Next(3) != 0)
            {
                for (int changes = random.Next(1, 3); changes > 0; changes--)
                {
                    file = Damaged(file, random);
                }
            }

            Reading library = Read(file, pieceBytes: 0), pieces = Read(file, pieceBytes: random.Next(1, 200));
            string where = $"seed {seed}:\n{Encoding.UTF8.GetString(file)}";
            Assert.True(library.Faults.SequenceEqual(pieces.Faults), where);
            Assert.True(library.Accounts.SequenceEqual(pieces.Accounts, StringComparer.Ordinal), where);
            Assert.True(library.Positions.Account.SequenceEqual(pieces.Positions.Account), where);
            Assert.True(library.Positions.Instrument.SequenceEqual(pieces.Positions.Instrument), where);
            Assert.True(library.Positions.Quantity.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(pieces.Positions.Quantity.Select(BitConverter.DoubleToInt64Bits)), where);
            bool isPlain = IsPlain(file);
            plain += isPlain ? 1 : 0;
            faulty += library.Faults.Count > 0 ? 1 : 0;
            declinedButSound += !isPlain && library.Faults.Count == 0 ? 1 : 0;
            Assert.False(isPlain && library.Faults.Count > 0, where);
        }

        // Every kind is there often enough to say something.
        Assert.True(Math.Min(plain, Math.Min(faulty, declinedButSound)) > Files / 20, $"{plain} plain, {faulty} faulty, {declinedButSound} sound but declined");
    }

    [Theory]
    [InlineData("account,instrument,quantity\nA,AAPL,1\nB,7,-2.5\nA,-1,1e3\n")]
    [InlineData("account,instrument,quantity\r\nA,AAPL,1\r\nB,7,-2.5\r\n")]
    [InlineData("account,instrument,quantity\nA,AAPL,1")]
    [InlineData("\ufeffquantity,account,instrument\n1,A,AAPL\r\n2,\u65e5,\u65e5\u672c\n")]
    public void Files_of_the_usual_forms_are_plain(string text) => Assert.True(IsPlain(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("account,instrument,quantity\nA,\"AAPL\",1\n")]
    [InlineData("account,instrument,quantity\n\nA,AAPL,1\n")]
    [InlineData("account,instrument,quantity\nA,AAPL,1,\n")]
    [InlineData("account,instrument,quantity\nA,AAPL\n")]
    [InlineData("account,instrument,quantity\rA,AAPL,1\r")]
    [InlineData("account,instrument,quantity\nA,AAPL,1\rB,AAPL,1\n")]
    [InlineData("account,instrument,quantity\n A,AAPL,1\n")]
    [InlineData("account,instrument,quantity\nA,AAPLE,1\n")]
    [InlineData("account,instrument,quantity\nA,,1\n")]
    [InlineData("account,instrument,quantity\nA,AAPL,\n")]
    [InlineData("quantity,instrument,account\n1,AAPL,A,B\n")]
    [InlineData("account,instrument,quantity\n")]
    public void Anything_unusual_is_left_to_the_library(string text) => Assert.False(IsPlain(Encoding.UTF8.GetBytes(text)));

    static string WellFormed(Random random)
    {
        string[] columns = ["account", "instrument", "quantity"];
        random.Shuffle(columns);
        bool quoted = random.Next(4) == 0;
        string end = random.Next(2) == 0 ? "\n" : "\r\n";
        StringBuilder text = new(random.Next(8) == 0 ? "\ufeff" : "");
        text.Append(string.Join(',', columns));
        for (int rows = random.Next(1, 30); rows > 0; rows--)
        {
            text.Append(end).Append(string.Join(',', columns.Select(column => Cell(column switch
            {
                "account" => $"{(random.Next(3) == 0 ? "Konto-é" : "A")}{random.Next(6)}",
                "instrument" => s_instruments[random.Next(s_instruments.Length)],
                _ => Quantity(random),
            }, quoted, random))));
        }

        return text.Append(random.Next(3) == 0 ? "" : end).ToString();
    }

    static string Cell(string value, bool quoted, Random random) =>
        quoted && (random.Next(3) == 0 || value.AsSpan().ContainsAny(',', '"')) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : value.AsSpan().ContainsAny(',', '"') ? "AAPL" : value;

    static string Quantity(Random random) => random.Next(5) switch
    {
        0 => (random.NextDouble() * Math.Pow(10, random.Next(-30, 30))).ToString("R", CultureInfo.InvariantCulture),
        1 => (random.NextDouble() - 0.5).ToString("F" + random.Next(20), CultureInfo.InvariantCulture),
        2 => $"+{random.Next()}",
        _ => random.Next(-1000, 1000).ToString(CultureInfo.InvariantCulture),
    };

    static byte[] Damaged(byte[] file, Random random)
    {
        int at = random.Next(file.Length + 1), skip = random.Next(2) == 0 ? 0 : Math.Min(file.Length - at, random.Next(4));
        return [.. file[..at], .. Encoding.UTF8.GetBytes(s_damage[random.Next(s_damage.Length)]), .. file[(at + skip)..]];
    }

    static NameTable Known()
    {
        NameTable names = new();
        foreach (string name in s_instruments)
        {
            names.Add(name);
        }

        return names;
    }

    bool IsPlain(byte[] file)
    {
        File.WriteAllBytes(Path.Combine(folder, "positions.csv"), file);
        FaultList faults = new();
        using CsvTable? csv = SourceFile.Open(Path.Combine(folder, "positions.csv"), "positions.csv", "the positions", faults) is { } source ? CsvTable.Open(source, faults) : null;
        return csv is { HeaderLine: 1 } && CsvColumns.Find(csv, ["account", "instrument", "quantity"], [], faults) is { } columns
            && PlainPositions.TryRead(
                SourceFile.Open(Path.Combine(folder, "positions.csv"), "positions.csv", "the positions", faults)!.Text,
                (columns["account"], columns["instrument"], columns["quantity"]), Known(), 64, CancellationToken.None) is not null;
    }

    Reading Read(byte[] file, int pieceBytes)
    {
        File.WriteAllBytes(Path.Combine(folder, "positions.csv"), file);
        FaultList faults = new();
        SourceFile? source = SourceFile.Open(Path.Combine(folder, "positions.csv"), "positions.csv", "the positions", faults);
        (NameTable accounts, PositionTable positions) = PositionReader.Read(source, Known(), faults, CancellationToken.None, pieceBytes);
        return new Reading(accounts.Names, positions, faults.InFileOrder());
    }

    sealed record Reading(IReadOnlyList<string> Accounts, PositionTable Positions, IReadOnlyList<Fault> Faults);
}
