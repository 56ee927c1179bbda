using System.Text.Json;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Key <c>fx</c> of run.json.</summary>
static class FxReader
{
    /// <returns>The sound entries, and every currency named; <see langword="null"/> when fx is no object.</returns>
    public static (IReadOnlyList<FxEntry> Entries, IReadOnlySet<string>? Currencies) Read(JsonSection run, string? currency, FaultList faults)
    {
        const string Phrase = "an object such as {\"EUR\": \"EURUSD\"}";
        if (run.Find("fx") is null)
        {
            return ([], new HashSet<string>());
        }

        if (run.Find("fx", JsonTokenType.StartObject, Phrase, required: true) is not { } value)
        {
            return ([], null);
        }

        JsonSection fx = new(RunReader.FileName, "fx.", value, faults);
        fx.CheckKeys(null);
        List<FxEntry> entries = [];
        foreach ((string foreign, LocatedJson factor) in fx.Members)
        {
            if (NameRule.Breach(foreign) is not null)
            {
                fx.Refuse(factor.Line, foreign, $"\"{foreign}\"", "a currency without blanks around it");
            }
            else if (foreign == currency)
            {
                fx.Refuse(factor.Line, foreign, factor.Text, $"foreign currencies only: '{currency}' is the run's own");
            }
            else if (fx.Name(foreign, "a price factor or its reciprocal, such as \"EURUSD\" or \"1/BTCUSD\"") is { } name)
            {
                bool reciprocal = name.StartsWith(FxEntry.ReciprocalPrefix, StringComparison.Ordinal);
                string factorName = reciprocal ? name[FxEntry.ReciprocalPrefix.Length..] : name;
                entries.Add(new FxEntry(foreign, new FxRate(factorName, reciprocal), factor.Line));
            }
        }

        return (entries, fx.Members.Select(member => member.Key).ToHashSet());
    }
}
