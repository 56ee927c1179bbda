using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuMargin.Tests.Ilgpu.Ptx.Code;

/// <summary>Reads the one kernel of a PTX module, a statement a line as ILGPU writes it; whatever it does not know is a fault.</summary>
sealed partial class PtxReader
{
    // Shared variables lie apart, so that what reaches beyond one is seen.
    const int Gap = 64;

    readonly PtxSlots slots = new();
    readonly List<PtxVariable> parameters = [];
    readonly List<PtxVariable> shared = [];
    readonly List<string> statements = [];
    readonly Dictionary<string, int> labels = [];
    int? mostThreads;

    public static PtxProgram Read(string assembly)
    {
        string[] lines = [.. assembly.Split('\n').Select(line => Comment().Replace(line, "").Trim()).Where(line => line.Length > 0)];
        int entry = Array.FindIndex(lines, line => Entry().IsMatch(line));
        Fail(entry < 0 || lines.Skip(entry + 1).Any(line => Entry().IsMatch(line)), "a module of one kernel is expected");
        foreach (string directive in lines[..entry].Where(line => line.StartsWith(".global", StringComparison.Ordinal) || line.StartsWith(".const", StringComparison.Ordinal)))
        {
            throw new PtxFault($"unknown directive {directive}");
        }

        return new PtxReader().Kernel(Entry().Match(lines[entry]).Groups["name"].Value, lines[(entry + 1)..]);
    }

    PtxProgram Kernel(string name, string[] lines)
    {
        int close = Array.IndexOf(lines, ")"), open = Array.IndexOf(lines, "{"), end = Array.IndexOf(lines, "}");
        Fail(close < 0 || open < close || end < open || end != lines.Length - 1, $"{name} is not one block");
        foreach (string line in lines[..close])
        {
            AddParameter(Match(ParameterLine(), line));
        }

        foreach (string line in lines[(close + 1)..open].Where(line => !MultiprocessorLine().IsMatch(line)))
        {
            mostThreads = Number(Match(ThreadsLine(), line), "threads");
        }

        foreach (string line in lines[(open + 1)..end])
        {
            Declare(line);
        }

        PtxInstructionReader reader = new(slots, parameters, labels);
        return new PtxProgram(name, parameters, shared, mostThreads, [.. statements.Select(reader.Read)], slots.Initial);
    }

    // The argument buffer of a launch: each parameter behind the one before, at its own alignment.
    void AddParameter(Match match)
    {
        int bytes = match.Groups["bytes"].Success ? Number(match, "bytes") : PtxSlots.BitsOf(match.Groups["type"].Value) / 8;
        int alignment = match.Groups["bytes"].Success ? Number(match, "align") : bytes;
        parameters.Add(new PtxVariable(match.Groups["name"].Value, Aligned(parameters.Count == 0 ? 0 : End(parameters[^1]), alignment), bytes));
    }

    void Declare(string line)
    {
        if (RegisterLine().Match(line) is { Success: true } register)
        {
            slots.Declare(register.Groups["type"].Value, register.Groups["prefix"].Value, Number(register, "count"));
        }
        else if (SharedLine().Match(line) is { Success: true } variable)
        {
            long start = Aligned(shared.Count == 0 ? Gap : End(shared[^1]) + Gap, Number(variable, "align"));
            shared.Add(new PtxVariable(variable.Groups["name"].Value, start, Number(variable, "bytes")));
            slots.DeclareAddress(shared[^1].Name, start);
        }
        else if (LabelLine().Match(line) is { Success: true } label)
        {
            labels.Add(label.Groups["name"].Value, statements.Count);
        }
        else
        {
            statements.Add(line);
        }
    }

    static long End(PtxVariable variable) => variable.Start + variable.Bytes;

    static long Aligned(long address, int alignment) => (address + alignment - 1) / alignment * alignment;

    static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    static Match Match(Regex pattern, string line) => pattern.Match(line) is { Success: true } match ? match : throw new PtxFault($"unknown line {line}");

    static void Fail(bool wrong, string message)
    {
        if (wrong)
        {
            throw new PtxFault(message);
        }
    }

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\.visible \.entry (?<name>\w+)\($")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^\.param (\.align (?<align>\d+) \.b8 (?<name>\w+)\[(?<bytes>\d+)\]|\.(?<type>\w+) (?<name>\w+)),?$")]
    private static partial Regex ParameterLine();

    // The second and third dimension of a block are 1.
    [GeneratedRegex(@"^\.maxntid (?<threads>\d+)(, ?1(, ?1)?)?$")]
    private static partial Regex ThreadsLine();

    // Blocks that a multiprocessor should hold: the assembler's affair.
    [GeneratedRegex(@"^\.minnctapersm \d+$")]
    private static partial Regex MultiprocessorLine();

    [GeneratedRegex(@"^\.reg\s+\.(?<type>\w+)\s+(?<prefix>%[a-z]+)<(?<count>\d+)>;$")]
    private static partial Regex RegisterLine();

    [GeneratedRegex(@"^\.shared \.align (?<align>\d+) \.b8 (?<name>\w+)\[(?<bytes>\d+)\];$")]
    private static partial Regex SharedLine();

    [GeneratedRegex(@"^(?<name>\w+):$")]
    private static partial Regex LabelLine();
}
