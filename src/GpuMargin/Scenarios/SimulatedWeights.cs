using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Scenarios;

/// <summary>Weights of a simulation: 1 without importance sampling, else in (0, 2).</summary>
/// <remarks>Recomputed on the host in double precision whatever the precision of the run, so that no backend carries weights.</remarks>
sealed class SimulatedWeights(ScenarioPlan plan) : ScenarioWeights
{
    readonly ScrambleKeys[] keys = plan is { Sobol: { } sobol, Importance: not null }
        ? [.. Enumerable.Range(0, SobolPoint.Randomizations).Select(r => ScrambleKeys.Of((uint)sobol.MixingDimension[0], (uint)r, plan.Seed))]
        : [];

    public override int Randomizations => plan.Sobol is null ? 0 : SobolPoint.Randomizations;

    public override bool Vary => plan.Importance is not null;

    public override double Shift => plan.Importance?.Shift ?? 0;

    public override double Of(int scenario)
    {
        if (plan.Importance is not { } importance)
        {
            return 1;
        }

        uint word = plan.Sobol is null ? PhiloxWord((uint)scenario) : SobolWord((uint)scenario, plan.Sobol);
        Float64 magnitude = Float64.Of(word & 0x7FFFFFFF);
        Float64 sign = Float64.Of((word >> 31) == 0 ? 1 : -1);
        return importance.Weight(importance.Table.At(NormalVariate.FromWord(magnitude, sign).Value));
    }

    uint PhiloxWord(uint scenario)
    {
        UInt32x1 c0 = UInt32x1.Of(scenario);
        UInt32x1 c1 = UInt32x1.Of(0);
        UInt32x1 c2 = UInt32x1.Of(0);
        UInt32x1 c3 = UInt32x1.Of(PhiloxStreams.Mixing);
        Philox.Generate(ref c0, ref c1, ref c2, ref c3, (uint)plan.Seed, (uint)(plan.Seed >> 32));
        return c0.Value;
    }

    uint SobolWord(uint scenario, SobolPlan sobol)
    {
        uint point = SobolPoint.Reversed(
            scenario >> SobolPoint.RandomizationBits, (uint)sobol.MixingDimension[0], new Directions(sobol.Directions));
        ScrambleKeys key = keys[scenario & (SobolPoint.Randomizations - 1)];
        return SobolPoint.Word(
            UInt32x1.Of(point), UInt32x1.Of(key.Key0), UInt32x1.Of(key.Key1), UInt32x1.Of(key.Key2), UInt32x1.Of(key.Key3)).Value;
    }

    readonly struct Directions(uint[] numbers) : IDirections
    {
        public uint Direction(uint dimension, uint bit) => numbers[dimension * SobolPoint.Bits + bit];
    }
}
