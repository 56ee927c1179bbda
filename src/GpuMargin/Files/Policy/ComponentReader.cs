using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>The sections of policy.json with numbers and words only.</summary>
static class ComponentReader
{
    public static BaseMargin Base(JsonSection policy)
    {
        BaseMargin defaults = new();
        if (policy.Section("base", PolicyKeys.Base, "the base measure, such as {\"measure\": \"expected-shortfall\"}") is not { } section)
        {
            return defaults;
        }

        JsonSection? periods = section.Section("marginPeriodOfRisk", null, "days by product class, such as {\"default\": 2, \"otc\": 5}");
        return new BaseMargin
        {
            Measure = section.WordOr(defaults.Measure, "measure", PolicyWords.Measures) ?? default,
            Confidence = section.Find("confidence") is null ? null : section.NumberOr(default, "confidence", DecimalRule.Confidence),
            MarginPeriodOfRisk = periods?.Members.ToDictionary(
                member => member.Key, member => (int)(periods.NumberOr(default, member.Key, DecimalRule.MarginPeriod) ?? default))
                ?? defaults.MarginPeriodOfRisk,
        };
    }

    public static DependenceAddOn? Dependence(JsonSection policy)
    {
        DependenceAddOn defaults = new();
        return TailAddOn(policy, "dependence", defaults.Weight, defaults.Confidence, defaults.ExtremeConfidence) is { } read
            ? new DependenceAddOn { Weight = read.Weight, Confidence = read.Confidence, ExtremeConfidence = read.ExtremeConfidence }
            : null;
    }

    public static ConcentrationAddOn? Concentration(JsonSection policy)
    {
        ConcentrationAddOn defaults = new();
        return TailAddOn(policy, "concentration", defaults.Weight, defaults.Confidence, defaults.ExtremeConfidence) is { } read
            ? new ConcentrationAddOn { Weight = read.Weight, Confidence = read.Confidence, ExtremeConfidence = read.ExtremeConfidence }
            : null;
    }

    public static StressedObservations? Stress(JsonSection policy)
    {
        StressedObservations defaults = new();
        return policy.Section("stress", PolicyKeys.Stress, "the weight of stressed observations, such as {\"weight\": 0.25}") is { } section
            ? new StressedObservations { Weight = section.NumberOr(defaults.Weight, "weight", NumberRule.Share) }
            : null;
    }

    public static ProcyclicalityBuffer? Buffer(JsonSection policy)
    {
        ProcyclicalityBuffer defaults = new();
        return policy.Section("buffer", PolicyKeys.Buffer, "the buffer, such as {\"rate\": 0.25, \"released\": false}") is { } section
            ? new ProcyclicalityBuffer
            {
                Rate = section.NumberOr(defaults.Rate, "rate", NumberRule.NotNegative),
                Released = section.FlagOr(defaults.Released, "released"),
            }
            : null;
    }

    public static LiquidityCost? Liquidity(JsonSection policy)
    {
        LiquidityCost defaults = new();
        return policy.Section("liquidity", PolicyKeys.Liquidity, "the cost of liquidation, such as {\"impact\": \"square-root\"}") is { } section
            ? new LiquidityCost
            {
                Impact = section.WordOr(defaults.Impact, "impact", PolicyWords.ImpactLaws) ?? default,
                ConcentrationThreshold = section.NumberOr(defaults.ConcentrationThreshold, "concentrationThreshold", NumberRule.NotNegative),
            }
            : null;
    }

    static (double Weight, decimal Confidence, decimal ExtremeConfidence)? TailAddOn(
        JsonSection policy, string key, double weight, decimal confidence, decimal extremeConfidence)
    {
        if (policy.Section(key, PolicyKeys.TailAddOn, "an add-on, such as {\"weight\": 0.25}") is not { } section)
        {
            return null;
        }

        decimal? ordinary = section.NumberOr(confidence, "confidence", DecimalRule.Confidence);
        decimal? extreme = section.NumberOr(extremeConfidence, "extremeConfidence", DecimalRule.Confidence);
        if (extreme <= ordinary)
        {
            LocatedJson? written = section.Find("extremeConfidence");
            string origin = written is null ? FormattableString.Invariant($" (it is {extreme} where it is not given)") : "";
            section.Refuse(written?.Line ?? section.Line, "extremeConfidence", written?.Text,
                FormattableString.Invariant($"a confidence level above {key}.confidence, {ordinary}{origin}"));
        }

        return (section.NumberOr(weight, "weight", NumberRule.Share), ordinary ?? default, extreme ?? default);
    }
}
