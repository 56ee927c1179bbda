using GpuMargin.Margin.Components;

namespace GpuMargin.Margin;

/// <summary>One amount on the way from the base to the calculated amount.</summary>
/// <param name="Column">Name in margins.csv.</param>
/// <param name="Label">Name in explain, behind the sign that says how the amount enters.</param>
/// <param name="Meaning">What the amount is; empty where the label says it.</param>
public sealed record RequirementLine(string Column, string Label, string Meaning)
{
    internal const string Base = "base", Stress = "stress", Model = "model", Calculated = "calculated";

    /// <summary>Name in margins.json: the column's in camel case.</summary>
    internal string JsonName { get; } = string.Concat(Column.Split('_').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    internal static string Words(string column) => column.Replace('_', ' ');

    /// <summary>Lines in the order of the columns.</summary>
    /// <param name="isShown">Components that have a line.</param>
    internal static RequirementLine[] Of(Func<MarginComponent, bool> isShown)
    {
        MarginComponent[] shown = [.. MarginComponents.Columns.Where(isShown)];
        MarginComponent[] tests = [.. shown.Where(component => component.Role == ComponentRole.StressTest)];
        List<RequirementLine> lines = [new(Base, Base, "the policy's measure of the book")];
        foreach (MarginComponent component in shown.Where(component => component.Role < ComponentRole.Alternative))
        {
            bool isTest = component.Role == ComponentRole.StressTest;
            lines.Add(new(component.Column, (isTest ? "  " : "+ ") + Words(component.Column), component.Meaning));
            if (isTest && component == tests[^1])
            {
                lines.Add(new(Stress, "+ " + Stress, tests.Length == 2 ? "the larger of these two" : $"the largest of these {tests.Length}"));
            }
        }

        lines.Add(new(Model, "= " + Model, ""));
        MarginComponent[] limits = [.. shown.Where(component => component.Role >= ComponentRole.Alternative)];
        lines.AddRange(limits.Select(component => new RequirementLine(component.Column, Words(component.Column), component.Meaning)));
        string[] others = [Model, .. limits.Select(component => Words(component.Column))];
        string last = others[^1], first = string.Join(", ", others[..^1]);
        lines.Add(new(Calculated, Calculated, others.Length == 2 ? $"the larger of {first} and {last}" : $"the largest of {first} and {last}"));
        return [.. lines];
    }
}
