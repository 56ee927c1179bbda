using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace GpuMargin.Tests.Architecture.Metadata;

/// <summary>Metadata tokens of a method body's instructions: types, methods, fields and signatures, but no strings.</summary>
static class InstructionTokens
{
    const int TwoBytePrefix = 0xFE;

    static readonly Dictionary<int, OperandType> s_operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value & (code.Size == 1 ? 0xFF : 0xFFFF), code => code.OperandType);

    public static IEnumerable<EntityHandle> Of(BlobReader instructions)
    {
        List<EntityHandle> tokens = [];
        while (instructions.RemainingBytes > 0)
        {
            int code = instructions.ReadByte();
            OperandType operand = s_operands[code == TwoBytePrefix ? code << 8 | instructions.ReadByte() : code];
            switch (operand)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineSig or OperandType.InlineTok or OperandType.InlineType:
                    tokens.Add(MetadataTokens.EntityHandle(instructions.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    int targets = instructions.ReadInt32();
                    instructions.Offset += sizeof(int) * targets;
                    break;
                default:
                    instructions.Offset += Size(operand);
                    break;
            }
        }

        return tokens;
    }

    static int Size(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineBrTarget or OperandType.InlineI or OperandType.InlineString or OperandType.ShortInlineR => 4,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => throw new NotSupportedException($"An operand of type {operand}."),
    };
}
