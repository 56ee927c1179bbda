using System.Globalization;
using System.Text;
using System.Text.Json;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>An object of a JSON file with its known keys; what does not fit becomes a fault.</summary>
/// <param name="path">Path of the object followed by a dot; empty for the root.</param>
sealed class JsonSection(string file, string path, LocatedJson json, FaultList faults)
{
    public string File => file;

    public FaultList Faults => faults;

    public int Line => json.Line;

    public void Refuse(int? line, string key, string? found, string expected) => faults.Add(file, line, path + key, found, expected);

    /// <summary>The section's members; a fault for each key that is unknown or there twice.</summary>
    /// <param name="known"><see langword="null"/>: any key.</param>
    public void CheckKeys(string[]? known)
    {
        HashSet<string> seen = [];
        foreach ((string key, LocatedJson value) in json.Members)
        {
            if (!seen.Add(key))
            {
                Refuse(value.Line, key, value.Text, "the key once only");
            }
            else if (known is not null && !known.Contains(key))
            {
                faults.Add(file, value.Line, path + key, key, $"a key of {file}, the nearest is '{path}{NearestName.Of(key, known, closeOnly: false) ?? known[0]}'");
            }
        }
    }

    public LocatedJson? Find(string key) => json.Members.FirstOrDefault(member => member.Key == key).Value;

    public IEnumerable<(string Key, LocatedJson Value)> Members => json.Members.DistinctBy(member => member.Key);

    /// <summary>The value of the kind wanted, or a fault.</summary>
    public LocatedJson? Find(string key, JsonTokenType kind, string phrase, bool required)
    {
        LocatedJson? value = Find(key);
        if (value is null)
        {
            // A mistyped key is one fault: the key it was meant to be is not reported as missing too.
            if (required && !json.Members.Any(member => NearestName.IsNear(member.Key, key)))
            {
                Refuse(json.Line, key, null, $"{phrase} (the key is missing)");
            }

            return null;
        }

        if (value.Kind != kind)
        {
            Refuse(value.Line, key, value.Text, $"{phrase}, written as {WordOf(kind)}");
            return null;
        }

        return value;
    }

    /// <summary>A required string that is a name.</summary>
    public string? Name(string key, string phrase)
    {
        if (Find(key, JsonTokenType.String, phrase, required: true) is not { } value)
        {
            return null;
        }

        if (NameRule.Breach(value.Text) is not { } breach)
        {
            return value.Text;
        }

        Refuse(value.Line, key, value.Text, $"{phrase}: {breach}");
        return null;
    }

    /// <returns><see langword="null"/> after a fault.</returns>
    public T? WordOr<T>(T whenMissing, string key, Vocabulary<T> vocabulary)
        where T : struct =>
        Find(key) is null ? whenMissing : Word(key, vocabulary);

    public T? Word<T>(string key, Vocabulary<T> vocabulary)
        where T : struct
    {
        if (Find(key, JsonTokenType.String, vocabulary.Expected(), required: true) is not { } value)
        {
            return null;
        }

        T? found = vocabulary.Find(value.Text);
        if (found is null)
        {
            Refuse(value.Line, key, value.Text, vocabulary.Expected(value.Text));
        }

        return found;
    }

    /// <returns><see langword="null"/> after a fault.</returns>
    public decimal? NumberOr(decimal whenMissing, string key, DecimalRule rule)
    {
        if (Find(key) is null)
        {
            return whenMissing;
        }

        if (Find(key, JsonTokenType.Number, rule.Phrase, required: true) is not { } value)
        {
            return null;
        }

        if (decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && rule.Holds(number))
        {
            return number;
        }

        Refuse(value.Line, key, value.Text, rule.Phrase);
        return null;
    }

    /// <returns>NaN after a fault.</returns>
    public double NumberOr(double whenMissing, string key, NumberRule rule) =>
        Find(key) is null ? whenMissing : Number(key, rule);

    /// <returns>NaN after a fault.</returns>
    public double Number(string key, NumberRule rule) =>
        Find(key, JsonTokenType.Number, rule.Phrase, required: true) is { } value ? Number(key, value, rule) : double.NaN;

    /// <returns>NaN after a fault.</returns>
    public double Number(string key, LocatedJson value, NumberRule rule)
    {
        if (value.Kind == JsonTokenType.Number && NumberText.TryRead(Encoding.UTF8.GetBytes(value.Text), out double number) && rule.Holds(number))
        {
            return number;
        }

        Refuse(value.Line, key, value.Text, rule.Phrase);
        return double.NaN;
    }

    public bool FlagOr(bool whenMissing, string key)
    {
        if (Find(key) is not { } value)
        {
            return whenMissing;
        }

        if (value.Kind is not (JsonTokenType.True or JsonTokenType.False))
        {
            Refuse(value.Line, key, value.Text, "true or false, without quotes");
        }

        return value.Kind == JsonTokenType.True;
    }

    /// <summary>An object below a key, its own keys checked.</summary>
    /// <param name="known"><see langword="null"/>: any key.</param>
    /// <returns><see langword="null"/> when the key is missing or after a fault.</returns>
    public JsonSection? Section(string key, string[]? known, string phrase)
    {
        if (Find(key, JsonTokenType.StartObject, phrase, required: false) is not { } value)
        {
            return null;
        }

        JsonSection section = new(file, $"{path}{key}.", value, faults);
        section.CheckKeys(known);
        return section;
    }

    static string WordOf(JsonTokenType kind) => kind switch
    {
        JsonTokenType.String => "a JSON string in quotes",
        JsonTokenType.Number => "a JSON number without quotes",
        JsonTokenType.StartArray => "a JSON list in square brackets",
        _ => "a JSON object in braces",
    };
}
