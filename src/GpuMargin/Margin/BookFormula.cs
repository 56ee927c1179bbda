using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;

namespace GpuMargin.Margin;

/// <summary>Components and levels of a book from its measures, under the policy of a run.</summary>
sealed class BookFormula
{
    readonly MarginPolicy policy;
    readonly (MarginComponent Component, BookAmount? Amount)[] byLine; // a line that is no component's has none
    readonly RequirementLine[] lines;
    readonly int baseLine, stressLine, modelLine, calculatedLine;
    readonly MeasureHandle baseMeasure;

    /// <param name="run">Asked for the measures that the formulas read.</param>
    public BookFormula(PolicyRun run)
    {
        policy = run.Policy;
        baseMeasure = run.BaseMeasure(ModelSource.Estimated, BookPart.Whole);
        Dictionary<string, BookAmount> amounts = MarginComponents.All.Where(component => component.IsOn(policy))
            .ToDictionary(component => component.Column, component => component.Prepare(run));
        lines = RequirementLine.Of(component => component.IsAlwaysShown || component.IsOn(policy));
        (baseLine, stressLine) = (Line(RequirementLine.Base), Line(RequirementLine.Stress));
        (modelLine, calculatedLine) = (Line(RequirementLine.Model), Line(RequirementLine.Calculated));
        byLine =
        [
            .. lines.Select(line => MarginComponents.All.FirstOrDefault(component => component.Column == line.Column))
                .Select(component => (component!, component is null ? null : amounts.GetValueOrDefault(component.Column))),
        ];
    }

    public IReadOnlyList<RequirementLine> Lines => lines;

    public BookMargin Of(Book book, BookMeasures measures)
    {
        double margin = Math.Max(0, measures[baseMeasure]);
        decimal[] amounts = new decimal[lines.Length];
        decimal model = Amount.Of(margin), stress = 0, alternative = 0, maintenance = 0, bound = 0;
        amounts[baseLine] = model;
        for (int line = 0; line < lines.Length; line++)
        {
            (MarginComponent component, BookAmount? formula) = byLine[line];
            if (formula is null)
            {
                continue;
            }

            decimal amount = amounts[line] = formula(book, measures, margin);
            switch (component.Role)
            {
                case ComponentRole.StressTest:
                    stress = Math.Max(stress, amount);
                    break;
                case ComponentRole.AddOn:
                    model += amount;
                    break;
                case ComponentRole.Alternative:
                    alternative = Math.Max(alternative, amount);
                    maintenance = Math.Max(maintenance, component.Maintenance(policy, amount));
                    break;
                case ComponentRole.LowerBound:
                    bound = Math.Max(bound, amount);
                    break;
            }
        }

        model += stress;
        amounts[stressLine] = stress;
        amounts[modelLine] = model;
        amounts[calculatedLine] = Math.Max(Math.Max(model, alternative), bound);
        return new BookMargin(
            new ComponentAmounts(lines, amounts),
            Math.Max(Math.Max(Amount.Of(policy.Levels.Initial, model), alternative), bound),
            Math.Max(Math.Max(Amount.Of(policy.Levels.Maintenance, model), maintenance), bound));
    }

    int Line(string column) => Array.FindIndex(lines, line => line.Column == column);
}
