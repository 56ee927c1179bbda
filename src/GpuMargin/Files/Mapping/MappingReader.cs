using System.Text.Json;
using System.Text.RegularExpressions;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files.Mapping;

/// <summary>Reads mapping.json and the presets, which have its form.</summary>
static class MappingReader
{
    const string FieldPhrase = "an object that says where the field stands";
    const string PresetFolder = "GpuMargin.Files.Mapping.Presets.";

    static readonly string[] s_keys = ["preset", "fields"];

    static readonly string[] s_fieldKeys = ["column", "constant", "pattern", "values", "scale", "unit", "format", "time", "timeZone"];

    static readonly Vocabulary<PriceUnit> s_units = new(("currency", PriceUnit.Currency), ("coin", PriceUnit.Coin));

    /// <summary>Keys of a mapping, FIELD for the name of a field.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["preset", .. s_fieldKeys.Select(key => $"fields.FIELD.{key}")];

    /// <summary>Names of the presets.</summary>
    public static IReadOnlyList<string> Presets { get; } =
    [
        .. typeof(MappingReader).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(PresetFolder, StringComparison.Ordinal))
            .Select(name => name[PresetFolder.Length..^".json".Length]).Order(StringComparer.Ordinal),
    ];

    /// <param name="source">Name of a preset, or path of a file.</param>
    /// <param name="fields">Names of the fields that can be mapped.</param>
    /// <exception cref="RefusedInputException">The file is faulty.</exception>
    public static ColumnMapping Read(string source, IReadOnlyList<string> fields)
    {
        FaultList faults = new();
        ColumnMapping? mapping = Presets.Contains(source) ? Preset(source, fields, faults)
            : SourceFile.Open(source, Path.GetFileName(source), $"a mapping, or the name of a preset: {string.Join(", ", Presets)}", faults) is { } file ? Of(file, fields, faults)
            : null;
        faults.ThrowIfAny();
        return mapping!;
    }

    static ColumnMapping? Preset(string name, IReadOnlyList<string> fields, FaultList faults)
    {
        using Stream stream = typeof(MappingReader).Assembly.GetManifestResourceStream($"{PresetFolder}{name}.json")!;
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return SourceFile.Of(name, bytes.ToArray(), faults) is { } file ? Of(file, fields, faults) : null;
    }

    static ColumnMapping? Of(SourceFile file, IReadOnlyList<string> known, FaultList faults)
    {
        if (LocatedJson.Parse(file, faults) is not { } json)
        {
            return null;
        }

        if (json.Kind != JsonTokenType.StartObject)
        {
            faults.Add(file.Name, json.Line, null, json.Text, "a JSON object in braces");
            return null;
        }

        JsonSection root = new(file.Name, "", json, faults);
        root.CheckKeys(s_keys);
        Dictionary<string, FieldMapping> fields = [];
        if (root.Find("preset", JsonTokenType.String, "the name of a preset", required: false) is { } preset)
        {
            if (Presets.Contains(preset.Text))
            {
                fields = new(Preset(preset.Text, known, faults)!.Fields);
            }
            else
            {
                root.Refuse(preset.Line, "preset", preset.Text, $"a preset: {string.Join(", ", Presets)}");
            }
        }

        if (root.Section("fields", [.. known], "an object of fields") is { } section)
        {
            foreach ((string name, LocatedJson value) in section.Members.Where(member => known.Contains(member.Key)))
            {
                if (value.Kind != JsonTokenType.StartObject)
                {
                    section.Refuse(value.Line, name, value.Text, FieldPhrase);
                }
                else if (section.Section(name, s_fieldKeys, FieldPhrase) is { } field)
                {
                    fields[name] = Field(field);
                }
            }
        }

        return new ColumnMapping(file.Name, fields);
    }

    static FieldMapping Field(JsonSection json)
    {
        IReadOnlyList<string> columns = Columns(json);
        string? constant = json.Find("constant") is { } value ? Constant(json, value) : null;
        if (columns.Count == 0 == (constant is null))
        {
            json.Refuse(json.Line, "column", null, "either a column or a constant");
        }

        return new FieldMapping(json.Line)
        {
            Columns = columns,
            Constant = constant,
            Pattern = Pattern(json),
            Values = json.Section("values", known: null, "an object of words") is { } words ? words.Members.ToDictionary(word => word.Key, word => word.Value.Text) : new Dictionary<string, string>(),
            Scale = json.NumberOr(1, "scale", new NumberRule("a number other than 0") { Except = 0 }),
            Unit = json.WordOr(PriceUnit.Currency, "unit", s_units) ?? PriceUnit.Currency,
            Time = Time(json),
        };
    }

    static string? Constant(JsonSection json, LocatedJson value)
    {
        if (value.Kind is JsonTokenType.String or JsonTokenType.Number)
        {
            return value.Text;
        }

        json.Refuse(value.Line, "constant", value.Text, "a string or a number");
        return null;
    }

    static IReadOnlyList<string> Columns(JsonSection json)
    {
        const string Phrase = "a column's name, or a list of names";
        if (json.Find("column") is not { } value)
        {
            return [];
        }

        LocatedJson[] names = value.Kind == JsonTokenType.StartArray ? [.. value.Items] : [value];
        if (names.Length == 0 || names.FirstOrDefault(name => name.Kind != JsonTokenType.String) is not null)
        {
            json.Refuse(value.Line, "column", value.Text, Phrase);
            return [];
        }

        return [.. names.Select(name => name.Text)];
    }

    static Regex? Pattern(JsonSection json)
    {
        const string Phrase = "a regular expression with one group, the part that counts";
        if (json.Find("pattern", JsonTokenType.String, Phrase, required: false) is not { } value)
        {
            return null;
        }

        try
        {
            // A file cannot make it run for long: it never goes back.
            Regex pattern = new(value.Text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            if (pattern.GetGroupNumbers().Length == 2)
            {
                return pattern;
            }
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
        }

        json.Refuse(value.Line, "pattern", value.Text, Phrase);
        return null;
    }

    static TimeFormat Time(JsonSection json)
    {
        string? format = json.Find("format", JsonTokenType.String, "a format of times, such as yyyyMMdd, or 'unix-ms'", required: false)?.Text;
        TimeOnly ofDate = ExpiryClock.Default.Time;
        if (json.Find("time", JsonTokenType.String, "a time of day hh:mm", required: false) is { } time
            && !TimeOnly.TryParseExact(time.Text, "HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out ofDate))
        {
            json.Refuse(time.Line, "time", time.Text, "a time of day hh:mm");
        }

        TimeZoneInfo? zone = TimeZoneInfo.Utc;
        if (json.Find("timeZone", JsonTokenType.String, "a time zone", required: false) is { } name && (zone = new ExpiryClock(ofDate, name.Text).Zone) is null)
        {
            json.Refuse(name.Line, "timeZone", name.Text, "a time zone of the IANA database, such as America/New_York");
        }

        return new TimeFormat(format, ofDate, zone ?? TimeZoneInfo.Utc);
    }
}
