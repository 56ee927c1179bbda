using System.Text;

namespace GpuMargin.ClearingSets;

/// <summary>Names that are different and look alike: composed and decomposed letters, widths, characters that do not show, upper and lower case.</summary>
/// <remarks>Letters of different scripts that are drawn alike are not found.</remarks>
static class LookAlikes
{
    /// <summary>Each name that looks like an earlier one, with it.</summary>
    public static IEnumerable<(string Earlier, string Name)> In(IEnumerable<string> names)
    {
        Dictionary<string, string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            string look = Look(name);
            if (!seen.TryAdd(look, name) && seen[look] != name)
            {
                yield return (seen[look], name);
            }
        }
    }

    /// <summary>Two names that look alike so that they can be told apart: what differs only beyond ASCII is written as escapes.</summary>
    public static string Told(string earlier, string name) =>
        $"'{(IsAscii(earlier, name) ? VisibleText.Name(earlier) : VisibleText.Escapes(earlier))}' and '{(IsAscii(earlier, name) ? VisibleText.Name(name) : VisibleText.Escapes(name))}'";

    static bool IsAscii(string earlier, string name) => Ascii.IsValid(earlier) && Ascii.IsValid(name);

    static string Look(string name) => Ascii.IsValid(name)
        ? name
        : string.Concat(name.Normalize(NormalizationForm.FormKC).EnumerateRunes().Where(character => !VisibleText.IsInvisible(character)));
}
