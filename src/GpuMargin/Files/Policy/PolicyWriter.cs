using System.Text.Json;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>Writes a policy as the policy.json that is read back to the same policy.</summary>
static class PolicyWriter
{
    /// <param name="factors">Those that <see cref="DepegJump.Factor"/> points to.</param>
    /// <param name="stream">Left open.</param>
    public static void Write(MarginPolicy policy, IReadOnlyList<RiskFactor> factors, Stream stream)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteNumber("version", MarginPolicy.SupportedVersion);
        json.WriteString("regulation", PolicyWords.Regulations.WordOf(policy.Regulation));
        WriteBase(json, policy.Base);
        if (policy.Dependence is { } dependence)
        {
            WriteTailAddOn(json, "dependence", dependence.Weight, dependence.Confidence, dependence.ExtremeConfidence);
        }

        if (policy.Concentration is { } concentration)
        {
            WriteTailAddOn(json, "concentration", concentration.Weight, concentration.Confidence, concentration.ExtremeConfidence);
        }

        WriteObject(json, "stress", policy.Stress, stress => json.WriteNumber("weight", stress.Weight));
        WriteObject(json, "buffer", policy.Buffer, buffer =>
        {
            json.WriteNumber("rate", buffer.Rate);
            json.WriteBoolean("released", buffer.Released);
        });
        json.WriteBoolean("longRunFloor", policy.LongRunFloor);
        if (policy.OffsetLimit is { } offsetLimit)
        {
            json.WriteNumber("offsetLimit", offsetLimit);
        }

        WriteObject(json, "liquidity", policy.Liquidity, liquidity =>
        {
            json.WriteString("impact", PolicyWords.ImpactLaws.WordOf(liquidity.Impact));
            json.WriteNumber("concentrationThreshold", liquidity.ConcentrationThreshold);
        });
        WriteObject(json, "grid", policy.Grid, grid => WriteGrid(json, grid));
        WriteObject(json, "depeg", policy.Depegs, depegs =>
        {
            foreach (DepegJump jump in depegs)
            {
                WriteObject(json, factors[jump.Factor].Name, policy, _ =>
                {
                    json.WriteNumber("probabilityPerDay", jump.ProbabilityPerDay);
                    json.WriteNumber("fall", jump.Fall);
                });
            }
        });
        WriteObject(json, "collateral", policy.Collateral, collateral =>
        {
            json.WriteString("valuation", PolicyWords.Valuations.WordOf(collateral.Valuation));
            WriteNumbers(json, "haircuts", collateral.Haircuts, json.WriteNumberValue);
        });
        json.WriteNumber("minimumMargin", policy.MinimumMargin);
        if (policy.RoundingUnit > 0)
        {
            json.WriteNumber("roundingUnit", policy.RoundingUnit);
        }

        WriteObject(json, "levels", policy.Levels, levels =>
        {
            json.WriteNumber("initial", levels.Initial);
            json.WriteNumber("maintenance", levels.Maintenance);
        });
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    static void WriteBase(Utf8JsonWriter json, BaseMargin margin)
    {
        json.WriteStartObject("base");
        json.WriteString("measure", PolicyWords.Measures.WordOf(margin.Measure));
        if (margin.Confidence is { } confidence)
        {
            json.WriteNumber("confidence", confidence);
        }

        WriteNumbers(json, "marginPeriodOfRisk", margin.MarginPeriodOfRisk, json.WriteNumberValue);
        json.WriteEndObject();
    }

    static void WriteGrid(Utf8JsonWriter json, ScenarioGrid grid)
    {
        json.WriteNumber("range", grid.Range);
        json.WriteNumber("steps", grid.Steps);
        json.WriteNumber("volatilityUp", grid.VolatilityUp);
        json.WriteNumber("volatilityDown", grid.VolatilityDown);
        json.WriteNumber("minimumVolatilityUp", grid.MinimumVolatilityUp);
        json.WriteNumber("referenceDays", grid.ReferenceDays);
        json.WriteNumber("shortPower", grid.ShortPower);
        json.WriteNumber("longPower", grid.LongPower);
        json.WriteStartArray("extendedMoves");
        foreach (double move in grid.ExtendedMoves)
        {
            json.WriteNumberValue(move);
        }

        json.WriteEndArray();
        json.WriteNumber("extendedDampening", grid.ExtendedDampening);
        json.WriteNumber("annualisedMove", grid.AnnualisedMove);
        json.WriteNumber("minimumAnnualisedMove", grid.MinimumAnnualisedMove);
        json.WriteNumber("gainsOffset", grid.GainsOffset);
        json.WriteNumber("maintenanceRatio", grid.MaintenanceRatio);
    }

    static void WriteTailAddOn(Utf8JsonWriter json, string key, double weight, decimal confidence, decimal extremeConfidence)
    {
        json.WriteStartObject(key);
        json.WriteNumber("weight", weight);
        json.WriteNumber("confidence", confidence);
        json.WriteNumber("extremeConfidence", extremeConfidence);
        json.WriteEndObject();
    }

    static void WriteObject<T>(Utf8JsonWriter json, string key, T? value, Action<T> members)
        where T : class
    {
        if (value is not null)
        {
            json.WriteStartObject(key);
            members(value);
            json.WriteEndObject();
        }
    }

    static void WriteNumbers<T>(Utf8JsonWriter json, string key, IReadOnlyDictionary<string, T> numbers, Action<T> write)
    {
        json.WriteStartObject(key);
        foreach ((string name, T number) in numbers.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            write(number);
        }

        json.WriteEndObject();
    }
}
