using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>Minima of Commission Delegated Regulation (EU) No 153/2013 (EMIR RTS) that a policy with <c>"regulation": "emir"</c> keeps to.</summary>
static class EmirMinima
{
    /// <summary>Art. 24(1)(b); OTC derivatives need 0.995, Art. 24(1)(a), which only the desk knows.</summary>
    const decimal Confidence = 0.99m;

    /// <summary>Art. 26(1)(b); 5 days for OTC derivatives, Art. 26(1)(a).</summary>
    const int LiquidationDays = 2;

    /// <summary>Art. 27(4).</summary>
    const double OffsetLimit = 0.8;

    /// <summary>Art. 28(1)(b).</summary>
    const double StressWeight = 0.25;

    /// <summary>Art. 28(1)(a).</summary>
    const double BufferRate = 0.25;

    /// <param name="classes">Product classes of the instruments.</param>
    public static void Check(JsonSection root, MarginPolicy policy, RunSettings settings, string[] classes)
    {
        if ((policy.Base.Confidence ?? settings.Confidence) is var confidence && confidence < Confidence)
        {
            Refuse(root, "base", "confidence", confidence, policy.Base.Confidence is null, $"at least {Confidence} (EMIR RTS Art. 24)");
        }

        CheckLiquidationPeriods(root, policy.Base, settings.HorizonDays, classes);

        if (policy.OffsetLimit > OffsetLimit || (policy.OffsetLimit is null && classes.Length > 1))
        {
            LocatedJson? written = root.Find("offsetLimit");
            root.Refuse(written?.Line ?? root.Line, "offsetLimit", written?.Text, string.Create(
                CultureInfo.InvariantCulture, $"at most {OffsetLimit} (EMIR RTS Art. 27){(written is null ? "; the key is missing and there are several product classes" : "")}"));
        }

        if (policy.Stress?.Weight < StressWeight)
        {
            Refuse(root, "stress", "weight", policy.Stress.Weight, isDefault: false, $"at least {StressWeight} (EMIR RTS Art. 28(1)(b))");
        }

        if (policy.Buffer?.Rate < BufferRate)
        {
            Refuse(root, "buffer", "rate", policy.Buffer.Rate, isDefault: false, $"at least {BufferRate} (EMIR RTS Art. 28(1)(a))");
        }

        if (policy is { Stress: null, Buffer: null, LongRunFloor: false })
        {
            root.Refuse(root.Find("regulation")?.Line, "regulation", "emir", "one of 'buffer', 'stress' and 'longRunFloor' with it (EMIR RTS Art. 28(1))");
        }
    }

    static void CheckLiquidationPeriods(JsonSection root, BaseMargin margin, int horizonDays, string[] classes)
    {
        string phrase = $"at least {LiquidationDays} days (EMIR RTS Art. 26)";
        int line = root.Find("base")?.Line ?? root.Line;
        foreach ((string name, int days) in margin.MarginPeriodOfRisk.Where(period => period.Value < LiquidationDays))
        {
            root.Refuse(line, $"base.marginPeriodOfRisk.{name}", days.ToString(CultureInfo.InvariantCulture), phrase);
        }

        bool ofRun = !margin.MarginPeriodOfRisk.ContainsKey(BaseMargin.DefaultClass) && !classes.All(margin.MarginPeriodOfRisk.ContainsKey);
        if (ofRun && horizonDays < LiquidationDays)
        {
            root.Refuse(line, "base.marginPeriodOfRisk", null, FormattableString.Invariant($"{phrase}; it is {horizonDays}, the horizonDays of the run"));
        }
    }

    static void Refuse(JsonSection root, string section, string key, IFormattable value, bool isDefault, FormattableString expected)
    {
        string origin = isDefault ? FormattableString.Invariant($"; it is {value}, that of the run") : "";
        (int? line, string? found) = PolicyCheck.Place(root, section, key);
        root.Refuse(line, $"{section}.{key}", found, FormattableString.Invariant(expected) + origin);
    }
}
