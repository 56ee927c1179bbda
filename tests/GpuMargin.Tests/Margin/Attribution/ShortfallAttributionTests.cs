using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Margin.Attribution;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Margin.Attribution;

/// <summary>Component expected shortfall against sums, against sets with one position each and against runs without a position.</summary>
public sealed class ShortfallAttributionTests
{
    static readonly VariedSet s_varied = new() { Instruments = 60, Accounts = 5, Positions = 15, Scenarios = 700 };

    public static TheoryData<string, Precision> Sets
    {
        get
        {
            TheoryData<string, Precision> data = [];
            foreach (string name in (string[])["random", "importance", "sobol", "sobol, importance", "american", "additive, curves"])
            {
                data.Add(name, Precision.Mixed);
                data.Add(name, Precision.Double);
            }

            return data;
        }
    }

    static ClearingSet Set(string name, Precision precision) => (name switch
    {
        "random" => s_varied,
        "importance" => s_varied with { Importance = Importance.On },
        "sobol" => s_varied with { Sampling = Sampling.Sobol, Importance = Importance.Off },
        "sobol, importance" => s_varied with { Sampling = Sampling.Sobol },
        "american" => s_varied with { Factors = 10, American = precision == Precision.Mixed, OnFutures = true },
        _ => s_varied with { Additive = true, Curves = true },
    }).Build(precision);

    [Theory]
    [MemberData(nameof(Sets))]
    public void Components_sum_to_the_expected_shortfall(string name, Precision precision)
    {
        ClearingSet set = Set(name, precision);
        MarginReport report = MarginCalculator.Calculate(set, new CpuBackend());

        Dictionary<string, PositionTail> tails = Tails(set);

        Assert.Equal(set.Accounts.Count, tails.Count);
        Assert.All(report.Accounts, margin =>
        {
            PositionTail tail = tails[margin.Account];
            double sum = Enumerable.Range(0, tail.Instruments.Count).Sum(position => tail.Part(position).Component);
            Assert.Equal(margin.ExpectedShortfall.Value, sum, 1e-12 * Gross(set, tail));
            Assert.Equal(sum, tail.Whole.Component, 1e-12 * Gross(set, tail));
        });
    }

    [Theory]
    [InlineData("random")]
    [InlineData("sobol, importance")]
    public void A_component_is_the_mean_loss_of_the_position_in_the_accounts_tail(string name)
    {
        ClearingSet set = Set(name, Precision.Double);
        ClearingSet alone = Alone(set);
        double[,] pnl = Visited.ProfitAndLoss(new CpuBackend(), MarginCalculator.Plan(alone));
        var weights = MarginCalculator.Plan(set).Source.Weights();

        Assert.All(Tails(set).Values, tail =>
        {
            int[] rows = [.. Enumerable.Range(0, alone.Accounts.Count).Where(row => alone.Accounts[row].StartsWith(tail.Account + "/", StringComparison.Ordinal))];
            Assert.Equal(rows.Length, tail.Instruments.Count);
            double[] losses = [.. Enumerable.Range(0, set.Settings.Scenarios).Select(s => -rows.Sum(row => pnl[s, row]))];
            double left = (double)(set.Settings.Scenarios * (1 - set.Settings.Confidence)), m = left;
            double[] means = new double[rows.Length];
            foreach (int scenario in Enumerable.Range(0, losses.Length).OrderByDescending(s => losses[s]))
            {
                double share = Math.Min(weights.Of(scenario), left) / m;
                for (int i = 0; i < rows.Length; i++)
                {
                    means[i] -= share * pnl[scenario, rows[i]];
                }

                left -= share * m;
            }

            for (int i = 0; i < rows.Length; i++)
            {
                int position = Enumerable.Range(0, rows.Length).Single(p => alone.Accounts[rows[i]] == $"{tail.Account}/{tail.Instruments[p]}");
                Assert.Equal(means[i], tail.Part(position).Component, 1e-10 * Gross(set, tail));
            }
        });
    }

    [Theory]
    [InlineData("random")]
    [InlineData("sobol, importance")]
    public void What_a_position_adds_is_the_difference_to_a_run_without_it(string name)
    {
        ClearingSet set = Set(name, Precision.Double);
        PositionTail tail = Tails(set)[set.Accounts[0]];
        double all = MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0].ExpectedShortfall.Value;

        double[] incremental = IncrementalShortfall.Of(set, 0, new CpuBackend());

        Assert.Equal(tail.Instruments.Count, incremental.Length);
        for (int position = 0; position < incremental.Length; position++)
        {
            double without = MarginCalculator.Calculate(Without(set, tail.Instruments[position]), new CpuBackend()).Accounts[0].ExpectedShortfall.Value;
            Assert.Equal(all - without, incremental[position], 1e-12 * Gross(set, tail));
        }
    }

    [Fact]
    public void An_account_that_holds_nothing_has_no_parts()
    {
        ClearingSet set = Set("random", Precision.Mixed);
        set = set with { Accounts = [.. set.Accounts, "EMPTY"] };

        PositionTail tail = Tails(set)["EMPTY"];

        Assert.Empty(tail.Instruments);
        Assert.Equal(default, tail.Whole);
    }

    internal static Dictionary<string, PositionTail> Tails(ClearingSet set)
    {
        Dictionary<string, PositionTail> tails = [];
        ShortfallAttribution.Of(set, [.. Enumerable.Range(0, set.Accounts.Count)], new CpuBackend(), tail => tails.Add(tail.Account, tail));
        return tails;
    }

    static ClearingSet Without(ClearingSet set, int instrument)
    {
        int[] rows = [.. Enumerable.Range(0, set.Positions.Count).Where(row => set.Positions.Account[row] != 0 || set.Positions.Instrument[row] != instrument)];
        return set with { Positions = new PositionTable([.. rows.Select(row => set.Positions.Account[row])], [.. rows.Select(row => set.Positions.Instrument[row])], [.. rows.Select(row => set.Positions.Quantity[row])]) };
    }

    /// <summary>Every merged position as an account of its own, called account/instrument.</summary>
    static ClearingSet Alone(ClearingSet set)
    {
        var held = Enumerable.Range(0, set.Positions.Count)
            .GroupBy(row => (Account: set.Positions.Account[row], Instrument: set.Positions.Instrument[row]), row => set.Positions.Quantity[row])
            .Select(group => (group.Key.Account, group.Key.Instrument, Quantity: group.Sum())).Where(position => position.Quantity != 0).ToArray();
        return set with
        {
            Accounts = [.. held.Select(position => $"{set.Accounts[position.Account]}/{position.Instrument}")],
            Positions = new PositionTable([.. Enumerable.Range(0, held.Length)], [.. held.Select(position => position.Instrument)], [.. held.Select(position => position.Quantity)]),
        };
    }

    /// <summary>Σ |quantity|·multiplier·price, as far as both precisions know it.</summary>
    static double Gross(ClearingSet set, PositionTail tail) => 1 + Enumerable.Range(0, tail.Instruments.Count).Sum(position =>
    {
        Instrument instrument = set.Instruments[tail.Instruments[position]];
        return Math.Abs(tail.Quantities[position]) * instrument.Multiplier * Math.Abs(set.Factors[instrument.Underlying].Level);
    });
}
