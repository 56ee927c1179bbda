using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Numerics;
using GpuMargin.Scenarios;
using ILGPU;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>All monotone tables of a plan, one behind the other.</summary>
sealed class DeviceTables<T>
    where T : unmanaged, IDeviceLane<T>
{
    public DeviceTables(Upload upload, ScenarioPlan plan)
    {
        List<double> coefficients = [];
        Shapes = upload.Items<TableShape<T>>([.. plan.Marginals.Select(Append)]);
        Mixing = plan.Mixing is null ? default : Append(plan.Mixing);
        Importance = plan.Importance is null ? default : Append(plan.Importance.Table);
        Values = upload.Lanes<T>([.. coefficients]);

        TableShape<T> Append(MonotoneTable table)
        {
            int start = coefficients.Count;
            coefficients.AddRange(table.Values);
            return new TableShape<T>(start, 2 * table.Cells, table.Resolution, table.Cells, T.Of(table.Origin), T.Of(table.Bound));
        }
    }

    public ArrayView<T> Values { get; }

    /// <summary>Tables of the marginals.</summary>
    public ArrayView<TableShape<T>> Shapes { get; }

    public TableShape<T> Mixing { get; }

    public TableShape<T> Importance { get; }
}
