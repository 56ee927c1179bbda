using System.CommandLine;
using GpuMargin.ClearingSets.Changes;
using GpuMargin.Files;

namespace GpuMargin.Cli.Options;

/// <summary>What is changed in a clearing set. A value is one row of CSV: a name with a comma is quoted.</summary>
sealed class ChangeOptions
{
    const string File = "--trades";

    readonly Option<Trade[]?> add = Rows(
        "--add", "ACCOUNT,INSTRUMENT,QUANTITY", "Contracts that an account buys, or sells where below 0; a new account is one of its own; may be repeated", 2,
        (place, names, number) => new Trade(names[0], names[1], number) { Place = place });

    readonly Option<CollateralMove[]?> collateral = Rows(
        "--collateral", "ACCOUNT,ASSET,QUANTITY", "Collateral added to what is there, or taken back where below 0; may be repeated", 2,
        (place, names, number) => new CollateralMove(names[0], names[1], number) { Place = place });

    readonly Option<LevelShock[]?> shock = Rows(
        "--shock", "FACTOR,RELATIVE", "Today's level of a price or volatility factor times 1 + RELATIVE; may be repeated", 1,
        (place, names, number) => new LevelShock(names[0], number) { Place = place });

    readonly Option<string> trades = new(File) { Description = "Trades as --add has them: account,instrument,quantity below a header", HelpName = "FILE" };

    internal ChangeOptions(Command command)
    {
        foreach (Option option in (Option[])[add, trades, collateral, shock])
        {
            command.Add(option);
        }

        command.Validators.Add(parsed =>
        {
            if (!((Option[])[add, trades, collateral, shock]).Any(option => parsed.GetResult(option) is not null))
            {
                parsed.AddError($"expected a change: {add.Name}, {File}, {collateral.Name} or {shock.Name}");
            }
        });
    }

    /// <summary>Trades of the file stand behind those of the command line.</summary>
    internal ClearingSetChange Of(ParseResult command) => new()
    {
        Trades = [.. command.GetValue(add) ?? [], .. command.GetValue(trades) is { } file ? ClearingSetFiles.ReadTrades(file) : []],
        Collateral = command.GetValue(collateral) ?? [],
        Shocks = command.GetValue(shock) ?? [],
    };

    /// <param name="names">Cells before the number.</param>
    static Option<T[]?> Rows<T>(string name, string helpName, string description, int names, Func<ChangePlace, string[], double, T> create) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = argument =>
        {
            List<T> rows = [];
            foreach (string text in argument.Tokens.Select(token => token.Value))
            {
                if (ChangeReader.Row(text, names) is { } row)
                {
                    rows.Add(create(new ChangePlace(name, null), row.Names, row.Number));
                }
                else
                {
                    argument.AddError($"{name}: found '{text}', expected {helpName}, with a name that has a comma in double quotes");
                }
            }

            return [.. rows];
        },
    };
}
