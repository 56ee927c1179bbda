using ILGPU.IR.Intrinsics;

namespace GpuMargin.Ilgpu.Lanes;

/// <summary>The rounded operations of a device lane, each one instruction with its rounding in its name.</summary>
/// <remarks>
/// The bodies are what ILGPU's CPU accelerator runs; <see cref="DeviceIntrinsics"/> has the instructions of the other
/// backends. Plain operators would reach PTX without <c>.rn</c>, which lets the driver's assembler fuse a product into a sum.
/// </remarks>
static class DeviceArithmetic
{
    [IntrinsicImplementation]
    public static float Add(float a, float b) => a + b;

    [IntrinsicImplementation]
    public static double Add(double a, double b) => a + b;

    [IntrinsicImplementation]
    public static float Subtract(float a, float b) => a - b;

    [IntrinsicImplementation]
    public static double Subtract(double a, double b) => a - b;

    [IntrinsicImplementation]
    public static float Multiply(float a, float b) => a * b;

    [IntrinsicImplementation]
    public static double Multiply(double a, double b) => a * b;

    [IntrinsicImplementation]
    public static float Divide(float a, float b) => a / b;

    [IntrinsicImplementation]
    public static double Divide(double a, double b) => a / b;

    [IntrinsicImplementation]
    public static float MultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    [IntrinsicImplementation]
    public static double MultiplyAdd(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    [IntrinsicImplementation]
    public static float SquareRoot(float a) => MathF.Sqrt(a);

    [IntrinsicImplementation]
    public static double SquareRoot(double a) => Math.Sqrt(a);
}
