using System.Globalization;
using System.Text;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>Edits of a set in the words of Refusals/refusals.txt.</summary>
static class SetEdit
{
    /// <returns>The options with the one that the edit gives, if any.</returns>
    public static RunOverrides Apply(string edit, SetFolder folder, RunOverrides overrides)
    {
        (string verb, string what) = Halves(edit, " ");
        (string file, string text) = Halves(what, ":");
        text = (text.Length > 0 ? text[1..] : text).Replace('⏎', '\n').Replace('␀', '\0');
        switch (verb)
        {
            case "edit":
                (string old, string replacement) = Halves(text, " →");
                folder.ReplacingOnce(file, old, replacement.Length > 0 ? replacement[1..] : "");
                break;
            case "write":
                folder.With(file, text);
                break;
            case "copy":
                folder.With(text, folder.TextOf(file));
                break;
            case "delete":
                Assert.True(File.Exists(folder.PathOf(file)), edit);
                File.Delete(folder.PathOf(file));
                break;
            case "encode":
                Encoding encoding = text == "utf-16" ? Encoding.Unicode : Encoding.Latin1;
                File.WriteAllText(folder.PathOf(file), folder.TextOf(file), encoding);
                break;
            case "option":
                return WithOption(overrides, what);
            default:
                throw new InvalidDataException($"not a verb of the table: {edit}");
        }

        return overrides;
    }

    static (string Before, string After) Halves(string text, string separator)
    {
        int at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + separator.Length)..]);
    }

    static RunOverrides WithOption(RunOverrides overrides, string option)
    {
        (string name, string value) = Halves(option, " ");
        return name switch
        {
            "--confidence" => overrides with { Confidence = decimal.Parse(value, CultureInfo.InvariantCulture) },
            "--scenarios" => overrides with { Scenarios = int.Parse(value, CultureInfo.InvariantCulture) },
            "--horizon" => overrides with { HorizonDays = int.Parse(value, CultureInfo.InvariantCulture) },
            "--target-error" => overrides with { TargetError = decimal.Parse(value, CultureInfo.InvariantCulture) },
            "--max-scenarios" => overrides with { MaxScenarios = int.Parse(value, CultureInfo.InvariantCulture) },
            "--sampling" => overrides with { Sampling = Enum.Parse<Sampling>(value, ignoreCase: true) },
            _ => throw new InvalidDataException($"not an option of the table: {option}"),
        };
    }
}
