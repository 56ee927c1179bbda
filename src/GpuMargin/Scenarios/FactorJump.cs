using GpuMargin.ClearingSets.Policy;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Scenarios;

/// <summary>A jump that is added to a factor's shock at the end of a day in some scenarios.</summary>
/// <param name="Day">From 1.</param>
/// <param name="Shock">ln(1 − fall).</param>
/// <param name="Scenarios">Those with the jump on this day, ascending.</param>
/// <remarks>
/// The scenarios are drawn on the host, so that no backend draws for them: a coin falls on the first day on which the first word of the Philox counter (scenario, factor,
/// day − 1) of the stream <see cref="PhiloxStreams.Jump"/> lies below the day's probability share of all words. So a longer path has the same jumps on its first days, and
/// they are independent of every other draw, of sampling and of importance.
/// </remarks>
sealed record FactorJump(int Factor, int Day, double Shock, int[] Scenarios)
{
    const double Words = 4294967296.0;

    /// <summary>The jumps of a coin by day, at most one in a scenario; days without any are left out.</summary>
    internal static IReadOnlyList<FactorJump> Of(DepegJump depeg, ulong seed, int scenarios, int days)
    {
        double share = depeg.ProbabilityPerDay * Words, shock = HostMath.Log1p(-depeg.Fall);
        List<int>?[] fallen = new List<int>?[days];
        for (int scenario = 0; scenario < scenarios; scenario++)
        {
            for (int day = 0; day < days; day++)
            {
                if (Word((uint)scenario, (uint)depeg.Factor, (uint)day, seed) < share)
                {
                    (fallen[day] ??= []).Add(scenario);
                    break;
                }
            }
        }

        List<FactorJump> jumps = [];
        for (int day = 0; day < days; day++)
        {
            if (fallen[day] is { } of)
            {
                jumps.Add(new FactorJump(depeg.Factor, day + 1, shock, [.. of]));
            }
        }

        return jumps;
    }

    static uint Word(uint scenario, uint factor, uint day, ulong seed)
    {
        UInt32x1 c0 = UInt32x1.Of(scenario);
        UInt32x1 c1 = UInt32x1.Of(factor);
        UInt32x1 c2 = UInt32x1.Of(day);
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
