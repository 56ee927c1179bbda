namespace GpuMargin.Kernels.Lanes;

/// <summary>What polynomials need of numbers: one lane, or several that are computed together.</summary>
interface IMultiplyAdd<T>
    where T : unmanaged, IMultiplyAdd<T>
{
    /// <summary>a·b + c, rounded once.</summary>
    static abstract T Fma(T a, T b, T c);
}
