using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>The sections of policy.json in the order in which they are written and described.</summary>
/// <param name="components">Those of the components that this product computes.</param>
sealed class PolicySections(IEnumerable<PolicySection> components)
{
    public IReadOnlyList<PolicySection> All { get; } =
    [
        FixedSection.Regulation, new BaseSection(),
        .. components,
        new FixedSection(new DepegKey()), new CollateralSection(),
        FixedSection.MinimumMargin, FixedSection.RoundingUnit, new LevelsSection(),
    ];

    /// <summary>Whether a section that the policy has asks for a file.</summary>
    public bool Ask(MarginPolicy? policy, PolicyInput input) => policy is not null && All.Any(section => section.Input(policy) == input);
}
