using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>Section <c>levels</c>: <see cref="MarginLevels"/>.</summary>
sealed class LevelsSection : PolicySection
{
    static readonly NumberForm s_level = new(NumberRule.Positive);

    public override PolicyKey<MarginPolicy> Key { get; } = new SectionKey<MarginLevels>(
        "levels", "Multiples of the requirement: collateral below the maintenance level is called up to the initial level. The house's own rule.",
        "multiples of the requirement, such as {\"initial\": 1, \"maintenance\": 0.8}", new MarginLevels(),
        [
            new ValueKey<MarginLevels, double>("initial", "Level that a call restores.", s_level, levels => levels.Initial, (levels, value) => levels with { Initial = value }),
            new ValueKey<MarginLevels, double>(
                "maintenance", "Level below which is called; at most initial.", s_level, levels => levels.Maintenance, (levels, value) => levels with { Maintenance = value }),
        ],
        policy => policy.Levels, (policy, levels) => policy with { Levels = levels });

    public override void CheckKeys(MarginPolicy policy, PolicyFaults faults)
    {
        MarginLevels levels = policy.Levels;
        if (levels.Maintenance > levels.Initial)
        {
            faults.Refuse(
                ["levels", "maintenance"], s_level.Text(levels.Maintenance), string.Create(CultureInfo.InvariantCulture, $"a level of at most levels.initial, {levels.Initial}"),
                string.Create(CultureInfo.InvariantCulture, $" (it is {levels.Maintenance} where it is not given)"));
        }
    }
}
