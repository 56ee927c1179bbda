namespace GpuMargin.Files.Policy;

/// <summary>The keys of policy.json, the same as in policy.schema.json (a test compares them).</summary>
static class PolicyKeys
{
    public static readonly string[] Root =
    [
        "$schema", "version", "regulation", "base", "dependence", "concentration", "stress", "buffer", "longRunFloor", "offsetLimit",
        "liquidity", "grid", "depeg", "collateral", "minimumMargin", "roundingUnit", "levels",
    ];

    public static readonly string[] Base = ["measure", "confidence", "marginPeriodOfRisk"];

    public static readonly string[] TailAddOn = ["weight", "confidence", "extremeConfidence"];

    public static readonly string[] Stress = ["weight"];

    public static readonly string[] Buffer = ["rate", "released"];

    public static readonly string[] Liquidity = ["impact", "concentrationThreshold"];

    public static readonly string[] Grid =
    [
        "range", "steps", "volatilityUp", "volatilityDown", "minimumVolatilityUp", "referenceDays", "shortPower", "longPower",
        "extendedMoves", "extendedDampening", "annualisedMove", "minimumAnnualisedMove", "gainsOffset", "maintenanceRatio",
    ];

    public static readonly string[] Depeg = ["probabilityPerDay", "fall"];

    public static readonly string[] Collateral = ["valuation", "haircuts"];

    public static readonly string[] Levels = ["initial", "maintenance"];
}
