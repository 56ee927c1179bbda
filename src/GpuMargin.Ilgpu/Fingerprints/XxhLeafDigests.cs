using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>Digests of fingerprint 2, eight threads per leaf.</summary>
sealed class XxhLeafDigests : ILeafDigests
{
    readonly int accounts;
    readonly ArrayView<ulong> table;
    readonly ArrayView<ulong> sums;
    readonly Action<AcceleratorStream, Index1D, SumLanes> sumLanes;
    readonly Action<AcceleratorStream, Index1D, MergeLanes> mergeLanes;

    /// <param name="accounts">Rows of every slice.</param>
    /// <param name="leaves">Of a slice, at most.</param>
    public XxhLeafDigests(DeviceBuffers buffers, int accounts, long leaves)
    {
        this.accounts = accounts;
        sumLanes = buffers.Device.Load<SumLanes>();
        mergeLanes = buffers.Device.Load<MergeLanes>();
        sums = buffers.Allocate<ulong>(leaves * Xxh3.Lanes).View.BaseView;
        using Upload upload = new(buffers, buffers.Device.Accelerator.DefaultStream);
        table = upload.Items<ulong>(Xxh3Table.Words());
    }

    /// <summary>Device memory that a leaf of a slice takes.</summary>
    public const int BytesOfLeaf = Xxh3.Lanes * sizeof(ulong);

    public void Hash(AcceleratorStream stream, ArrayView<ulong> profitAndLossBits, int rowStride, int count, int leaves, ArrayView<uint> digests)
    {
        sumLanes(stream, checked(leaves * Xxh3.Lanes), new SumLanes
        {
            ProfitAndLossBits = profitAndLossBits,
            RowStride = rowStride,
            Accounts = accounts,
            Count = count,
            Table = table,
            Sums = sums,
        });
        mergeLanes(stream, leaves, new MergeLanes { Accounts = accounts, Table = table, Sums = sums, Digests = digests });
    }
}
