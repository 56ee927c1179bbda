using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using Xunit;

namespace GpuMargin.Tests.ClearingSets.Policy;

/// <summary>accounts.csv, collateral.csv, liquidity.csv and stressed observations, as the valid set with a policy has them.</summary>
public sealed class PolicyTablesTests
{
    [Fact]
    public void Accounts_come_in_the_order_of_positions_and_then_those_without()
    {
        using SetFolder folder = SetFolder.WithPolicy();

        ClearingSet set = folder.Read();

        Assert.Equal(["Zeta", "Alpha", "Beta, Ltd", "Gamma", "Cash only"], set.Accounts);
        Assert.Equal(
            [
                new AccountTerms { Member = "Northern", Type = AccountType.House, NettingSet = "Zeta" },
                new AccountTerms { Member = "Northern", Type = AccountType.Client, NettingSet = "Alpha", Mode = MarginMode.Isolated },
                new AccountTerms { Member = "Harbour", Type = AccountType.Client, NettingSet = "desk 7" },
                new AccountTerms { Member = "Harbour", Type = AccountType.Client, NettingSet = "desk 7" },
                new AccountTerms { Member = "Harbour", Type = AccountType.Client, NettingSet = "Cash only" },
            ],
            set.AccountTerms);
    }

    [Fact]
    public void A_haircut_is_the_rows_else_the_policys_else_zero()
    {
        using SetFolder folder = SetFolder.WithPolicy();

        Assert.Equal(
            [
                new CollateralHolding(0, -1, "USD", 1e6, 0),
                new CollateralHolding(0, -1, "EUR", 2e5, 0.05),
                new CollateralHolding(3, 2, "USD", 100, 0.15),
                new CollateralHolding(2, -1, "BTC", 1.5, 0.3),
                new CollateralHolding(4, 2, "EUR", 0, 0.2),
            ],
            folder.Read().Collateral);
    }

    [Fact]
    public void Simulated_collateral_needs_no_haircut()
    {
        using SetFolder folder = SetFolder.WithPolicy()
            .Replacing("policy.json", "\"valuation\": \"haircut\"", "\"valuation\": \"simulated\"").Replacing("collateral.csv", "1.5,,0.3", "1.5,,");

        Assert.Equal(0, folder.Read().Collateral[3].Haircut);
    }

    [Fact]
    public void An_instrument_falls_under_its_own_row_before_its_underlyings()
    {
        using SetFolder folder = SetFolder.WithPolicy();

        ClearingSet set = folder.Read();

        Assert.Equal(new LiquidityTerms { Underlying = 2, HalfSpread = 0.0001, AverageDailyVolume = 5e6, Impact = 0.01 }, set.Liquidity.Rows[0]);
        Assert.Equal(new LiquidityTerms { Instrument = 3, HalfSpread = 0.002, AverageDailyVolume = 40_000, Impact = 0.05 }, set.Liquidity.Rows[1]);
        Assert.Equal([2, 0, 0, 1, 0, 3, 3, 3], set.Liquidity.RowOfInstrument);
    }

    [Fact]
    public void Rows_of_a_stressed_move_are_gathered_under_its_name()
    {
        using SetFolder folder = SetFolder.WithPolicy();

        StressSet stress = folder.Read().Stress;

        Assert.Null(stress.Model);
        Assert.Equal(["October 1987", "Dollar crisis"], stress.Moves.Select(move => move.Name));
        Assert.Equal([new FactorShock(2, -0.2284), new FactorShock(3, 0.9)], stress.Moves[0].Shocks);
        Assert.Equal([new FactorShock(0, 0.08), new FactorShock(4, 0.01)], stress.Moves[1].Shocks);
    }

    [Fact]
    public void A_stress_model_is_put_in_the_order_of_the_factors_with_todays_levels()
    {
        using SetFolder folder = SetFolder.WithStressModel();

        ClearingSet set = folder.Read();

        StressModel model = set.Stress.Model!;
        Assert.Empty(set.Stress.Moves);
        Assert.Equal(set.Factors.Select(factor => (factor.Name, factor.Level)), model.Factors.Select(factor => (factor.Name, factor.Level)));
        Assert.Equal([0.0001, 0.003, 0.0008, 0.002, 4e-7], model.Factors.Select(factor => factor.Variance));
        Assert.Equal([1.5, -2.5, 0.25], model.Factors[2].Residuals);
        Assert.Equal(new Copula(CopulaFamily.StudentT, 3.5), model.Copula);
        Assert.Equal(
            new double[,]
            {
                { 1, 0.21, 0.22, 0.23, 0.11 },
                { 0.21, 1, 0.31, 0.32, 0.12 },
                { 0.22, 0.31, 1, -0.4, 0.13 },
                { 0.23, 0.32, -0.4, 1, 0.14 },
                { 0.11, 0.12, 0.13, 0.14, 1 },
            },
            model.Correlation);
    }

    [Fact]
    public void A_stress_model_without_run_json_has_the_copula_of_the_run()
    {
        using SetFolder folder = SetFolder.WithStressModel();
        File.Delete(folder.PathOf("stress/run.json"));

        ClearingSet set = folder.Read();

        Assert.Equal(set.Settings.Copula, set.Stress.Model!.Copula);
    }

    [Fact]
    public void The_long_run_variance_is_given_else_that_of_the_process()
    {
        // 1 − 0.05 − 0.9 and 1 − 0.03 − 0.1/2 − 0.85 are rounded.
        const int Digits = 15;
        using SetFolder folder = SetFolder.WithPolicy();

        IReadOnlyList<RiskFactor> factors = folder.Read().Factors;

        Assert.Equal(0.000001 / 0.05, factors[0].LongRunVariance, Digits);
        Assert.Equal(0.00005 / 0.07, factors[1].LongRunVariance, Digits);
        Assert.Equal(0.00018, factors[2].LongRunVariance);
        Assert.Equal(0.001, factors[3].LongRunVariance);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_is_read_back(bool model)
    {
        using SetFolder folder = model ? SetFolder.WithStressModel() : SetFolder.WithPolicy();
        ClearingSet set = folder.Read();
        string copy = folder.PathOf("copy");

        ClearingSetFiles.Write(set, copy);

        SetEquality.AssertSame(set, ClearingSetFiles.Read(copy));
        Assert.Equal(set.Inputs.Select(file => file.Name), ClearingSetFiles.Read(copy).Inputs.Select(file => file.Name));
    }

    [Fact]
    public void An_account_without_positions_has_a_margin_of_zero_and_changes_no_other()
    {
        using SetFolder folder = SetFolder.WithPolicy();
        using SetFolder without = SetFolder.WithPolicy()
            .Replacing("accounts.csv", "Cash only,Harbour,client,,\n", "").Replacing("collateral.csv", "Cash only,SPX,0,EUR,\n", "");

        var report = MarginCalculator.Calculate(folder.Read(), new GpuMargin.Backends.CpuBackend());

        Assert.Equal(("Cash only", 0, 0.0), (report.Accounts[4].Account, report.Accounts[4].Positions, report.Accounts[4].Margin));
        Assert.Equal(MarginCalculator.Calculate(without.Read(), new GpuMargin.Backends.CpuBackend()).Accounts, report.Accounts.Take(4));
    }
}
