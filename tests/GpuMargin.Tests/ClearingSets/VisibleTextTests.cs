using System.Text;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("Alfa (Ä) ÅΩ 株", "Alfa (Ä) ÅΩ 株")]
    [InlineData("\u001b[2J", "\\u001b[2J")]
    [InlineData("a\r\nb\tc\0", "a\\u000d\\u000ab\\u0009c\\u0000")]
    [InlineData("\u009b1m\u0085", "\\u009b1m\\u0085")]
    [InlineData("\u202egnp.exe\u2066", "\\u202egnp.exe\\u2066")]
    [InlineData("a\u200bb\u200d\ufeff\u00ad\u2060", "a\\u200bb\\u200d\\ufeff\\u00ad\\u2060")]
    [InlineData("a\u00a0b\u2003c\u2028d", "a\\u00a0b\\u2003c\\u2028d")]
    [InlineData("\u3164\u034f\ufe0f\u2800", "\\u3164\\u034f\\ufe0f\\u2800")]
    [InlineData("\U000e0041\U000e0101", "\\udb40\\udc41\\udb40\\udd01")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    public void What_does_not_show_itself_is_written_as_an_escape(string text, string shown)
    {
        Assert.Equal(shown, VisibleText.Name(text));
        Assert.Equal(shown, VisibleText.Message(text));
    }

    [Fact]
    public void Half_a_pair_is_written_as_an_escape() => Assert.Equal("\\ud800x", VisibleText.Name("\ud800x"));

    [Fact]
    public void Line_ends_of_a_document_stay() => Assert.Equal("a\r\n\\u001bb\n", VisibleText.Lines("a\r\n\u001bb\n"));

    [Fact]
    public void Long_names_are_cut_between_characters()
    {
        Assert.Equal(new string('x', 80), VisibleText.Name(new string('x', 80)));
        Assert.Equal(new string('x', 80) + "…", VisibleText.Name(new string('x', 81)));
        Assert.Equal(new string('x', 79) + "…", VisibleText.Name(new string('x', 79) + "\ud83d\ude00"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("株")]
    [InlineData("\ud83d\ude00")]
    [InlineData("\u202e")]
    public void A_message_has_4096_bytes_at_most(string letter)
    {
        string message = VisibleText.Message(string.Concat(Enumerable.Repeat(letter, 100_000)));

        Assert.InRange(Encoding.UTF8.GetByteCount(message), 4000, VisibleText.LongestMessage);
        Assert.EndsWith("…", message, StringComparison.Ordinal);
        Assert.DoesNotContain("\ufffd", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_shows_visible_text_of_bounded_length_wherever_it_was_found()
    {
        Fault fault = new("positions.csv", 2, "a\u001bb", new string('9', 100_000), $"a name (did you mean '{new string('y', 100_000)}'?)");

        Assert.StartsWith("positions.csv:2: a\\u001bb: found '99", fault.ToString(), StringComparison.Ordinal);
        Assert.InRange(fault.ToString().Length, 1, 1200);
    }

    [Theory]
    [InlineData("\u00c5", "A\u030a", "'\\u00c5' and 'A\\u030a'")]
    [InlineData("Alfa", "Al\u200bfa", "'Alfa' and 'Al\\u200bfa'")]
    [InlineData("Alfa", "ALFA", "'Alfa' and 'ALFA'")]
    [InlineData("Alfa 1", "Ａlfa 1", "'Alfa 1' and '\\uff21lfa 1'")]
    [InlineData("Alfa 1", "Alfa\u00a01", "'Alfa 1' and 'Alfa\\u00a01'")]
    public void Names_that_look_alike_are_told_apart(string earlier, string name, string told)
    {
        (string Earlier, string Name) pair = Assert.Single(LookAlikes.In(["Beta", earlier, "Gamma", name, "Delta"]));

        Assert.Equal((earlier, name), pair);
        Assert.Equal(told, LookAlikes.Told(pair.Earlier, pair.Name));
    }

    [Fact]
    public void Names_that_differ_to_the_eye_do_not_look_alike() => Assert.Empty(LookAlikes.In(["A", "Ä", "B", "A1", "A 1", "AA", "株", "株1"]));
}
