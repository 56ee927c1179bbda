using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>One section of policy.json: its key, and what is checked of its terms beyond the ranges of single keys.</summary>
abstract class PolicySection
{
    public abstract PolicyKey<MarginPolicy> Key { get; }

    /// <summary>Files that the section asks for.</summary>
    public virtual PolicyInput Input(MarginPolicy policy) => PolicyInput.None;

    /// <summary>Confidence levels whose tails have to hold a scenario at least, by the paths of their keys.</summary>
    public virtual IEnumerable<(string[] Path, decimal Level)> TailConfidences(MarginPolicy policy) => [];

    /// <summary>Refuses keys that contradict each other.</summary>
    public virtual void CheckKeys(MarginPolicy policy, PolicyFaults faults)
    {
    }

    /// <summary>Checks against the run and its factors.</summary>
    /// <param name="assets">Currencies and price factors; <see langword="null"/>: not known.</param>
    public virtual void CheckRun(MarginPolicy policy, RunSettings settings, IReadOnlySet<string>? assets, PolicyFaults faults, List<string> warnings)
    {
    }

    /// <summary>Checks against the product classes of the instruments.</summary>
    public virtual void CheckClasses(MarginPolicy policy, string[] classes, PolicyFaults faults, List<string> warnings)
    {
    }

    /// <summary>Minima of EMIR RTS (<see cref="EmirMinimum"/>) that the terms are below.</summary>
    public virtual IEnumerable<EmirMinimum> MissedMinima(MarginPolicy policy, RunSettings settings, string[] classes) => [];

    /// <summary>Paragraph of EMIR RTS Art. 28(1) that the section answers, such as "a"; <see langword="null"/>: none.</summary>
    public virtual string? ProcyclicalityParagraph => null;

    /// <summary>Whether the policy has the section.</summary>
    public virtual bool IsOn(MarginPolicy policy) => true;
}

/// <summary>Files beside policy.json that a section may ask for.</summary>
enum PolicyInput
{
    None,

    /// <summary>liquidity.csv, with a row for every instrument.</summary>
    Liquidity,

    /// <summary>stress.csv or the folder stress/.</summary>
    StressedObservations,
}
