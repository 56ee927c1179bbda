using System.CommandLine;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;

namespace GpuMargin.Cli.Commands;

/// <summary>A synthetic clearing set of any size.</summary>
static class GenerateCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json)
    {
        var command = new Command("generate", "Write a synthetic clearing set of any size");
        var folder = new Argument<string>("DIR") { Description = "Folder to make; it must not exist or be empty" };
        Option<int?> factors = Count("--factors", "Risk factors"), instruments = Count("--instruments", "Instruments"),
            accounts = Count("--accounts", "Accounts"), positions = Count("--positions", "Positions of every account"),
            scenarios = Count("--scenarios", "Scenarios in run.json"), horizon = Count("--horizon", "Margin period of risk in days in run.json");
        Option<ulong?> seed = ValueOptions.Number<ulong>("--seed", "N", "Seed of the set", "a whole number from 0", _ => true);
        command.Add(folder);
        foreach (Option option in (Option[])[factors, instruments, accounts, positions, seed, scenarios, horizon])
            command.Add(option);
        command.SetAction(parsed =>
        {
            var options = new SyntheticOptions();
            options = options with
            {
                Factors = parsed.GetValue(factors) ?? options.Factors,
                Instruments = parsed.GetValue(instruments) ?? options.Instruments,
                Accounts = parsed.GetValue(accounts) ?? options.Accounts,
                PositionsPerAccount = parsed.GetValue(positions) ?? options.PositionsPerAccount,
                Seed = parsed.GetValue(seed) ?? options.Seed,
                Scenarios = parsed.GetValue(scenarios) ?? options.Scenarios,
                HorizonDays = parsed.GetValue(horizon) ?? options.HorizonDays,
            };
            string target = parsed.GetRequiredValue(folder);
            ClearingSetWriter.Write(SyntheticClearingSet.Generate(options), target);
            if (parsed.GetValue(json))
                JsonOutput.Print(terminal, new GeneratedSet(
                    target, options.Factors, options.Instruments, options.Accounts, options.PositionsPerAccount, options.Seed), CliJson.Readable.GeneratedSet);
            else
                terminal.Out.WriteLine(Text.Invariant(
                    $"{target}: {options.Factors:N0} factors, {options.Instruments:N0} instruments, {options.Accounts:N0} accounts, {options.PositionsPerAccount:N0} positions each, seed {options.Seed}"));
            return ExitCode.Done;
        });
        return command;
    }

    static Option<int?> Count(string name, string description) =>
        ValueOptions.Number<int>(name, "N", description, "a whole number above 0", value => value > 0);
}
