namespace GpuMargin.ClearingSets;

/// <summary>Columns of a file of scenarios that stand before those of factors or accounts.</summary>
static class ScenarioColumns
{
    public const string Scenario = "scenario";

    public const string Weight = "weight";

    public static bool Has(string name) => name is Scenario or Weight;
}
