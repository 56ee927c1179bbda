using System.Diagnostics;
using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>Correlation of independent normals, in a tile of scenarios.</summary>
static unsafe class Correlation<T>
    where T : unmanaged, IHostLane<T>
{
    /// <summary>x = L·z in place, [factor, scenario].</summary>
    // From the last row upwards, a row needs only rows that are not yet overwritten. Each element is one
    // chain of fused multiply-adds over ascending columns, whatever the blocking.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Triangular(ScenarioMemory<T> plan, LaneArray<T> variates, int width)
    {
        Debug.Assert(width % (4 * T.Width) == 0, "A tile is a multiple of four lanes.");
        plan.Correlation.AssertHolds(0, (long)plan.Factors * (plan.Factors + 1) / 2);
        variates.AssertHolds(0, (long)plan.Factors * width);
        int last = plan.Factors;
        for (; last % 4 != 0; last--)
        {
            for (int s = 0; s < width; s += 4 * T.Width)
            {
                TriangularRow(plan, variates, width, last - 1, s);
            }
        }

        for (int row = last - 4; row >= 0; row -= 4)
        {
            for (int s = 0; s < width; s += 2 * T.Width)
            {
                TriangularFourRows(plan, variates, width, row, s);
            }
        }
    }

    static void TriangularRow(ScenarioMemory<T> plan, LaneArray<T> variates, int width, int row, int s)
    {
        byte* l = plan.Correlation.At((long)row * (row + 1) / 2);
        byte* z = variates.At(s);
        T a0 = T.Of(0), a1 = T.Of(0), a2 = T.Of(0), a3 = T.Of(0);
        for (nint j = 0; j <= row; j++)
        {
            T f = T.Broadcast(l, j);
            nint k = j * width;
            a0 = T.Fma(f, T.Load(z, k), a0);
            a1 = T.Fma(f, T.Load(z, k + T.Width), a1);
            a2 = T.Fma(f, T.Load(z, k + 2 * T.Width), a2);
            a3 = T.Fma(f, T.Load(z, k + 3 * T.Width), a3);
        }

        nint target = (nint)row * width;
        T.Store(a0, z, target);
        T.Store(a1, z, target + T.Width);
        T.Store(a2, z, target + 2 * T.Width);
        T.Store(a3, z, target + 3 * T.Width);
    }

    static void TriangularFourRows(ScenarioMemory<T> plan, LaneArray<T> variates, int width, int row, int s)
    {
        byte* l0 = plan.Correlation.At((long)row * (row + 1) / 2);
        byte* l1 = plan.Correlation.At((long)(row + 1) * (row + 2) / 2);
        byte* l2 = plan.Correlation.At((long)(row + 2) * (row + 3) / 2);
        byte* l3 = plan.Correlation.At((long)(row + 3) * (row + 4) / 2);
        byte* z = variates.At(s);
        T a00 = T.Of(0), a01 = T.Of(0), a10 = T.Of(0), a11 = T.Of(0);
        T a20 = T.Of(0), a21 = T.Of(0), a30 = T.Of(0), a31 = T.Of(0);
        for (nint j = 0; j <= row; j++)
        {
            T z0 = T.Load(z, j * width);
            T z1 = T.Load(z, j * width + T.Width);
            T f0 = T.Broadcast(l0, j);
            T f1 = T.Broadcast(l1, j);
            T f2 = T.Broadcast(l2, j);
            T f3 = T.Broadcast(l3, j);
            a00 = T.Fma(f0, z0, a00);
            a01 = T.Fma(f0, z1, a01);
            a10 = T.Fma(f1, z0, a10);
            a11 = T.Fma(f1, z1, a11);
            a20 = T.Fma(f2, z0, a20);
            a21 = T.Fma(f2, z1, a21);
            a30 = T.Fma(f3, z0, a30);
            a31 = T.Fma(f3, z1, a31);
        }

        // The corner: rows 1 to 3 reach beyond column `row`.
        nint c = (nint)row + 1;
        T y0 = T.Load(z, c * width), y1 = T.Load(z, c * width + T.Width);
        a10 = T.Fma(T.Broadcast(l1, c), y0, a10);
        a11 = T.Fma(T.Broadcast(l1, c), y1, a11);
        a20 = T.Fma(T.Broadcast(l2, c), y0, a20);
        a21 = T.Fma(T.Broadcast(l2, c), y1, a21);
        a30 = T.Fma(T.Broadcast(l3, c), y0, a30);
        a31 = T.Fma(T.Broadcast(l3, c), y1, a31);
        c++;
        y0 = T.Load(z, c * width);
        y1 = T.Load(z, c * width + T.Width);
        a20 = T.Fma(T.Broadcast(l2, c), y0, a20);
        a21 = T.Fma(T.Broadcast(l2, c), y1, a21);
        a30 = T.Fma(T.Broadcast(l3, c), y0, a30);
        a31 = T.Fma(T.Broadcast(l3, c), y1, a31);
        c++;
        a30 = T.Fma(T.Broadcast(l3, c), T.Load(z, c * width), a30);
        a31 = T.Fma(T.Broadcast(l3, c), T.Load(z, c * width + T.Width), a31);

        nint target = (nint)row * width;
        T.Store(a00, z, target);
        T.Store(a01, z, target + T.Width);
        T.Store(a10, z, target + width);
        T.Store(a11, z, target + width + T.Width);
        T.Store(a20, z, target + 2 * width);
        T.Store(a21, z, target + 2 * width + T.Width);
        T.Store(a30, z, target + 3 * width);
        T.Store(a31, z, target + 3 * width + T.Width);
    }

    /// <summary>x = A·z, [factor, scenario].</summary>
    // Out of place because A is full; each element is one chain over ascending components.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Loadings(ScenarioMemory<T> plan, LaneArray<T> components, LaneArray<T> variates, int width)
    {
        Debug.Assert(width % (2 * T.Width) == 0, "A tile is a multiple of two lanes.");
        plan.Loadings.AssertHolds(0, (long)plan.Factors * plan.Factors);
        components.AssertHolds(0, (long)plan.Factors * width);
        variates.AssertHolds(0, (long)plan.Factors * width);
        int row = 0;
        for (; row + 4 <= plan.Factors; row += 4)
        {
            for (int s = 0; s < width; s += 2 * T.Width)
            {
                LoadFourRows(plan, components, variates, width, row, s);
            }
        }

        for (; row < plan.Factors; row++)
        {
            for (int s = 0; s < width; s += T.Width)
            {
                T sum = T.Of(0);
                for (nint k = 0; k < plan.Factors; k++)
                {
                    sum = T.Fma(T.Broadcast(plan.Loadings.Pointer, (nint)row * plan.Factors + k), T.Load(components.Pointer, k * width + s), sum);
                }

                T.Store(sum, variates.Pointer, (nint)row * width + s);
            }
        }
    }

    static void LoadFourRows(ScenarioMemory<T> plan, LaneArray<T> components, LaneArray<T> variates, int width, int row, int s)
    {
        int factors = plan.Factors;
        byte* a0 = plan.Loadings.At((long)row * factors);
        byte* a1 = plan.Loadings.At((row + 1L) * factors);
        byte* a2 = plan.Loadings.At((row + 2L) * factors);
        byte* a3 = plan.Loadings.At((row + 3L) * factors);
        byte* z = components.At(s);
        T x00 = T.Of(0), x01 = T.Of(0), x10 = T.Of(0), x11 = T.Of(0);
        T x20 = T.Of(0), x21 = T.Of(0), x30 = T.Of(0), x31 = T.Of(0);
        for (nint k = 0; k < factors; k++)
        {
            T z0 = T.Load(z, k * width);
            T z1 = T.Load(z, k * width + T.Width);
            T f0 = T.Broadcast(a0, k);
            T f1 = T.Broadcast(a1, k);
            T f2 = T.Broadcast(a2, k);
            T f3 = T.Broadcast(a3, k);
            x00 = T.Fma(f0, z0, x00);
            x01 = T.Fma(f0, z1, x01);
            x10 = T.Fma(f1, z0, x10);
            x11 = T.Fma(f1, z1, x11);
            x20 = T.Fma(f2, z0, x20);
            x21 = T.Fma(f2, z1, x21);
            x30 = T.Fma(f3, z0, x30);
            x31 = T.Fma(f3, z1, x31);
        }

        byte* target = variates.At((long)row * width + s);
        T.Store(x00, target, 0);
        T.Store(x01, target, T.Width);
        T.Store(x10, target, width);
        T.Store(x11, target, width + T.Width);
        T.Store(x20, target, 2 * width);
        T.Store(x21, target, 2 * width + T.Width);
        T.Store(x30, target, 3 * width);
        T.Store(x31, target, 3 * width + T.Width);
    }
}
