using System.Globalization;
using System.Text;
using GpuMargin.ClearingSets;

namespace GpuMargin.Margin;

/// <summary>Names that a reader takes for others: a line for each kind of names.</summary>
static class NameWarnings
{
    const int Told = 3;

    public static IEnumerable<string> Of(IEnumerable<string> factors, IReadOnlyList<Instrument> instruments, IReadOnlyList<string> accounts) =>
    [
        .. Of("factors", factors),
        .. Of("instruments", instruments.Select(instrument => instrument.Name)),
        .. Of("accounts", accounts),
    ];

    static IEnumerable<string> Of(string kind, IEnumerable<string> names)
    {
        string[] hidden = [.. names.Where(name => !Ascii.IsValid(name) && name.EnumerateRunes().Any(VisibleText.IsInvisible))];
        if (hidden.Length > 0)
        {
            yield return $"Names of {kind} hold characters that do not show: {Listed(hidden, name => $"'{VisibleText.Name(name)}'")}.";
        }

        (string Earlier, string Name)[] pairs = [.. LookAlikes.In(names)];
        if (pairs.Length > 0)
        {
            yield return $"Names of {kind} look alike and are different: {Listed(pairs, pair => LookAlikes.Told(pair.Earlier, pair.Name))}.";
        }
    }

    static string Listed<T>(T[] items, Func<T, string> told) => string.Join(", ", items.Take(Told).Select(told))
        + (items.Length > Told ? string.Create(CultureInfo.InvariantCulture, $" and {items.Length - Told} more") : "");
}
