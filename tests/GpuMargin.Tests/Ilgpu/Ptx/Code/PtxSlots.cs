using System.Globalization;

namespace GpuMargin.Tests.Ilgpu.Ptx.Code;

/// <summary>The slots of a kernel's operands, 64 bits each: special registers, declared registers, constants.</summary>
sealed class PtxSlots
{
    public const int Predicate = 1;

    /// <summary>Special registers in the order of their slots.</summary>
    public static readonly string[] Special =
        ["%tid.x", "%tid.y", "%tid.z", "%ntid.x", "%ntid.y", "%ntid.z", "%ctaid.x", "%ctaid.y", "%ctaid.z", "%nctaid.x", "%nctaid.y", "%nctaid.z"];

    // A register that is read before it is written spoils what is computed with it: a NaN, a large integer, a false predicate.
    const ulong Unwritten32 = 0x7FA0_DEAD, Unwritten64 = 0x7FF4_DEAD_DEAD_DEAD;

    readonly Dictionary<string, (int Slot, int Bits)> known = [];
    readonly List<ulong> initial = [];

    public PtxSlots()
    {
        foreach (string name in Special)
        {
            Add(name, 32, 0);
        }
    }

    public ulong[] Initial => [.. initial];

    /// <param name="type">As in <c>.reg .b32 %r&lt;9&gt;</c>.</param>
    /// <param name="count">Registers 0 to count − 1.</param>
    public void Declare(string type, string prefix, int count)
    {
        int bits = BitsOf(type);
        for (int i = 0; i < count; i++)
        {
            Add(prefix + i.ToString(CultureInfo.InvariantCulture), bits, bits switch { Predicate => 0, 32 => Unwritten32, _ => Unwritten64 });
        }
    }

    public void DeclareAddress(string name, long address) => Add(name, 64, (ulong)address);

    /// <summary>A register to write to.</summary>
    public int Target(string operand, int bits) =>
        operand.StartsWith('%') && !Special.Contains(operand) ? Source(operand, bits) : throw new PtxFault($"{operand} cannot be written to");

    /// <summary>A register, a constant or a variable's address, of the width that the instruction asks for.</summary>
    public int Source(string operand, int bits)
    {
        if (known.TryGetValue(operand, out (int Slot, int Bits) found))
        {
            return found.Bits == bits ? found.Slot : throw new PtxFault($"{operand} has {found.Bits} bits, {bits} are asked for");
        }

        string constant = $"{operand} of {bits} bits";
        return known.TryGetValue(constant, out found) ? found.Slot : Add(constant, bits, Constant(operand, bits));
    }

    public static int BitsOf(string type) => type switch
    {
        "pred" => Predicate,
        "b32" or "u32" or "s32" or "f32" => 32,
        "b64" or "u64" or "s64" or "f64" => 64,
        _ => throw new PtxFault($"unknown type {type}"),
    };

    int Add(string name, int bits, ulong value)
    {
        initial.Add(value);
        known.Add(name, (initial.Count - 1, bits));
        return initial.Count - 1;
    }

    // 0f and 0d: the bits of a float in hexadecimal.
    static ulong Constant(string text, int bits)
    {
        string prefix = bits == 32 ? "0f" : "0d";
        bool isFloat = text.StartsWith(prefix, StringComparison.Ordinal) && text.Length == prefix.Length + bits / 4;
        if (isFloat && ulong.TryParse(text.AsSpan(prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value))
        {
            return value;
        }

        if (Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 integer)
            && integer >= -(Int128.One << (bits - 1)) && integer < Int128.One << bits)
        {
            return bits == 64 ? (ulong)(UInt128)integer : (ulong)(UInt128)integer & ((1ul << bits) - 1);
        }

        throw new PtxFault($"unknown operand {text} of {bits} bits");
    }
}
