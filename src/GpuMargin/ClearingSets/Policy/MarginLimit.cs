using System.Text.Json.Serialization;

namespace GpuMargin.ClearingSets.Policy;

/// <summary>One row of limits.csv: an amount that may not be exceeded.</summary>
/// <param name="Name">An account or a clearing member; of a measure of requirements also a netting set, and an account stands for its own. <see cref="All"/>: every one that has no row of its own.</param>
/// <param name="Threshold">An amount in run currency; a share of collateral; or the rise since another run, a share of the amount there.</param>
public readonly record struct MarginLimit(LimitScope Scope, string Name, LimitMeasure Measure, LimitKind Kind, double Threshold)
{
    /// <summary>Stands for every name of the scope.</summary>
    public const string All = "*";
}

[JsonConverter(typeof(LimitScopeConverter))]
public enum LimitScope
{
    Account,

    /// <summary>The sum over a clearing member's accounts of both types.</summary>
    Member,
}

sealed class LimitScopeConverter() : WordConverter<LimitScope>(LimitWords.Scopes);

[JsonConverter(typeof(LimitMeasureConverter))]
public enum LimitMeasure
{
    Value,
    ValueAtRisk,
    ExpectedShortfall,
    Margin,

    /// <summary>This and what follows is a netting set's, and needs a policy.</summary>
    Requirement,
    Initial,
    Maintenance,
    Call,
}

sealed class LimitMeasureConverter() : WordConverter<LimitMeasure>(LimitWords.Measures);

[JsonConverter(typeof(LimitKindConverter))]
public enum LimitKind
{
    Absolute,

    /// <summary>Against collateral, that of the netting set where the measure is an account's; needs a policy.</summary>
    Relative,

    /// <summary>Against another run.</summary>
    Change,
}

sealed class LimitKindConverter() : WordConverter<LimitKind>(LimitWords.Kinds);
