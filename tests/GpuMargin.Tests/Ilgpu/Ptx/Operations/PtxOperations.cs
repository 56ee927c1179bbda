namespace GpuMargin.Tests.Ilgpu.Ptx.Operations;

/// <summary>All instructions that only compute a value, as the PTX ISA defines them. Approximations, flushing of denormals and unnamed roundings are not among them.</summary>
static class PtxOperations
{
    public static IReadOnlyDictionary<string, PtxOperation> All { get; } = ((IEnumerable<PtxOperation>)
    [
        .. IntegerOperations.Of<int>("s32"),
        .. IntegerOperations.Of<uint>("u32"),
        .. IntegerOperations.Of<long>("s64"),
        .. IntegerOperations.Of<ulong>("u64"),
        .. FloatOperations.Of<float>("f32"),
        .. FloatOperations.Of<double>("f64"),
        .. BitOperations.All,
        .. MoveOperations.All,
        .. Conversions.All,
    ]).ToDictionary(operation => operation.Opcode);
}
