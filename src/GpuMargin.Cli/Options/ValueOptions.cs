using System.CommandLine;
using System.Globalization;
using System.Numerics;
using GpuMargin.ClearingSets;

namespace GpuMargin.Cli.Options;

/// <summary>Options whose refusals name the option, what was found and what was expected, in every culture. Ranges are the library's to check.</summary>
static class ValueOptions
{
    internal static Option<T?> Number<T>(string name, string helpName, string description, string expected, Func<T, bool>? accepts = null)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = argument =>
            {
                string text = argument.Tokens[^1].Value;
                NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
                if (T.TryParse(text, style, CultureInfo.InvariantCulture, out T value) && accepts?.Invoke(value) != false)
                {
                    return value;
                }

                argument.AddError($"{name}: found '{text}', expected {expected}");
                return null;
            },
        };

    internal static Option<T?> Word<T>(string name, string description, Vocabulary<T> words, string? helpName = null)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = helpName ?? string.Join('|', words.Words),
            CustomParser = argument =>
            {
                string text = argument.Tokens[^1].Value;
                if (words.Find(text) is { } value)
                {
                    return value;
                }

                argument.AddError($"{name}: found '{text}', expected {string.Join(" or ", words.Words)}");
                return null;
            },
        };
}
