using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Validation;

namespace GpuMargin.Files;

/// <summary>Factors in file order; a faulty row keeps its place, so that references to it are not faults too.</summary>
/// <param name="file">Name that faults give it.</param>
sealed class FactorTable(string file)
{
    public string File => file;

    public NameTable Names { get; } = new();

    /// <summary>Kinds by place in <see cref="Names"/>; <see langword="null"/> where the row's kind is faulty.</summary>
    public List<RiskFactorKind?> Kinds { get; } = [];

    /// <summary>Line of factors.csv, by place.</summary>
    public List<int> Lines { get; } = [];

    /// <summary>Factors by place; meaningful when there are no faults.</summary>
    public List<RiskFactor> Factors { get; } = [];

    /// <summary>Looks up a factor of the kind wanted.</summary>
    /// <param name="additive">Whether an additive factor will do as well.</param>
    /// <returns>−1 and a phrase that continues "expected …" when there is none.</returns>
    public int Resolve(ReadOnlySpan<byte> name, string text, RiskFactorKind kind, FaultList faults, out string? expected, bool additive = false)
    {
        int index = Names.IndexOf(name);
        expected = index < 0 && !Names.IsComplete ? null
            : index < 0 ? $"{FactorRule.Phrase(kind)} of {file}{Names.DidYouMean(text, faults)}"
            : Kinds[index] is { } actual && actual != kind && !(additive && actual == RiskFactorKind.Additive) ? $"{FactorRule.Phrase(kind)} ({file}, line {Lines[index]}: '{text}' is {FactorRule.Phrase(actual)})"
            : null;
        return expected is null ? index : -1;
    }
}
