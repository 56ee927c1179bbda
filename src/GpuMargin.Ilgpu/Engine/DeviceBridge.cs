using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Kernels;
using GpuMargin.Scenarios;
using ILGPU;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>The Brownian bridge and the Sobol points that drive it.</summary>
sealed class DeviceBridge<T>
    where T : unmanaged, IDeviceLane<T>
{
    readonly BrownianBridge bridge;
    readonly ArrayView<uint> directions;
    readonly ArrayView<uint> keys;
    readonly uint tabulated;

    public DeviceBridge(Upload upload, ScenarioPlan plan)
    {
        bridge = plan.Bridge;
        Level = upload.Items<int>(bridge.Level);
        Weight = upload.Lanes<T>(bridge.Weight);
        Dimension = upload.Items<int>(plan.Sobol?.Dimension ?? []);
        MixingDimension = upload.Items<int>(plan.Sobol?.MixingDimension ?? []);
        directions = upload.Items<uint>(plan.Sobol?.Directions ?? []);
        tabulated = (uint)(plan.Sobol?.TabulatedDimensions ?? 0);
        keys = upload.Items<uint>(Keys(tabulated, plan.Seed));
    }

    public ArrayView<int> Level { get; }

    public ArrayView<T> Weight { get; }

    /// <summary>[level, component]; empty without Sobol points.</summary>
    public ArrayView<int> Dimension { get; }

    /// <summary>[level]; empty without Sobol points.</summary>
    public ArrayView<int> MixingDimension { get; }

    public BridgeDay Day(int day) => new(bridge.First[day], bridge.First[day + 1]);

    public SobolWords Words(RandomStream random) => new() { Directions = directions, Keys = keys, Tabulated = tabulated, Random = random };

    // [dimension, key, randomisation].
    static uint[] Keys(uint dimensions, ulong seed)
    {
        uint[] all = new uint[4 * SobolPoint.Randomizations * dimensions];
        for (uint dimension = 0; dimension < dimensions; dimension++)
        {
            Span<uint> own = all.AsSpan((int)(4 * SobolPoint.Randomizations * dimension), 4 * SobolPoint.Randomizations);
            for (int r = 0; r < SobolPoint.Randomizations; r++)
            {
                ScrambleKeys scramble = ScrambleKeys.Of(dimension, (uint)r, seed);
                own[r] = scramble.Key0;
                own[SobolPoint.Randomizations + r] = scramble.Key1;
                own[2 * SobolPoint.Randomizations + r] = scramble.Key2;
                own[3 * SobolPoint.Randomizations + r] = scramble.Key3;
            }
        }

        return all;
    }
}
