using GpuMargin.Tests.Architecture.Metadata;

namespace GpuMargin.Tests.Architecture;

/// <summary>Layers of an assembly, earliest first: namespaces below a root. Types of the root itself come after all layers.</summary>
sealed class LayerOrder(string root, params string[] layers)
{
    public static readonly LayerOrder Library = new(
        "GpuMargin",
        "Numerics", "Volatility", "ClearingSets", "Files", "Calibration", "Scenarios", "Revaluation", "Quotes", "Aggregation", "Backends", "RiskMeasures", "Margin", "Studies", "Reporting");

    public IReadOnlyList<string> Layers => layers;

    /// <summary>Uses of a later layer, as "user → used", without the root's name.</summary>
    public IEnumerable<string> Violations(IEnumerable<TypeUse> uses) =>
        uses.Where(use => Index(use.Used.Namespace) > Index(use.User.Namespace))
            .Select(use => $"{Short(use.User)} → {Short(use.Used)}").Distinct().Order(StringComparer.Ordinal);

    /// <summary>Number of a namespace's layer; the root's is the last, and what is outside the root has none and stands before all.</summary>
    /// <exception cref="ArgumentException">A namespace below the root that is no layer.</exception>
    public int Index(string space)
    {
        if (space == root)
        {
            return layers.Length;
        }

        if (!space.StartsWith(root + ".", StringComparison.Ordinal))
        {
            return -1;
        }

        int index = Array.IndexOf(layers, space[(root.Length + 1)..].Split('.')[0]);
        return index >= 0 ? index : throw new ArgumentException($"{space} is not a layer of {root}.", nameof(space));
    }

    string Short(TypeName type) => type.ToString()[(root.Length + 1)..];
}
