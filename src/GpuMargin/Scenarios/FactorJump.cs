using GpuMargin.ClearingSets.Policy;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Scenarios;

/// <summary>A jump that is added to a factor's shock in some scenarios.</summary>
/// <param name="Shock">ln(1 − fall).</param>
/// <param name="Scenarios">Those with the jump, ascending.</param>
/// <remarks>
/// The scenarios are drawn on the host, so that no backend draws for them: the first word of the Philox counter (scenario, factor, 0) of the stream
/// <see cref="PhiloxStreams.Jump"/> lies below the probability's share of all words. It is independent of every other draw, of sampling and of importance.
/// </remarks>
sealed record FactorJump(int Factor, double Shock, int[] Scenarios)
{
    const double Words = 4294967296.0;

    /// <param name="days">The horizon: the probability is 1 − (1 − p)^days.</param>
    internal static FactorJump Of(DepegJump depeg, ulong seed, int scenarios, int days)
    {
        double none = 1;
        for (int day = 0; day < days; day++)
        {
            none *= 1 - depeg.ProbabilityPerDay;
        }

        double share = (1 - none) * Words;
        return new FactorJump(
            depeg.Factor, HostMath.Log1p(-depeg.Fall), [.. Enumerable.Range(0, scenarios).Where(s => Word((uint)s, (uint)depeg.Factor, seed) < share)]);
    }

    static uint Word(uint scenario, uint factor, ulong seed)
    {
        UInt32x1 c0 = UInt32x1.Of(scenario);
        UInt32x1 c1 = UInt32x1.Of(factor);
        UInt32x1 c2 = UInt32x1.Of(0);
        UInt32x1 c3 = UInt32x1.Of(PhiloxStreams.Jump);
        Philox.Generate(ref c0, ref c1, ref c2, ref c3, (uint)seed, (uint)(seed >> 32));
        return c0.Value;
    }

    /// <summary>The part of <see cref="Scenarios"/> in a slice: where it begins and ends.</summary>
    public (int From, int To) Within(int firstScenario, int width)
    {
        int from = Place(firstScenario);
        return (from, Place(firstScenario + width));
    }

    int Place(int scenario)
    {
        int place = Array.BinarySearch(Scenarios, scenario);
        return place < 0 ? ~place : place;
    }
}
