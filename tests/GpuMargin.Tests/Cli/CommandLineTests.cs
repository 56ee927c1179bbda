using System.Text.Json;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("run", "--scenarios", "--seed", "--confidence", "--horizon", "--precision", "--sampling", "--backend", "--device", "--threads", "--target-error", "--max-scenarios", "--out", "--quiet", "--repair-correlation", "--json")]
    [InlineData("converge", "--scenarios-max", "--repeats", "--account", "--out", "--seed", "--confidence", "--horizon", "--precision", "--backend", "--threads", "--json")]
    [InlineData("scenarios", "--out", "--factors", "--scenarios", "--seed", "--confidence", "--horizon", "--precision", "--sampling", "--json")]
    [InlineData("pnl", "--out", "--account", "--all", "--scenarios", "--seed", "--confidence", "--horizon", "--precision", "--sampling", "--json")]
    [InlineData("generate", "--factors", "--instruments", "--accounts", "--positions", "--seed", "--json")]
    [InlineData("devices", "--json")]
    [InlineData("replay", "RUN-RECORD", "--json")]
    [InlineData("calibrate", "HISTORY", "--out", "--returns", "--additive", "--missing", "--window", "--model", "--marginal", "--startup", "--floor-volatility", "--tails", "--copula", "--correlation", "--shrinkage", "--currency", "--as-of", "--json", "--quiet")]
    public void Help_of_a_command_names_every_option_of_the_contract(string command, params string[] options)
    {
        Invocation help = Invocation.Of(command, "--help");

        Assert.Equal(ExitCode.Done, help.Code);
        Assert.All(options, option => Assert.Contains(option, help.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "Required command")]
    [InlineData("rnu SET", "did you mean 'run'?")]
    [InlineData("run", "'SET'")]
    [InlineData("run SET --secnarios 5", "did you mean '--scenarios'?")]
    [InlineData("run SET --scenarios", "--scenarios")]
    [InlineData("run SET --scenarios 1e4", "--scenarios: found '1e4'")]
    [InlineData("run SET --scenarios 99999999999", "--scenarios: found '99999999999'")]
    [InlineData("run SET --seed -1", "--seed: found '-1'")]
    [InlineData("run SET --confidence 0,99", "--confidence: found '0,99', expected a level from 0.5 to below 1")]
    [InlineData("run SET --horizon 1.5", "--horizon: found '1.5'")]
    [InlineData("run SET --precision half", "--precision: found 'half', expected mixed or double")]
    [InlineData("run SET --sampling halton", "--sampling: found 'halton', expected philox or sobol")]
    [InlineData("run SET --importance yes", "--importance: found 'yes', expected on or off")]
    [InlineData("run SET --target-error 1%", "--target-error: found '1%', expected a relative error above 0 and below 1, such as 0.01")]
    [InlineData("run SET --max-scenarios 1e6", "--max-scenarios: found '1e6', expected a whole number")]
    [InlineData("converge SET --repeats 1", "--repeats: found '1', expected a whole number from 2 to 1000")]
    [InlineData("converge SET --scenarios-max 0", "--scenarios-max: found '0', expected a whole number from 1 to 100000000")]
    [InlineData("run SET --backend gpu", "--backend: found 'gpu', expected auto or cpu or cuda or opencl or ilgpu-cpu")]
    [InlineData("run SET --device 0", "--device: found '0', expected --backend cuda or opencl beside it")]
    [InlineData("run SET --backend cpu --device 0", "--device: found '0', expected --backend cuda or opencl beside it")]
    [InlineData("run SET --backend cuda --device -1", "--device: found '-1', expected a whole number from 0")]
    [InlineData("run SET --backend gpu --device 1", "--backend: found 'gpu'")]
    [InlineData("run SET --threads 0", "--threads: found '0'")]
    [InlineData("run SET OTHER", "'OTHER'")]
    [InlineData("run SET --out=", "--out")]
    [InlineData("scenarios SET", "'--out'")]
    [InlineData("pnl SET --out x.csv", "--account")]
    [InlineData("pnl SET --out x.csv --all --account A", "--all")]
    [InlineData("replay nowhere/run-record.json", "nowhere/run-record.json: not found")]
    [InlineData("run nowhere", "nowhere")]
    public void A_wrong_command_line_is_refused_with_what_is_wrong(string line, string told)
    {
        Invocation refused = Invocation.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains(told, refused.Error, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
    }

    [Theory]
    [InlineData("run |", "SET")]
    [InlineData("run SET --out |", "--out")]
    [InlineData("scenarios | --out x.csv", "SET")]
    [InlineData("scenarios SET --out |", "--out")]
    [InlineData("scenarios SET --out x.csv --factors |", "--factors")]
    [InlineData("pnl SET --all --out |", "--out")]
    [InlineData("pnl SET --account | --out x.csv", "--account")]
    [InlineData("surface | --out x --mapping cboe-datashop", "QUOTES")]
    [InlineData("calibrate | --out x", "HISTORY")]
    [InlineData("calibrate h.csv --out |", "--out")]
    [InlineData("roll | --from 2001-01-02", "SET")]
    [InlineData("roll SET --from 2001-01-02 --out |", "--out")]
    [InlineData("roll SET --from 2001-01-02 --policy |", "--policy")]
    [InlineData("converge |", "SET")]
    [InlineData("converge SET --out |", "--out")]
    [InlineData("generate |", "DIR")]
    [InlineData("replay |", "RUN-RECORD")]
    [InlineData("explain | A", "OUT")]
    [InlineData("explain OUT |", "ACCOUNT")]
    [InlineData("explain OUT A --since |", "--since")]
    public void An_empty_value_is_refused(string line, string name)
    {
        Invocation refused = Invocation.Of([.. line.Split(' ').Select(word => word == "|" ? "" : word)]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.StartsWith($"gpumargin: {name}: found '', expected ", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_command_line_is_json_too_when_asked_for()
    {
        Invocation refused = Invocation.Of("run", "SET", "--scenarios", "many", "--json");

        Assert.Equal(ExitCode.Refused, refused.Code);
        using JsonDocument json = JsonDocument.Parse(refused.Output);
        Assert.Contains("many", json.RootElement.GetProperty("faults")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
