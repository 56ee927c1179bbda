using GpuMargin.Margin;
using GpuMargin.Margin.Components;

namespace GpuMargin.Cli.Pages;

/// <summary>One of the amounts that add up to a requirement, exactly.</summary>
/// <param name="Colour">Number of the colour.</param>
readonly record struct RequirementPart(string Name, string Meaning, decimal Amount, int Colour)
{
    const string Above = "floors and alternatives", Rounding = "minimum and rounding";

    static readonly HashSet<string> s_tests = [.. MarginComponents.Columns.Where(component => component.Role == ComponentRole.StressTest).Select(component => component.Column)];

    /// <summary>The parts of a sum of requirements of one policy, in the order in which they are stacked; also those that are 0.</summary>
    public static RequirementPart[] Of(IReadOnlyCollection<Requirement> requirements)
    {
        List<(string Name, string Meaning, decimal Amount)> parts = [];
        foreach (RequirementLine line in requirements.First().Components.Lines.TakeWhile(line => line.Column != RequirementLine.Model).Where(line => !s_tests.Contains(line.Column)))
        {
            parts.Add((RequirementLine.Words(line.Column), line.Meaning, requirements.Sum(requirement => requirement.Components.Find(line.Column) ?? 0)));
        }

        decimal model = requirements.Sum(requirement => requirement.Components.Model), calculated = requirements.Sum(requirement => requirement.Components.Calculated);
        parts.Add((Above, "what a larger alternative or lower bound adds to the model", calculated - model));
        parts.Add((Rounding, "what the policy's minimum and rounding up add", requirements.Sum(requirement => requirement.Required) - calculated));
        return [.. parts.Select((part, i) => new RequirementPart(part.Name, part.Meaning, part.Amount, i))];
    }
}
