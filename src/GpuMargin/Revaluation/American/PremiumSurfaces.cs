using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>Premium surfaces by their parameters, with their coefficients as kernels read them.</summary>
sealed class PremiumSurfaces
{
    readonly Dictionary<PremiumKey, IReadOnlyList<PremiumSurface>?> surfaces;

    PremiumSurfaces(Dictionary<PremiumKey, IReadOnlyList<PremiumSurface>?> surfaces, IReadOnlyList<PremiumKey> keys)
    {
        this.surfaces = surfaces;
        Numbers = new PremiumNumbers(keys.SelectMany(key => surfaces[key] ?? []));
    }

    public static PremiumSurfaces None { get; } = new([], []);

    public int Count => surfaces.Count;

    public PremiumNumbers Numbers { get; }

    /// <summary>The surfaces of distinct keys, each built once.</summary>
    /// <param name="tolerance">Largest error of a value, a share of the strike.</param>
    /// <param name="known">Surfaces of another plan with the same tolerance.</param>
    public static PremiumSurfaces Of(IReadOnlyList<PremiumKey> keys, double tolerance, PremiumSurfaces known)
    {
        IReadOnlyList<PremiumSurface>?[] built = new IReadOnlyList<PremiumSurface>?[keys.Count];
        SideBySide.For(keys.Count, k => built[k] = known.surfaces.TryGetValue(keys[k], out var before) ? before : PremiumFit.Of(keys[k], tolerance));
        Dictionary<PremiumKey, IReadOnlyList<PremiumSurface>?> byKey = [];
        for (int k = 0; k < built.Length; k++)
        {
            byKey.Add(keys[k], built[k]);
        }

        return new PremiumSurfaces(byKey, keys);
    }

    /// <summary>In rising order of volatility; <see langword="null"/>: none is within the tolerance.</summary>
    public IReadOnlyList<PremiumSurface>? Find(PremiumKey key) => surfaces[key];
}
