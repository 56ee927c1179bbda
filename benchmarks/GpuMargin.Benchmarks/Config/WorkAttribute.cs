namespace GpuMargin.Benchmarks.Config;

/// <summary>What one call of a benchmark gets done, in the domain's unit.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
sealed class WorkAttribute(string unit, double count) : Attribute
{
    public string Unit { get; } = unit;

    public double Count { get; } = count;
}

/// <summary>Units of work.</summary>
static class Unit
{
    public const string Normals = "normals";
    public const string MultiplyAdds = "fma";
    public const string FactorDays = "factor-days";
    public const string Growths = "growths";
    public const string Prices = "prices";
    public const string Values = "values";
    public const string Bytes = "bytes";
    public const string Accounts = "accounts";
    public const string Rows = "rows";
    public const string Factors = "factors";
    public const string Scenarios = "scenarios";
}
