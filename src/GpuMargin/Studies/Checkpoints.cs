using System.Numerics;

namespace GpuMargin.Studies;

/// <summary>The numbers of scenarios at which a run with a target error looks at its intervals.</summary>
/// <remarks>
/// They are 2^k and 3·2^(k − 1) from 128 on, whatever the set, its sampling and the backend: multiples of 64, so that stages
/// end where leaves of the fingerprint do, and made of whole nets of Sobol points. Steps of 4/3 and 3/2 compute a fifth too much on average and
/// look seldom: each look is a chance to stop because the interval, and not the error, happens to be small.
/// </remarks>
static class Checkpoints
{
    const int Least = 128;

    /// <param name="scenarios">None is below it.</param>
    /// <param name="most">The last one, whether or not it is in the sequence; at least <paramref name="scenarios"/>.</param>
    /// <returns>Growing; one or more.</returns>
    public static IReadOnlyList<int> Between(int scenarios, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scenarios, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, scenarios);
        List<int> counts = [];
        for (long count = Least; count < most; count = BitOperations.IsPow2(count) ? count / 2 * 3 : count / 3 * 4)
        {
            if (count >= scenarios)
            {
                counts.Add((int)count);
            }
        }

        return [.. counts, most];
    }
}

/// <summary>What a run with a target error tells at each checkpoint.</summary>
/// <param name="Scenarios">Computed so far.</param>
/// <param name="Reached">Accounts that have reached the target, here or before.</param>
/// <param name="Accounts">All accounts.</param>
public readonly record struct Checkpoint(int Scenarios, int Reached, int Accounts);
