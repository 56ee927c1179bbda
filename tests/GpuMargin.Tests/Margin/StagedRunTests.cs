using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.RiskMeasures;
using GpuMargin.Studies;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Margin;

public sealed class StagedRunTests
{
    static readonly int[] s_checkpoints = [192, 256, 384, 512, 700];

    public static TheoryData<Sampling, Importance> Methods => new()
    {
        { Sampling.Philox, Importance.Off },
        { Sampling.Philox, Importance.On },
        { Sampling.Sobol, Importance.Off },
        { Sampling.Sobol, Importance.On },
    };

    // Ten standard deviations below the mean keep one loss a stage, so that every tail lacks some and is computed again.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Tails_at_every_checkpoint_are_those_of_a_run_of_as_many_scenarios(Sampling sampling, Importance importance)
    {
        ValuationRun plan = MarginCalculator.Plan(new VariedSet { Sampling = sampling, Importance = importance }.Build(Precision.Mixed));
        foreach (double deviations in (double[])[StageTail.Deviations, -10])
        {
            StagedRun run = new(plan, s_checkpoints, Length(plan), deviations);
            int[] accounts = [.. Enumerable.Range(0, 7)];
            foreach (int count in s_checkpoints)
            {
                IReadOnlyList<LossTail> tails = Advance(run, accounts);

                EngineResult whole = new CpuBackend().Run(plan with { Scenarios = count, TailLength = run.TailLength });
                Assert.Equal(count, run.Scenarios);
                for (int i = 0; i < accounts.Length; i++)
                {
                    Assert.Equal(whole.Tails[accounts[i]].Scenarios, tails[i].Scenarios);
                    Assert.Equal(whole.Tails[accounts[i]].Losses, tails[i].Losses);
                }

                accounts = accounts.Length > 2 ? accounts[1..] : accounts;
            }

            Assert.Equal(deviations < 0, run.Repeated > 0);
        }
    }

    [Fact]
    public void The_fingerprint_is_the_hash_of_the_stages_and_depends_on_the_accounts_that_are_left()
    {
        ValuationRun plan = MarginCalculator.Plan(new VariedSet().Build(Precision.Mixed));
        string[] roots =
        [
            new CpuBackend().Run(plan with { Scenarios = 192 }).ProfitAndLossSha256,
            new CpuBackend().Run(plan with { FirstScenario = 192, Scenarios = 64, Positions = plan.Positions.Select([1, 4]) }).ProfitAndLossSha256,
        ];
        StagedRun run = new(plan, s_checkpoints, Length(plan));
        Advance(run, [0, 1, 2, 3, 4, 5, 6]);
        Advance(run, [1, 4]);

        byte[] together = [.. roots.SelectMany(Convert.FromHexString)];
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(together)), run.Fingerprint());
    }

    [Fact]
    public void A_number_that_is_not_finite_is_refused_with_the_name_of_its_account()
    {
        ValuationRun plan = MarginCalculator.Plan(new VariedSet().Build(Precision.Double));
        double[] quantity = [.. plan.Positions.Quantity];
        quantity.AsSpan(plan.Positions.Start[4], plan.Positions.Count(4)).Fill(double.MaxValue);
        StagedRun run = new(plan with { Positions = plan.Positions with { Quantity = quantity } }, s_checkpoints, Length(plan));

        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => Advance(run, [1, 4])).Faults);
        Assert.Equal(("account", "A4"), (fault.Column, fault.Found));
    }

    static IReadOnlyList<LossTail> Advance(StagedRun run, IReadOnlyList<int> accounts)
    {
        RunStage stage = run.Next(accounts);
        Valuation.Compute(stage, new CpuBackend(2));
        return stage.Tails;
    }

    static Func<int, int> Length(ValuationRun plan) => n => TailLength.Required(QuantileRanks.For(n, 0.95m), plan.Source.Weights());
}
