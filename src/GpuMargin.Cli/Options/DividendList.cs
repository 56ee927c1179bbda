using System.CommandLine;
using System.Globalization;
using GpuMargin.ClearingSets;

namespace GpuMargin.Cli.Options;

/// <summary>Option <c>--dividends</c>: days to each ex-date and the amount paid, such as <c>91:0.5,182:0.5</c>.</summary>
static class DividendList
{
    internal const string Name = "--dividends";

    const string Phrase = "DAYS:AMOUNT with commas between, days above 0 and rising, amounts not below 0, such as 91:0.5,182:0.5";

    internal static Option<CashDividend[]?> Option(double daysPerYear) => new(Name)
    {
        Description = "Cash dividends: days to each ex-date and the amount; those after expiry do not count",
        HelpName = "DAYS:AMOUNT,…",
        CustomParser = argument =>
        {
            string text = argument.Tokens[^1].Value;
            List<CashDividend> dividends = [];
            double before = 0;
            foreach (string pair in text.Split(','))
            {
                string[] parts = pair.Split(':');
                if (parts.Length != 2 || Number(parts[0]) is not { } days || Number(parts[1]) is not { } amount || days <= before || amount < 0)
                {
                    argument.AddError($"{Name}: found '{pair}'{(pair == text ? "" : $" in '{text}'")}, expected {Phrase}");
                    return null;
                }

                dividends.Add(new CashDividend(days / daysPerYear, amount));
                before = days;
            }

            return [.. dividends];
        },
    };

    static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value : null;
}
