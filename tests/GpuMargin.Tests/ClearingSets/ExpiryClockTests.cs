using GpuMargin.ClearingSets;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>Expiries that are given as dates fall at the time of run.json, in its time zone.</summary>
public sealed class ExpiryClockTests
{
    static readonly DateTimeOffset s_asOf = new(2001, 1, 2, 16, 0, 0, TimeSpan.Zero);

    // New York is five hours behind UTC in winter and four in summer; clocks went forward at 2 a.m. on 1 April 2001.
    [Theory]
    [InlineData("", "2001-06-15", "2001-06-15T16:00:00Z")]
    [InlineData("\"expiryTime\": \"08:00\",", "2001-06-15", "2001-06-15T08:00:00Z")]
    [InlineData("\"expiryTime\": \"08:30:15\",", "2001-06-15", "2001-06-15T08:30:15Z")]
    [InlineData("\"expiryTime\": \"16:00\", \"timeZone\": \"America/New_York\",", "2001-06-15", "2001-06-15T20:00:00Z")]
    [InlineData("\"expiryTime\": \"16:00\", \"timeZone\": \"America/New_York\",", "2001-12-15", "2001-12-15T21:00:00Z")]
    [InlineData("\"expiryTime\": \"02:30\", \"timeZone\": \"America/New_York\",", "2001-04-01", "2001-04-01T07:00:00Z")]
    [InlineData("\"expiryTime\": \"16:00\", \"timeZone\": \"Asia/Kolkata\",", "2001-06-15", "2001-06-15T10:30:00Z")]
    [InlineData("\"expiryTime\": \"16:00\", \"timeZone\": \"America/New_York\",", "2001-06-15T12:00:00Z", "2001-06-15T12:00:00Z")]
    public void A_date_falls_at_the_time_of_the_set(string keys, string expiry, string instant)
    {
        ClearingSet set = Read(keys, expiry);
        Assert.Equal((DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture) - s_asOf).TotalSeconds, set.Instruments[0].YearsToExpiry * 365 * 86_400, 1e-3);
    }

    [Fact]
    public void A_set_that_is_written_reads_back_with_its_clock()
    {
        ClearingSet set = Read("\"expiryTime\": \"16:00:30\", \"timeZone\": \"America/New_York\", \"maximumShock\": 3.5,", "2001-06-15");
        using TemporaryFolder folder = new();
        ClearingSetFiles.Write(set, folder["written"]);
        ClearingSet back = ClearingSetFiles.Read(folder["written"]);
        Assert.Equal(new ExpiryClock(new TimeOnly(16, 0, 30), "America/New_York"), back.Settings.ExpiryClock);
        Assert.Equal(3.5, back.Settings.MaximumShock);
        Assert.Equal(set.Instruments[0].YearsToExpiry, back.Instruments[0].YearsToExpiry);
    }

    static ClearingSet Read(string keys, string expiry)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["run.json"], $$"""{ "asOf": "2001-01-02T16:00:00Z", "currency": "USD", {{keys}} "copula": { "family": "gaussian" } }""");
        File.WriteAllText(folder["factors.csv"], "factor,kind,level,process,variance,marginal\nX,price,100,constant,1e-4,normal\n");
        File.WriteAllText(folder["instruments.csv"], $"instrument,type,underlying,expiry\nF,future,X,{expiry}\n");
        File.WriteAllText(folder["positions.csv"], "account,instrument,quantity\na,F,1\n");
        return ClearingSetFiles.Read(folder.Path);
    }
}
