using System.Globalization;
using System.Text;

namespace GpuMargin.ClearingSets;

/// <summary>Text of the input as it is shown: what does not show itself, moves the cursor or turns the direction of writing is written as <c>\u202e</c>, and long texts are cut.</summary>
/// <remarks>Within a JSON string such an escape is the character itself.</remarks>
static class VisibleText
{
    /// <summary>Characters of a name or a cell, which may hold megabytes; the place is known from line and column.</summary>
    public const int LongestName = 80;

    /// <summary>Characters of a phrase that may hold several names.</summary>
    public const int LongestPhrase = 1000;

    /// <summary>Bytes of a message in UTF-8.</summary>
    public const int LongestMessage = 4096;

    /// <summary>Letters of other scripts that fonts draw as nothing (Unicode, Default_Ignorable_Code_Point and the blank of Braille); formats are found by their category.</summary>
    const string Blank = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0";

    public static string Name(string text) => Cut(text, LongestName);

    public static string Phrase(string text) => Cut(text, LongestPhrase);

    /// <summary>One line: a line end is as invisible as any other control character.</summary>
    public static string Message(string text)
    {
        string visible = Cut(text, LongestMessage);
        if (Encoding.UTF8.GetByteCount(visible) <= LongestMessage)
        {
            return visible;
        }

        const int Ellipsis = 3;
        Encoding.UTF8.GetEncoder().Convert(visible, new byte[LongestMessage - Ellipsis], flush: false, out int characters, out _, out _);
        return visible[..characters] + "…";
    }

    /// <summary>The whole text, line ends as they are.</summary>
    public static string Lines(string text) => IsPlain(text.AsSpan()) ? text : Escaped(text, int.MaxValue, lineEnds: true);

    /// <summary>A name in ASCII: every other character is written as an escape.</summary>
    public static string Escapes(string text) => string.Concat(
        text.Take(LongestName).Select(unit => unit is >= ' ' and <= '~' ? unit.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"))) + (text.Length > LongestName ? "…" : "");

    /// <summary>Whether the character is written as an escape.</summary>
    public static bool IsInvisible(Rune character) => Rune.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => character.Value != ' ',
        _ => character.IsBmp ? Blank.Contains((char)character.Value) || character.Value is >= 0xfe00 and <= 0xfe0f : character.Value is >= 0xe0100 and <= 0xe01ef,
    };

    static string Cut(string text, int longest) =>
        text.Length <= longest && IsPlain(text.AsSpan()) ? text : Escaped(text, longest, lineEnds: false);

    static string Escaped(string text, int longest, bool lineEnds)
    {
        StringBuilder shown = new();
        ReadOnlySpan<char> left = text;
        while (!left.IsEmpty)
        {
            bool isCharacter = Rune.DecodeFromUtf16(left, out Rune character, out int length) == System.Buffers.OperationStatus.Done;
            if (text.Length - left.Length + length > longest)
            {
                return shown.Append('…').ToString();
            }

            if (isCharacter && (!IsInvisible(character) || (lineEnds && left[0] is '\n' or '\r')))
            {
                shown.Append(left[..length]);
            }
            else
            {
                foreach (char unit in left[..length])
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
                }
            }

            left = left[length..];
        }

        return shown.ToString();
    }

    static bool IsPlain(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange(' ', '~') < 0;
}
