using System.Text.Json;
using GpuMargin.Backends;
using GpuMargin.Margin;
using GpuMargin.Reporting;
using GpuMargin.Tests.Margin;
using Xunit;

namespace GpuMargin.Tests.Reporting;

/// <summary>margins.json is written by generated code and read by the serializer, whose own writing it has to equal.</summary>
public sealed class MarginsJsonTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("{\"currency\":\"USD\",\"accounts\":null,\"members\":[]}")]
    [InlineData("{\"currency\":\"USD\",\"members\":[]}")]
    [InlineData("{\"currency\":\"USD\",\"accounts\":[null],\"members\":[]}")]
    [InlineData("{\"currency\":null,\"accounts\":[],\"members\":[]}")]
    public void A_null_where_a_value_belongs_is_no_margins_file(string text) =>
        Assert.Throws<System.Text.Json.JsonException>(() => MarginsJson.FromJson(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void The_bytes_are_those_of_the_serializer()
    {
        MarginReport report = MarginCalculator.Calculate(PolicySet.Build(PolicySet.EveryComponent), new CpuBackend());
        report = report with { Accounts = [.. report.Accounts.Select((account, i) => account with { Account = $"Zürich \"{i}\" <&>", Scenarios = i % 2 == 0 ? i : null })] };
        byte[] written = MarginsJson.ToBytes(report);
        MarginsJson margins = new(report.Settings.Currency, report.Accounts, report.Members);
        Assert.Equal([.. JsonSerializer.SerializeToUtf8Bytes(margins, MarginsJsonContext.Readable.MarginsJson), (byte)'\n'], written);
        // What only warnings read is not written.
        Assert.Equal(report.Accounts.Select(account => account with { LargestShare = 0, WorstScenario = 0 }), MarginsJson.FromJson(written).Accounts);
    }
}
