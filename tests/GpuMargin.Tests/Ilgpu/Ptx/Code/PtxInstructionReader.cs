using System.Globalization;
using System.Text.RegularExpressions;
using GpuMargin.Tests.Ilgpu.Ptx.Operations;

namespace GpuMargin.Tests.Ilgpu.Ptx.Code;

/// <summary>Turns the statement of an instruction into slots and functions.</summary>
sealed partial class PtxInstructionReader(PtxSlots slots, IReadOnlyList<PtxVariable> parameters, IReadOnlyDictionary<string, int> labels)
{
    public PtxInstruction Read(string text)
    {
        Match match = Statement().Match(text);
        if (!match.Success)
        {
            throw new PtxFault($"unknown statement {text}");
        }

        try
        {
            string[] operands = [.. Operand().Matches(match.Groups["operands"].Value).Select(operand => operand.Value)];
            PtxInstruction instruction = Instruction(text, match.Groups["opcode"].Value, operands);
            return match.Groups["guard"].Success
                ? instruction with { Guard = slots.Source(match.Groups["guard"].Value, PtxSlots.Predicate), GuardNegated = match.Groups["not"].Success }
                : instruction;
        }
        catch (PtxFault fault)
        {
            throw new PtxFault($"{text}: {fault.Message}");
        }
    }

    PtxInstruction Instruction(string text, string opcode, string[] operands) =>
        opcode is "bra" or "bra.uni" ? new PtxInstruction(PtxKind.Branch, opcode, text) { Destination = Label(Only(operands)), Uniform = opcode == "bra.uni" }
        : opcode == "ret" && operands.Length == 0 ? new PtxInstruction(PtxKind.Return, opcode, text)
        : opcode == "bar.sync" && Only(operands) == "0" ? new PtxInstruction(PtxKind.Barrier, opcode, text)
        : Access().Match(opcode) is { Success: true } access ? Memory(text, access, operands)
        : Atomic().Match(opcode) is { Success: true } atomic ? AtomicUpdate(text, atomic, operands)
        : PtxOperations.All.TryGetValue(opcode, out PtxOperation? operation) ? Value(text, operation, operands)
        : throw new PtxFault($"unknown instruction {opcode}");

    PtxInstruction Value(string text, PtxOperation operation, string[] operands)
    {
        if (operands.Length != operation.Operands.Length + 1)
        {
            throw new PtxFault($"{operation.Operands.Length + 1} operands are expected");
        }

        int[] sources = [.. operation.Operands.Select((bits, i) => slots.Source(operands[i + 1], bits)), 0, 0];
        return new PtxInstruction(PtxKind.Value, operation.Opcode, text)
        {
            Target = slots.Target(operands[0], operation.Result),
            Apply = operation.Apply,
            A = sources[0],
            B = sources[1],
            C = sources[2],
        };
    }

    PtxInstruction Memory(string text, Match access, string[] operands)
    {
        bool load = access.Groups["direction"].Value == "ld";
        int bits = PtxSlots.BitsOf(access.Groups["type"].Value);
        string[] elements = (load ? operands[0] : operands[1]).Trim('{', '}').Split(',', StringSplitOptions.TrimEntries);
        int count = access.Groups["count"].Success ? int.Parse(access.Groups["count"].Value, CultureInfo.InvariantCulture) : 1;
        if (operands.Length != 2 || elements.Length != count)
        {
            throw new PtxFault("an address and as many elements as the instruction names are expected");
        }

        return At(load ? operands[1] : operands[0], access.Groups["space"].Value, new PtxInstruction(load ? PtxKind.Load : PtxKind.Store, access.Value, text)
        {
            BytesOfElement = bits / 8,
            Elements = [.. elements.Select(element => load ? slots.Target(element, bits) : slots.Source(element, bits))],
        });
    }

    PtxInstruction AtomicUpdate(string text, Match atomic, string[] operands)
    {
        string type = atomic.Groups["type"].Value;
        int bits = PtxSlots.BitsOf(type);
        bool keepsOld = atomic.Groups["direction"].Value == "atom";
        if (operands.Length != (keepsOld ? 3 : 2) || !PtxOperations.All.TryGetValue($"{atomic.Groups["operation"].Value}.{type}", out PtxOperation? update))
        {
            throw new PtxFault("unknown atomic operation");
        }

        return At(operands[^2], atomic.Groups["space"].Value, new PtxInstruction(PtxKind.Atomic, atomic.Value, text)
        {
            BytesOfElement = bits / 8,
            Target = keepsOld ? slots.Target(operands[0], bits) : PtxInstruction.None,
            B = slots.Source(operands[^1], bits),
            Apply = update.Apply,
        });
    }

    PtxInstruction At(string address, string space, PtxInstruction instruction)
    {
        Match match = Address().Match(address);
        if (!match.Success)
        {
            throw new PtxFault($"unknown address {address}");
        }

        string place = match.Groups["base"].Value;
        long offset = match.Groups["offset"].Success ? long.Parse(match.Groups["offset"].Value, CultureInfo.InvariantCulture) : 0;
        return space switch
        {
            "param" when instruction.Kind == PtxKind.Load => instruction with { Space = PtxSpace.Parameter, Offset = ParameterStart(place, offset, instruction.BytesOfElement) },
            "global" => instruction with { Space = PtxSpace.Global, Address = slots.Source(place, 64), Offset = offset },
            "shared" => instruction with { Space = PtxSpace.Shared, Address = slots.Source(place, 64), Offset = offset },
            _ => throw new PtxFault($"unknown space {space}"),
        };
    }

    long ParameterStart(string name, long offset, int bytes)
    {
        PtxVariable parameter = parameters.SingleOrDefault(known => known.Name == name);
        return parameter.Name is not null && offset >= 0 && offset + bytes <= parameter.Bytes
            ? parameter.Start + offset
            : throw new PtxFault($"no {bytes} bytes at {name}+{offset}");
    }

    int Label(string name) => labels.TryGetValue(name, out int index) ? index : throw new PtxFault($"unknown label {name}");

    static string Only(string[] operands) => operands.Length == 1 ? operands[0] : throw new PtxFault("one operand is expected");

    [GeneratedRegex(@"^(@(?<not>!)?(?<guard>%\w+)\s+)?(?<opcode>[a-z][a-z0-9_.]*)(\s+(?<operands>[^;]+))?;$")]
    private static partial Regex Statement();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|[^\s,{}\[\]]+")]
    private static partial Regex Operand();

    [GeneratedRegex(@"^(?<direction>ld|st)\.(?<space>\w+)(\.v(?<count>[24]))?\.(?<type>\w+)$")]
    private static partial Regex Access();

    // ILGPU names the operation before the space, the manual after it.
    [GeneratedRegex(@"^(?<direction>atom|red)\.((?<operation>add|min|max)\.(?<space>global|shared)|(?<space>global|shared)\.(?<operation>add|min|max))\.(?<type>u32|u64)$")]
    private static partial Regex Atomic();

    [GeneratedRegex(@"^\[(?<base>%?\w+)(\+(?<offset>\d+))?\]$")]
    private static partial Regex Address();
}
