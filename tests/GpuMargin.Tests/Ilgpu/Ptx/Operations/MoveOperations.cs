using GpuMargin.Tests.Ilgpu.Ptx.Code;

namespace GpuMargin.Tests.Ilgpu.Ptx.Operations;

/// <summary>Copies of a value, of one of two values, and of an address into another space.</summary>
static class MoveOperations
{
    static readonly string[] s_types = ["b32", "u32", "s32", "f32", "b64", "u64", "s64", "f64"];

    public static IEnumerable<PtxOperation> All { get; } =
    [
        .. s_types.Append("pred").Select(type => new PtxOperation($"mov.{type}", PtxSlots.BitsOf(type), [PtxSlots.BitsOf(type)], (a, _, _) => a)),
        .. s_types.Select(type => new PtxOperation(
            $"selp.{type}", PtxSlots.BitsOf(type), [PtxSlots.BitsOf(type), PtxSlots.BitsOf(type), PtxSlots.Predicate], (a, b, c) => c != 0 ? a : b)),

        // Global addresses are the same in the generic space.
        new("cvta.to.global.u64", 64, [64], (a, _, _) => a),
    ];
}
