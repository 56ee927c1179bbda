using System.CommandLine;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Revaluation.American;

namespace GpuMargin.Cli.Commands;

/// <summary>Value, premium for early exercise, critical price and greeks of one option.</summary>
static class PriceCommand
{
    const double DaysPerYear = 365;

    static readonly Vocabulary<ExerciseStyle> s_styles = new(("european", ExerciseStyle.European), ("american", ExerciseStyle.American));
    static readonly Vocabulary<OptionRight> s_types = new(("call", OptionRight.Call), ("put", OptionRight.Put));

    internal static Command Create(Terminal terminal, Option<bool> json)
    {
        var command = new Command("price", "Value one option: premium for early exercise, critical price and greeks");
        Option<OptionRight?> type = Required(ValueOptions.Word("--type", "Right of the option", s_types));
        Option<ExerciseStyle?> style = ValueOptions.Word("--style", "When it may be exercised (american when left out)", s_styles);
        Option<double?> spot = Required(Positive("--spot", "S", "Price of the underlying; of the future with a yield equal to the rate")),
            strike = Required(Positive("--strike", "K", "Strike")),
            rate = Number("--rate", "R", "Interest rate, continuous, a year (0 when left out)"),
            yield = Number("--yield", "Q", "Dividend yield, continuous, a year (0 when left out)"),
            volatility = Required(Positive("--volatility", "V", "Implied volatility, a year, such as 0.3")),
            days = Required(Positive("--days", "D", "Days to expiry, of 365 a year"));
        Option<CashDividend[]?> dividends = DividendList.Option(DaysPerYear);
        foreach (Option option in (Option[])[type, style, spot, strike, rate, yield, dividends, volatility, days])
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            VanillaOption contract = new(
                parsed.GetValue(type)!.Value,
                parsed.GetValue(style) ?? ExerciseStyle.American,
                parsed.GetValue(spot)!.Value,
                parsed.GetValue(strike)!.Value,
                parsed.GetValue(rate) ?? 0,
                parsed.GetValue(yield) ?? 0,
                parsed.GetValue(volatility)!.Value,
                parsed.GetValue(days)!.Value / DaysPerYear);
            VanillaOptionValue value = Value(contract, parsed.GetValue(dividends));
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, value, CliJson.Readable.VanillaOptionValue);
            }
            else
            {
                Print(terminal.Out, value);
            }

            return ExitCode.Done;
        });
        return command;
    }

    static VanillaOptionValue Value(VanillaOption contract, CashDividend[]? dividends)
    {
        if (dividends is null or [])
        {
            return Value(contract.Value);
        }

        return contract.Yield == 0
            ? Value(new DividendOption(contract.Right, contract.Style, contract.Spot, contract.Strike, contract.Rate, contract.Volatility, contract.Years, dividends).Value)
            : throw new CommandRefusedException(Text.Invariant($"--yield: found {contract.Yield} with {DividendList.Name}, expected one of the two: a yield or cash dividends"));
    }

    static VanillaOptionValue Value(Func<VanillaOptionValue> solve)
    {
        try
        {
            return solve();
        }
        catch (Exception refused) when (refused is ArgumentException or ArithmeticException)
        {
            throw new CommandRefusedException(refused.Message);
        }
    }

    static void Print(TextWriter output, VanillaOptionValue value)
    {
        (string Name, double? Value)[] rows =
        [
            ("value", value.Value), ("european", value.European), ("premium", value.Premium), ("critical price", value.CriticalPrice),
            ("delta", value.Delta), ("gamma", value.Gamma), ("vega", value.Vega), ("theta", value.Theta), ("rho", value.Rho),
        ];
        foreach ((string name, double? number) in rows)
        {
            output.WriteLine(Text.Invariant($"{name,-14} {(number is { } known ? Text.Invariant($"{known:F8}") : "never"),20}"));
        }
    }

    static Option<T?> Required<T>(Option<T?> option)
        where T : struct
    {
        option.Required = true;
        return option;
    }

    static Option<double?> Positive(string name, string helpName, string description) =>
        ValueOptions.Number<double>(name, helpName, description, "a number above 0", value => value > 0);

    static Option<double?> Number(string name, string helpName, string description) =>
        ValueOptions.Number<double>(name, helpName, description, "a number, such as 0.05");
}
