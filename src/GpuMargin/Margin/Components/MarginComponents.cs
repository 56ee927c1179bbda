using GpuMargin.ClearingSets;
using GpuMargin.Files.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>The components that a policy may have.</summary>
static class MarginComponents
{
    /// <summary>All components in the order of policy.json.</summary>
    public static IReadOnlyList<MarginComponent> All { get; } =
    [
        new DependenceComponent(),
        new ConcentrationComponent(),
        new StressedObservationsComponent(),
        new BufferComponent(),
        new LongRunFloorComponent(),
        new OffsetLimitComponent(),
        new LiquidityComponent(),
        new SamplingErrorComponent(),
        new GridComponent(),
        new ShortOptionMinimumComponent(),
    ];

    /// <summary>All components in the order of the columns.</summary>
    public static IReadOnlyList<MarginComponent> Columns { get; } =
        [.. All.Order(Comparer<MarginComponent>.Create((a, b) => ColumnOrder(a) - ColumnOrder(b)))];

    // What is added to the model first, then by place, then by role.
    static int ColumnOrder(MarginComponent component) =>
        (component.Role >= ComponentRole.Alternative ? 10_000 : 0) + 100 * component.ColumnPlace + (int)component.Role;

    public static PolicySections Sections { get; } = new(All);

    /// <summary>Warnings of the components that a set's policy has.</summary>
    public static IEnumerable<string> Warnings(ClearingSet set) =>
        set.Policy is { } policy ? All.Where(component => component.IsOn(policy)).SelectMany(component => component.Warnings(set)) : [];

    /// <summary>Refuses a policy of a set as a reader would, however it was built.</summary>
    /// <exception cref="RefusedInputException">The policy is faulty.</exception>
    public static void Require(ClearingSet set) => PolicyCheck.Require(set, Sections);
}
