namespace GpuMargin.Scenarios;

/// <summary>Source of the shocks of scenarios: drawn from a model (<see cref="ScenarioPlan"/>) or written down (<see cref="GivenScenarios"/>).</summary>
/// <remarks>A scenario's shocks depend on its number alone, so a backend may walk any range of them, in any order.</remarks>
public abstract record ScenarioSource
{
    /// <summary>Name of the model that a run's parameters describe.</summary>
    public const string Estimated = "estimated";

    /// <summary>The source in the words of messages and timings.</summary>
    public string Name { get; init; } = Estimated;

    /// <summary>Days at whose end the last shocks are read.</summary>
    public abstract int Horizon { get; }

    public abstract int Factors { get; }

    /// <summary>Number of scenarios, where that is the source's own matter; <see langword="null"/>: as many as are asked for.</summary>
    public abstract int? Count { get; }

    /// <summary>The weight of each scenario in risk measures.</summary>
    public abstract ScenarioWeights Weights();
}
