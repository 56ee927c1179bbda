using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Margin;

/// <summary>Which runs a policy makes, and that it does not matter which.</summary>
public sealed class RequirementRunTests
{
    static readonly MarginPolicy s_unscaled = PolicySet.EveryComponent with { Base = new BaseMargin() };

    [Theory]
    [InlineData(Sampling.Philox, Importance.Off)]
    [InlineData(Sampling.Sobol, Importance.On)]
    public void Books_that_are_accounts_are_simulated_with_them_and_have_the_bits_of_books_that_are_not(Sampling sampling, Importance importance)
    {
        ClearingSet set = Alone(PolicySet.Build(s_unscaled, new VariedSet { Factors = 10, Sampling = sampling, Importance = importance }));
        // Account 4 is left without positions.
        set = set with { Positions = set.Positions with { Account = [.. set.Positions.Account.Select(account => account == 4 ? 5 : account)] } };
        MarginReport together = MarginCalculator.Calculate(set, new CpuBackend());
        int isolated = set.Positions.Account[0];
        AccountTerms[] terms = [.. set.AccountTerms];
        terms[isolated] = terms[isolated] with { Mode = MarginMode.Isolated };
        MarginReport apart = MarginCalculator.Calculate(set with { AccountTerms = terms }, new CpuBackend());
        Assert.All([together, apart], report => Assert.DoesNotContain(report.Stages, stage => stage.Stage == "books"));

        for (int account = 0; account < 7; account++)
        {
            if (account != isolated)
            {
                Assert.Equal(apart.Accounts[account], together.Accounts[account]);
            }
        }
    }

    [Fact]
    public void The_parts_behind_the_accounts_leave_the_fingerprint_as_it_is()
    {
        ClearingSet set = Alone(PolicySet.Build(s_unscaled));
        Assert.Equal(
            MarginCalculator.Calculate(set with { Policy = null }, new CpuBackend()).ProfitAndLossSha256,
            MarginCalculator.Calculate(set, new CpuBackend()).ProfitAndLossSha256);
    }

    [Fact]
    public void Amounts_that_would_not_sum_exactly_are_refused()
    {
        ClearingSet set = PolicySet.Build(new MarginPolicy());
        double[] quantity = [.. set.Positions.Quantity.Select(q => q * 1e16)];
        RefusedInputException refused = Assert.Throws<RefusedInputException>(() =>
            MarginCalculator.Calculate(set with { Positions = set.Positions with { Quantity = quantity } }, new CpuBackend()));
        Assert.Contains("below 1e15", refused.Faults[0].Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_that_takes_amounts_beyond_exact_sums_is_refused()
    {
        RefusedInputException refused = Assert.Throws<RefusedInputException>(() =>
            MarginCalculator.Calculate(PolicySet.Build(new MarginPolicy { Levels = new MarginLevels { Initial = 1e300 } }), new CpuBackend()));
        Assert.Contains("a factor of policy.json", refused.Faults[0].Expected, StringComparison.Ordinal);
    }

    // Every account a netting set of its own, all positions cross.
    static ClearingSet Alone(ClearingSet set) => set with
    {
        AccountTerms = [.. set.AccountTerms.Select((terms, account) => terms with { NettingSet = set.Accounts[account], Mode = MarginMode.Cross })],
    };
}
