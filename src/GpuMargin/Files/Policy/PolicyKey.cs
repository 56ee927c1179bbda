using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files.Policy;

/// <summary>One key of policy.json: how it is read, written, described and checked.</summary>
/// <typeparam name="T">Terms that hold its value.</typeparam>
/// <param name="description">Meaning and source, for the schema.</param>
abstract class PolicyKey<T>(string name, string description)
{
    public string Name => name;

    protected string Description => description;

    /// <summary>Whether the section is refused without it.</summary>
    public bool IsRequired { get; init; }

    /// <param name="section">Holds the key, where it is given.</param>
    /// <param name="factors"><see langword="null"/> when the factors' names are not known: references are not checked.</param>
    /// <returns>The terms with the key's value; meaningful when there are no faults.</returns>
    public abstract T Read(JsonSection section, T terms, FactorTable? factors);

    /// <summary>Writes name and value; nothing where the terms have no value.</summary>
    public abstract void Write(Utf8JsonWriter json, T terms, IReadOnlyList<RiskFactor> factors);

    /// <summary>The key's JSON schema.</summary>
    /// <param name="defaults">Terms without any key.</param>
    public abstract JsonObject Schema(T defaults);

    /// <summary>Refuses values that a reader would refuse.</summary>
    /// <param name="section">Path of the section that holds the key.</param>
    public abstract void Check(T terms, string[] section, PolicyFaults faults);
}
