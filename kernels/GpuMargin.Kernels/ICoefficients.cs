using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Coefficients of polynomials in memory; all scenarios read the same places.</summary>
interface ICoefficients<T>
    where T : unmanaged, IMultiplyAdd<T>
{
    T Coefficient(int place);
}
