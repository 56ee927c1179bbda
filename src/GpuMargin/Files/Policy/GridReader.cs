using System.Text.Json;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>Section <c>grid</c> of policy.json.</summary>
static class GridReader
{
    static readonly DecimalRule Steps = new("a whole number of moves to each side from 1 to 100", value => value is >= 1 and <= 100 && decimal.IsInteger(value));

    static readonly NumberRule ExtendedMove = new("a price move greater than -1 and not 0, as a return", value => value > -1 && value != 0);

    public static ScenarioGrid? Read(JsonSection policy)
    {
        if (policy.Section("grid", PolicyKeys.Grid, "the scenario grid, such as {\"range\": 0.16}") is not { } section)
        {
            return null;
        }

        ScenarioGrid defaults = new() { Range = double.NaN };
        return new ScenarioGrid
        {
            Range = section.Number("range", NumberRule.PositiveShare),
            Steps = (int)(section.NumberOr(defaults.Steps, "steps", Steps) ?? default),
            VolatilityUp = section.NumberOr(defaults.VolatilityUp, "volatilityUp", NumberRule.NotNegative),
            VolatilityDown = section.NumberOr(defaults.VolatilityDown, "volatilityDown", NumberRule.Share),
            MinimumVolatilityUp = section.NumberOr(defaults.MinimumVolatilityUp, "minimumVolatilityUp", NumberRule.NotNegative),
            ReferenceDays = section.NumberOr(defaults.ReferenceDays, "referenceDays", NumberRule.Positive),
            ShortPower = section.NumberOr(defaults.ShortPower, "shortPower", NumberRule.NotNegative),
            LongPower = section.NumberOr(defaults.LongPower, "longPower", NumberRule.NotNegative),
            ExtendedMoves = ExtendedMoves(section),
            ExtendedDampening = section.NumberOr(defaults.ExtendedDampening, "extendedDampening", NumberRule.Positive),
            AnnualisedMove = section.NumberOr(defaults.AnnualisedMove, "annualisedMove", NumberRule.NotNegative),
            MinimumAnnualisedMove = section.NumberOr(defaults.MinimumAnnualisedMove, "minimumAnnualisedMove", NumberRule.NotNegative),
            GainsOffset = section.NumberOr(defaults.GainsOffset, "gainsOffset", NumberRule.Share),
            MaintenanceRatio = section.NumberOr(defaults.MaintenanceRatio, "maintenanceRatio", NumberRule.Share),
        };
    }

    static double[] ExtendedMoves(JsonSection grid) =>
        grid.Find("extendedMoves", JsonTokenType.StartArray, "price moves, such as [-0.66, -0.33, 0.5, 1]", required: false) is { } list
            ? [.. list.Items.Select((move, index) => grid.Number(FormattableString.Invariant($"extendedMoves[{index}]"), move, ExtendedMove))]
            : [];
}
