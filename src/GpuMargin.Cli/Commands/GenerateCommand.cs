using System.CommandLine;
using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;

namespace GpuMargin.Cli.Commands;

/// <summary>A synthetic clearing set of any size.</summary>
static class GenerateCommand
{
    static readonly SyntheticOptions s_default = new();

    internal static Command Create(Terminal terminal, Option<bool> json, CancellationToken cancellation)
    {
        var command = new Command("generate", "Write a synthetic clearing set of any size");
        var folder = new Argument<string>("DIR") { Description = "Folder to make; it must not exist or be empty" };
        Option<int?> factors = Count("--factors", "Risk factors: prices and their volatilities", s_default.Factors),
            instruments = Count("--instruments", "Instruments", s_default.Instruments),
            accounts = Count("--accounts", "Accounts", s_default.Accounts),
            positions = Count("--positions", "Positions of every account", s_default.PositionsPerAccount),
            scenarios = Count("--scenarios", "Scenarios in run.json", s_default.Scenarios),
            horizon = Count("--horizon", "Days of the horizon in run.json", s_default.HorizonDays);
        Option<ulong?> seed = ValueOptions.Number<ulong>("--seed", "N", $"Seed of the set ({s_default.Seed} when left out)", "a whole number from 0");
        Option<decimal?> confidence = ValueOptions.Number<decimal>(
            "--confidence", "P", Text.Invariant($"Confidence level in run.json ({s_default.Confidence} when left out)"), "a level from 0.5 to below 1, such as 0.99");
        Option<double?> optionShare = ValueOptions.Number<double>(
            "--option-share", "P", Text.Invariant($"Share of the instruments that are options ({s_default.OptionShare} when left out)"), "a number from 0 to 1");
        Option<double?> americanShare = ValueOptions.Number<double>(
            "--american-share", "P", Text.Invariant($"Share of the options with American exercise ({s_default.AmericanShare} when left out)"), "a number from 0 to 1");
        Option<bool> cashDividends = new("--cash-dividends") { Description = "Quarterly cash dividends in dividends.csv in place of dividend yields" };
        var surfaces = new Option<bool>("--surfaces") { Description = "Options have volatility surfaces: smiles, a term power and half stickiness" };
        command.Add(folder);
        foreach (Option option in (Option[])[factors, instruments, accounts, positions, seed, scenarios, horizon, confidence, optionShare, americanShare, cashDividends, surfaces])
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            var shape = new SyntheticOptions
            {
                Factors = parsed.GetValue(factors) ?? s_default.Factors,
                Instruments = parsed.GetValue(instruments) ?? s_default.Instruments,
                Accounts = parsed.GetValue(accounts) ?? s_default.Accounts,
                PositionsPerAccount = parsed.GetValue(positions) ?? s_default.PositionsPerAccount,
                Seed = parsed.GetValue(seed) ?? s_default.Seed,
                Scenarios = parsed.GetValue(scenarios) ?? s_default.Scenarios,
                HorizonDays = parsed.GetValue(horizon) ?? s_default.HorizonDays,
                Confidence = parsed.GetValue(confidence) ?? s_default.Confidence,
                OptionShare = parsed.GetValue(optionShare) ?? s_default.OptionShare,
                AmericanShare = parsed.GetValue(americanShare) ?? s_default.AmericanShare,
                CashDividends = parsed.GetValue(cashDividends),
                Surfaces = parsed.GetValue(surfaces),
            };
            string target = parsed.GetRequiredValue(folder);
            ClearingSet set = SyntheticClearingSet.Generate(shape, cancellation);
            ClearingSetFiles.Write(set, target, cancellation);
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(
                    terminal,
                    new GeneratedSet(target, set.Factors.Count, set.Instruments.Count, set.Accounts.Count, set.Positions.Count, shape.Seed),
                    CliJson.Readable.GeneratedSet);
            }
            else
            {
                terminal.Out.WriteLine(Text.Invariant(
                    $"{target}: {set.Factors.Count:N0} factors, {set.Instruments.Count:N0} instruments, {set.Accounts.Count:N0} accounts, {set.Positions.Count:N0} positions, seed {shape.Seed}"));
            }

            return ExitCode.Done;
        });
        return command;
    }

    static Option<int?> Count(string name, string description, int left) => ValueOptions.Number<int>(
        name, "N", $"{description} ({left.ToString(CultureInfo.InvariantCulture)} when left out)", "a whole number");
}
