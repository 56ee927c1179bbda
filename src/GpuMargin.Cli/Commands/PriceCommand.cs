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

    static readonly Vocabulary<OptionRight> s_types = new(("call", OptionRight.Call), ("put", OptionRight.Put));

    internal static Command Create(Terminal terminal, Option<bool> json)
    {
        var command = new Command("price", "Value one option: premium for early exercise, critical price and greeks");
        Option<OptionRight?> type = Required(ValueOptions.Word("--type", "Right of the option", s_types));
        Option<ExerciseStyle?> style = ValueOptions.Word("--style", "When it may be exercised (american when left out)", Words.Exercises);
        Option<double?> spot = Positive("--spot", "S", "Price of the underlying"),
            future = Positive("--future", "F", "Price of the future that the option is on, in place of --spot and --yield"),
            strike = Required(Positive("--strike", "K", "Strike")),
            rate = Number("--rate", "R", "Interest rate, continuous, a year (0 when left out)"),
            yield = Number("--yield", "Q", "Dividend yield, continuous, a year (0 when left out)"),
            volatility = Required(Positive("--volatility", "V", "Implied volatility, a year, such as 0.3")),
            days = Required(Positive("--days", "D", "Days to expiry, of 365 a year"));
        Option<CashDividend[]?> dividends = DividendList.Option(DaysPerYear);
        foreach (Option option in (Option[])[type, style, spot, future, strike, rate, yield, dividends, volatility, days])
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            (double price, double carry) = Underlying(parsed.GetValue(spot), parsed.GetValue(future), parsed.GetValue(yield), parsed.GetValue(dividends), parsed.GetValue(rate) ?? 0);
            VanillaOption contract = new(
                parsed.GetValue(type)!.Value,
                parsed.GetValue(style) ?? ExerciseStyle.American,
                price,
                parsed.GetValue(strike)!.Value,
                parsed.GetValue(rate) ?? 0,
                carry,
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

    /// <summary>Price and yield; a future's yield is the rate (Black 1976).</summary>
    static (double Price, double Yield) Underlying(double? spot, double? future, double? yield, CashDividend[]? dividends, double rate) => (spot, future) switch
    {
        ({ } price, null) => (price, yield ?? 0),
        (null, { }) when yield is not null => throw new CommandRefusedException(Text.Invariant($"--yield: found {yield} with --future, expected no yield of a future")),
        (null, { }) when dividends is { Length: > 0 } => throw new CommandRefusedException($"{DividendList.Name}: found dividends with --future, expected none: a future's price has them in it"),
        (null, { } price) => (price, rate),
        (null, null) => throw new CommandRefusedException("--spot: expected the price of the underlying, or --future with that of a future"),
        _ => throw new CommandRefusedException("--future: found with --spot, expected one of the two"),
    };

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
