using FsCheck;
using FsCheck.Fluent;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Margin;

/// <summary>What holds of requirements whatever the book: for books drawn at random.</summary>
public sealed class RequirementPropertyTests
{
    const int Books = 40;

    // Of the shortfalls compared: sums of 20 positions in double precision, twice.
    const double RoundingTolerance = 1e-12;

    static readonly CpuBackend s_backend = new();

    static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(Books);

    static readonly ClearingSet s_shape = PolicySet.Build(null, new VariedSet { Factors = 10, Accounts = 1 }) with { AccountTerms = [], Collateral = [] };

    /// <summary>Up to 20 rows of positions in eighths of a contract.</summary>
    static readonly Arbitrary<PositionTable> s_book = Gen.Choose(1, 20)
        .SelectMany(rows => Gen.Choose(0, s_shape.Instruments.Count - 1).ArrayOf(rows), (_, instruments) => instruments)
        .SelectMany(instruments => Gen.Choose(-40, 40).ArrayOf(instruments.Length), (instruments, eighths) =>
            new PositionTable(new int[instruments.Length], instruments, [.. eighths.Select(eighth => eighth / 8.0)]))
        .ToArbitrary();

    [Fact]
    public void An_isolated_margin_is_the_sum_of_its_positions_margins() => Holds(s_book, book =>
    {
        MarginPolicy policy = PolicySet.EveryComponent with { MinimumMargin = 0, RoundingUnit = 0 };
        int[] held = [.. book.Instrument.Distinct()];
        Requirement together = Requirements(policy, ["all"], book, MarginMode.Isolated)[0];
        IReadOnlyList<Requirement> alone = Requirements(
            policy,
            [.. held.Select(i => $"only {i}")],
            book with { Account = [.. book.Instrument.Select(i => Array.IndexOf(held, i))] },
            MarginMode.Cross);
        Assert.Equal(alone.Sum(r => r.Required), together.Required);
        Assert.Equal(ComponentAmounts.Sum(together.Components.Lines, alone.Select(r => r.Components)), together.Components);
    });

    [Fact]
    public void Scaling_a_book_scales_its_expected_shortfall() => Holds(s_book, book =>
    {
        // By powers of two every product is exact, so the bits are equal.
        double one = Shortfalls(["one"], book)[0], four = Shortfalls(["four"], book with { Quantity = [.. book.Quantity.Select(q => 4 * q)] })[0];
        double seven = Shortfalls(["seven"], book with { Quantity = [.. book.Quantity.Select(q => 7 * q)] })[0];
        Assert.Equal(4 * one, four);
        Assert.InRange(seven - 7 * one, -RoundingTolerance * Gross(book), RoundingTolerance * Gross(book));
    });

    [Fact]
    public void Netting_never_raises_the_expected_shortfall_on_the_same_scenarios() => Holds(s_book, book =>
    {
        int half = book.Count / 2;
        double netted = Shortfalls(["both"], book)[0];
        double apart = Shortfalls(["first", "second"], book with { Account = [.. Enumerable.Range(0, book.Count).Select(row => row < half ? 0 : 1)] }).Sum();
        Assert.True(netted <= apart + RoundingTolerance * Gross(book), $"{netted:R} > {apart:R}");
    });

    [Fact]
    public void More_collateral_never_raises_a_call() => Holds(
        Gen.Choose(0, 1_000_000).ArrayOf(4).ToArbitrary(),
        cents =>
        {
            decimal initial = Math.Max(cents[0], cents[1]) / 100m, maintenance = Math.Min(cents[0], cents[1]) / 100m;
            decimal collateral = cents[2] / 100m, more = collateral + cents[3] / 100m;
            MarginCall call = MarginCall.Of(collateral, initial, maintenance), after = MarginCall.Of(more, initial, maintenance);
            Assert.True(after.Called <= call.Called);
            Assert.True(after.Excess >= call.Excess);
            Assert.True(collateral + call.Called - call.Excess <= initial);
        });

    [Fact]
    public void A_component_that_is_off_changes_nothing_else()
    {
        MarginPolicy all = PolicySet.EveryComponent;
        (Func<MarginPolicy, MarginPolicy> Off, string Column)[] switches =
        [
            (p => p.Without<DependenceAddOn>(), "dependence"),
            (p => p.Without<ConcentrationAddOn>(), "concentration"),
            (p => p.Without<StressedObservations>(), "stressed"),
            (p => p.Without<ProcyclicalityBuffer>(), "buffer"),
            (p => p.Without<LongRunFloor>(), "floor"),
            (p => p.Without<OffsetLimit>(), "offset"),
            (p => p.Without<LiquidityCost>(), "liquidity"),
            (p => p.Without<SamplingError>(), "sampling_error"),
            (p => p.Without<ScenarioGrid>(), "grid"),
            (p => p.Without<ShortOptionMinimum>(), "short_option_minimum"),
        ];
        Assert.Equal(MarginComponents.All.Select(component => component.Column).Order(), switches.Select(component => component.Column).Order());
        foreach ((Func<MarginPolicy, MarginPolicy> off, string column) in switches)
        {
            MarginReport on = MarginCalculator.Calculate(PolicySet.Build(all), s_backend), less = MarginCalculator.Calculate(PolicySet.Build(off(all)), s_backend);
            Assert.Equal(on.ProfitAndLossSha256, less.ProfitAndLossSha256);
            foreach ((AccountMargin before, AccountMargin after) in on.Accounts.Zip(less.Accounts))
            {
                Assert.Equal(before with { Requirement = null }, after with { Requirement = null });
                if (before.Requirement is not null)
                {
                    Assert.Equal(Comparable(before.Requirement.Components, column), Comparable(after.Requirement!.Components, column));
                    Assert.Equal(0, after.Requirement.Components.Find(column) ?? 0);
                    Assert.Equal(before.Requirement.Collateral, after.Requirement!.Collateral);
                }
            }
        }

        // The totals are others, which is what a component is for.
        static IEnumerable<(string, decimal)> Comparable(ComponentAmounts amounts, string off) =>
            amounts.Lines.Select(line => line.Column)
                .Where(column => column != off && column is not ("model" or "calculated") && (column != "stress" || off is not ("dependence" or "concentration")))
                .Select(column => (column, amounts[column]));
    }

    [Fact]
    public void A_policy_changes_no_result_that_there_was_without_it()
    {
        MarginReport without = MarginCalculator.Calculate(PolicySet.Build(null), s_backend);
        MarginReport with = MarginCalculator.Calculate(PolicySet.Build(PolicySet.EveryComponent), s_backend);
        Assert.Equal(without.ProfitAndLossSha256, with.ProfitAndLossSha256);
        Assert.Equal(without.Accounts, with.Accounts.Select(account => account with { Requirement = null }));
    }

    [Fact]
    public void Member_totals_are_the_exact_sums_of_their_requirements()
    {
        MarginReport report = MarginCalculator.Calculate(PolicySet.Build(PolicySet.EveryComponent), s_backend);
        Requirement[] all = [.. report.Accounts.Select(account => account.Requirement).OfType<Requirement>()];
        Assert.Equal(4, report.Members.Count); // two members with house and client accounts
        Assert.Equal(all.Sum(r => r.Required), report.Members.Sum(m => m.Required));
        Assert.Equal(all.Sum(r => r.Called), report.Members.Sum(m => m.Called));
        Assert.All(report.Members, m => Assert.Equal(
            all.Where(r => (r.Member, r.Type) == (m.Member, m.Type)).Sum(r => r.Initial), m.Initial));
        Assert.All(all, r =>
        {
            Assert.Equal(0m, r.Required % PolicySet.EveryComponent.RoundingUnit);
            Assert.InRange(r.Required - Math.Max(r.Components.Calculated, r.Required == 0 ? 0 : (decimal)PolicySet.EveryComponent.MinimumMargin), 0, 0.05m);
            Assert.True(r.Maintenance <= r.Initial);
        });
    }

    static void Holds<T>(Arbitrary<T> values, Action<T> property) => Check.One(s_config, Prop.ForAll(values, property));

    static double[] Shortfalls(string[] accounts, PositionTable positions) =>
        [.. MarginCalculator.Calculate(s_shape with { Accounts = accounts, Positions = positions }, s_backend).Accounts.Select(account => account.ExpectedShortfall.Value)];

    static IReadOnlyList<Requirement> Requirements(MarginPolicy policy, string[] accounts, PositionTable positions, MarginMode mode) =>
    [
        .. MarginCalculator.Calculate(
            s_shape with
            {
                Policy = policy,
                Accounts = accounts,
                Positions = positions,
                AccountTerms = [.. accounts.Select(account => new AccountTerms { Member = "M", Type = AccountType.House, NettingSet = account, Mode = mode })],
                Collateral = [],
            },
            s_backend).Accounts.Select(account => account.Requirement!),
    ];

    // Shocks of a varied set stay below the level: no contract moves by more than its notional does.
    static double Gross(PositionTable book) => Enumerable.Range(0, book.Count).Sum(row => Math.Abs(book.Quantity[row]) * s_notional[book.Instrument[row]]);

    static readonly double[] s_notional = [.. Enumerable.Range(0, s_shape.Instruments.Count).Select(i => new Reference.ReferenceValuation(s_shape).Notional(i))];
}
