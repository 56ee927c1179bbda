using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Kernels;
using GpuMargin.Revaluation;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Revaluation.American;
using Xunit;

namespace GpuMargin.Tests.Backends;

/// <summary>What every backend must show: the bits of the scalar one-thread processor, whatever the shape of the clearing set.</summary>
public abstract class BackendSuite
{
    static readonly Dictionary<string, VariedSet> s_sets = new()
    {
        ["one of each"] = new() { Factors = 1, Instruments = 1, Accounts = 1, Positions = 1, Scenarios = 1 },
        ["two of each"] = new() { Factors = 2, Instruments = 2, Accounts = 2, Positions = 3, Scenarios = 2 },
        ["three factors, every instrument type"] = new() { Factors = 3, Instruments = 7, Accounts = 3, Positions = 9, Scenarios = 100, Ageing = Ageing.Horizon },
        ["four factors, Gaussian copula"] = new() { Factors = 4, Copula = VariedSet.Gaussian, Scenarios = 257 },
        ["five factors, no horizon"] = new() { Horizon = 0, Scenarios = 129 },
        ["five factors, one day"] = new() { Horizon = 1, Accounts = 63 },
        ["five factors, five days, aged"] = new() { Horizon = 5, Accounts = 64, Ageing = Ageing.Horizon, Scenarios = 443 },
        ["seventeen factors, 65 accounts"] = new() { Factors = 17, Accounts = 65, Instruments = 119, Positions = 60, Scenarios = 192 },
        ["six factors, Sobol points, three days"] = new() { Factors = 6, Horizon = 3, Sampling = Sampling.Sobol, Scenarios = 200 },
        ["nine factors, Sobol points, Gaussian copula"] = new() { Factors = 9, Sampling = Sampling.Sobol, Copula = VariedSet.Gaussian, Scenarios = 77 },
        ["five factors, Sobol points by importance, five days"] = new() { Horizon = 5, Sampling = Sampling.Sobol, Importance = Importance.On, Scenarios = 144 },
        ["five factors, importance, two days"] = new() { Importance = Importance.On, Scenarios = 130 },
        ["five factors, an additive one"] = new() { Instruments = 84, Positions = 60, Additive = true, Scenarios = 130 },
        ["eight factors, an additive one, curves, aged"] = new() { Factors = 8, Instruments = 168, Positions = 90, Additive = true, Curves = true, Ageing = Ageing.Horizon, Scenarios = 130 },
        ["eight factors, curves, aged"] = new() { OnFutures = true, Factors = 8, Instruments = 84, Positions = 60, Curves = true, Ageing = Ageing.Horizon, Scenarios = 130 },
        ["eight factors, curves, deep options"] = new() { Factors = 8, Instruments = 84, Positions = 60, Curves = true, Depth = 1e6, Scenarios = 130 },
        ["five factors, American options"] = new() { Instruments = 84, Positions = 60, American = true, OnFutures = true, Scenarios = 130 },
        ["eight factors, American options, curves, aged"] = new() { Factors = 8, Instruments = 84, Positions = 60, American = true, OnFutures = true, Curves = true, Ageing = Ageing.Horizon, Scenarios = 130 },
        ["five factors, American options, deep"] = new() { Instruments = 84, Positions = 60, American = true, OnFutures = true, Depth = 100, Scenarios = 130 },
        ["five factors, deep options"] = new() { Instruments = 84, Positions = 60, Depth = 1e6, Scenarios = 130 },
        ["twenty factors, surfaces"] = new() { Factors = 20, Instruments = 84, Positions = 60, Surfaces = true, Additive = true, OnFutures = true, Scenarios = 130 },
        ["twenty factors, surfaces, curves, aged"] = new() { Factors = 20, Instruments = 84, Positions = 60, Surfaces = true, Curves = true, OnFutures = true, Ageing = Ageing.Horizon, Scenarios = 130 },
        ["twenty factors, surfaces, deep options"] = new() { Factors = 20, Instruments = 84, Positions = 60, Surfaces = true, Curves = true, Depth = 1e6, Scenarios = 130 },
        ["twenty factors, surfaces, American options"] = new() { Factors = 20, Instruments = 84, Positions = 60, Surfaces = true, American = true, OnFutures = true, Scenarios = 130 },
        ["1023 instruments"] = new() { Instruments = 1023, Accounts = 3, Positions = 500, Scenarios = 130, Copula = VariedSet.Gaussian },
        ["1024 instruments"] = new() { Instruments = 1024, Accounts = 3, Positions = 500, Scenarios = 64 },
        ["1025 instruments, 129 accounts"] = new() { Factors = 17, Instruments = 1025, Accounts = 129, Positions = 400, Scenarios = 193 },
        ["2049 instruments, few positions"] = new() { Instruments = 2049, Accounts = 9, Positions = 33, Scenarios = 65 },
        ["3500 instruments, few positions"] = new() { Instruments = 3500, Accounts = 9, Positions = 90, Scenarios = 66 },
    };

    static readonly CpuBackend s_reference = new(threads: 1, LaneWidth.Scalar, ProfitAndLossHash.LeafScenarios);

    /// <summary>Every configuration to hold against the reference on this machine.</summary>
    protected abstract IReadOnlyList<IBackend> Backends { get; }

    public static TheoryData<string, Precision> Sets()
    {
        TheoryData<string, Precision> data = [];
        foreach (string name in s_sets.Keys)
        {
            data.Add(name, Precision.Double);
            data.Add(name, Precision.Mixed);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Profit_and_loss_tails_and_margins_have_the_bits_of_the_scalar_thread(string name, Precision precision)
    {
        ClearingSet set = s_sets[name].Build(precision);
        ValuationRun plan = MarginCalculator.Plan(set);
        ExpectedResult expected = ExpectedResult.Of(Visited.ProfitAndLoss(s_reference, plan), set.Settings.Scenarios, plan.TailLength);
        foreach (IBackend backend in Backends)
        {
            expected.AssertSame(backend.Run(plan), backend.Device);
        }

        if (QuantileRanks.For(set.Settings.Scenarios, set.Settings.Confidence).Whole >= 1)
        {
            Assert.Equal(MarginCalculator.Calculate(set, s_reference).Accounts, MarginCalculator.Calculate(set, Backends[^1]).Accounts);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Visits_have_the_bits_of_the_scalar_thread(string name, Precision precision)
    {
        ValuationRun plan = MarginCalculator.Plan(s_sets[name].Build(precision));
        double[,] shocks = Visited.Scenarios(s_reference, plan);
        double[,] profitAndLoss = Visited.ProfitAndLoss(s_reference, plan);
        foreach (IBackend backend in Backends)
        {
            Assert.True(SameBits(shocks, Visited.Scenarios(backend, plan)), $"{backend.Device}: other shocks.");
            Assert.True(SameBits(profitAndLoss, Visited.ProfitAndLoss(backend, plan)), $"{backend.Device}: other P&L.");
        }
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void Instruments_read_the_shocks_of_days_before_the_horizon(Precision precision)
    {
        ValuationRun one = Plan(1), three = Plan(3);
        double[,] dayOne = Visited.ProfitAndLoss(s_reference, one), dayThree = Visited.ProfitAndLoss(s_reference, three);
        ShockRows both = new(one.Source.Factors, 1, 3);
        double[,] first = Visited.Scenarios(s_reference, one), last = Visited.Scenarios(s_reference, three);
        GivenScenarios written = new()
        {
            Name = "written down",
            Rows = both,
            Shocks = [.. Enumerable.Range(0, one.Scenarios).SelectMany(s => Enumerable.Range(0, both.Count).Select(row => row < both.Factors ? first[s, row] : last[s, row - both.Factors]))],
        };
        foreach (IBackend backend in Backends)
        {
            ValuationRun early = three with { Instruments = one.Instruments with { Shocks = both } };
            Assert.True(SameBits(dayOne, Visited.ProfitAndLoss(backend, early)), $"{backend.Device}: other P&L on day 1.");
            Assert.True(SameBits(dayOne, Visited.ProfitAndLoss(backend, early with { Source = written })), $"{backend.Device}: other P&L on day 1 of given shocks.");
            ValuationRun late = three with { Instruments = At(three.Instruments, both) };
            Assert.True(SameBits(dayThree, Visited.ProfitAndLoss(backend, late)), $"{backend.Device}: other P&L on day 3.");
            Assert.True(SameBits(Visited.Scenarios(backend, three), Visited.Scenarios(backend, early)), $"{backend.Device}: other shocks.");
        }

        ValuationRun Plan(int horizon) => MarginCalculator.Plan(new VariedSet { Factors = 10, Instruments = 28, Horizon = horizon }.Build(precision));

        static InstrumentPlan At(InstrumentPlan plan, ShockRows rows) => plan with
        {
            Shocks = rows,
            UnderlyingShock = Array.ConvertAll(plan.UnderlyingShock, factor => rows.At(rows.Days[^1], factor)),
            RateShock = Array.ConvertAll(plan.RateShock, factor => rows.At(rows.Days[^1], factor)),
            SecondRateShock = Array.ConvertAll(plan.SecondRateShock, factor => rows.At(rows.Days[^1], factor)),
            VolatilityShock = Array.ConvertAll(plan.VolatilityShock, factor => rows.At(rows.Days[^1], factor)),
            FxShock = Array.ConvertAll(plan.FxShock, factor => rows.At(rows.Days[^1], factor)),
        };
    }

    [Theory]
    [InlineData(Precision.Double, Sampling.Philox)]
    [InlineData(Precision.Mixed, Sampling.Philox)]
    [InlineData(Precision.Mixed, Sampling.Sobol)]
    public void What_is_read_on_other_days_too_leaves_the_bits_of_what_is_read_at_the_horizon(Precision precision, Sampling sampling)
    {
        ClearingSet set = new VariedSet { Factors = 10, Instruments = 28, Horizon = 4, Ageing = Ageing.Horizon, Sampling = sampling }.Build(precision);
        ValuationRun alone = MarginCalculator.Plan(set with { Policy = new MarginPolicy { Depegs = [new DepegJump(3, 0.2, 0.5)] } });
        double[,] expected = Visited.ProfitAndLoss(s_reference, alone);

        // Every instrument once more, on days 1 to 4 in turn.
        int n = set.Instruments.Count;
        InstrumentPlan twice = InstrumentPlanner.Plan(
            set.Settings, set.Factors, new ReadInstruments([.. set.Instruments, .. set.Instruments], [.. Enumerable.Repeat(4, n), .. Enumerable.Range(0, n).Select(i => 1 + i % 4)], n, 4));
        PositionTable others = set.Positions with { Instrument = [.. set.Positions.Instrument.Select(instrument => n + instrument)] };
        ValuationRun both = alone with
        {
            Instruments = twice,
            Positions = alone.Positions.With(PositionRows.From(others, alone.Positions.Keys, twice), RemainderRows.None),
        };
        double[,] reference = Visited.ProfitAndLoss(s_reference, both);
        for (int s = 0; s < expected.GetLength(0); s++)
        {
            for (int account = 0; account < expected.GetLength(1); account++)
            {
                Assert.Equal(expected[s, account], reference[s, account]);
            }
        }

        foreach (IBackend backend in Backends)
        {
            Assert.True(SameBits(reference, Visited.ProfitAndLoss(backend, both)), $"{backend.Device}: other P&L.");
        }
    }

    [Theory]
    [InlineData(Precision.Double, Ageing.None)]
    [InlineData(Precision.Mixed, Ageing.Horizon)]
    public void Cash_dividends_have_the_bits_of_the_scalar_thread(Precision precision, Ageing ageing)
    {
        foreach (ClearingSet set in (ClearingSet[])[DividendSet.Of(precision, ageing), DividendOptionSet.Of(precision, ageing)])
        {
            ValuationRun run = MarginCalculator.Plan(set);
            double[,] expected = Visited.ProfitAndLoss(s_reference, run);
            foreach (IBackend backend in Backends)
            {
                Assert.True(SameBits(expected, Visited.ProfitAndLoss(backend, run)), $"{backend.Device}: other P&L.");
            }
        }
    }

    // The scenario counts go round the configurations.
    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void More_scenarios_change_no_earlier_one(Precision precision)
    {
        const int Most = 443;
        VariedSet shape = new() { Factors = 3, Instruments = 14, Accounts = 3, Positions = 10, Scenarios = Most };
        ClearingSet set = shape.Build(precision);
        ValuationRun all = MarginCalculator.Plan(set);
        double[,] profitAndLoss = Visited.ProfitAndLoss(s_reference, all);
        foreach (int scenarios in Enumerable.Range(1, 257).Append(Most))
        {
            ValuationRun plan = all with
            {
                Scenarios = scenarios,
                TailLength = TailLength.Required(scenarios, set.Settings.Confidence),
            };
            ExpectedResult expected = ExpectedResult.Of(profitAndLoss, scenarios, plan.TailLength);
            IBackend backend = Backends[scenarios % Backends.Count];
            expected.AssertSame(backend.Run(plan), $"{scenarios} scenarios on {backend.Device}");
        }
    }

    /// <summary>Points without direction numbers, as when factors and days have more dimensions than there are direction numbers.</summary>
    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void Dimensions_without_direction_numbers_have_the_bits_of_the_scalar_thread(Precision precision)
    {
        const int Tabulated = 7;
        ValuationRun all = MarginCalculator.Plan(new VariedSet { Horizon = 3, Sampling = Sampling.Sobol, Scenarios = 80 }.Build(precision));
        ValuationRun plan = all with
        {
            Source = ((ScenarioPlan)all.Source) with
            {
                Sobol = ((ScenarioPlan)all.Source).Sobol! with { Directions = ((ScenarioPlan)all.Source).Sobol!.Directions[..(Tabulated * SobolPoint.Bits)] },
            },
        };
        double[,] shocks = Visited.Scenarios(s_reference, plan);
        Assert.False(SameBits(shocks, Visited.Scenarios(s_reference, all)));
        foreach (IBackend backend in Backends)
        {
            Assert.True(SameBits(shocks, Visited.Scenarios(backend, plan)), $"{backend.Device}: other shocks.");
        }
    }

    // 256 is where stages of a run part; two of seven accounts are left, one of them without positions.
    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void A_later_stage_of_fewer_accounts_has_the_bits_of_the_whole_run(Precision precision)
    {
        const int First = 256;
        int[] accounts = [2, 5];
        ValuationRun all = MarginCalculator.Plan(new VariedSet { Instruments = 1100, Accounts = 7, Positions = 90, Scenarios = 443 }.Build(precision));
        double[,] whole = Visited.ProfitAndLoss(s_reference, all);
        double[,] rest = new double[443 - First, accounts.Length];
        for (int s = 0; s < rest.GetLength(0); s++)
        {
            for (int i = 0; i < accounts.Length; i++)
            {
                rest[s, i] = whole[First + s, accounts[i]];
            }
        }

        ValuationRun stage = all with
        {
            FirstScenario = First,
            Scenarios = 443 - First,
            Positions = all.Positions.Select(accounts),
            TailLength = 20,
        };
        ExpectedResult counted = ExpectedResult.Of(rest, rest.GetLength(0), stage.TailLength);
        ExpectedResult expected = counted with { Tails = [.. counted.Tails.Select(tail => tail with { Scenarios = [.. tail.Scenarios.Select(s => s + First)] })] };
        foreach (IBackend backend in Backends)
        {
            expected.AssertSame(backend.Run(stage), backend.Device);
            int next = First;
            backend.VisitProfitAndLoss(stage, (first, rows, values) =>
            {
                Assert.Equal(next, first);
                for (int row = 0; row < rows; row++)
                {
                    for (int i = 0; i < accounts.Length; i++)
                    {
                        Assert.Equal(whole[first + row, accounts[i]], values[row * accounts.Length + i]);
                    }
                }

                next += rows;
            });
            Assert.Equal(443, next);
        }
    }

    /// <summary>Scenarios as no draw would order them: what a run expects of later ones from earlier ones is wrong for most accounts.</summary>
    [Theory]
    [InlineData(Precision.Mixed)]
    [InlineData(Precision.Double)]
    public void Tails_are_whole_where_the_worst_scenarios_come_first(Precision precision)
    {
        ValuationRun plan = MarginCalculator.Plan(new VariedSet { Factors = 4, Accounts = 70, Scenarios = 3_000 }.Build(precision));
        plan = plan with
        {
            TailLength = 400,
            Source = ((ScenarioPlan)plan.Source) with { Jumps = [.. Enumerable.Range(0, 4).Select(factor => new FactorJump(factor, 1, -1, [.. Enumerable.Range(0, 350)]))] },
        };
        ExpectedResult expected = ExpectedResult.Of(Visited.ProfitAndLoss(s_reference, plan), 3_000, plan.TailLength);
        foreach (IBackend backend in Backends)
        {
            expected.AssertSame(backend.Run(plan), backend.Device);
        }
    }

    /// <summary>600 rows of neighbouring instruments, as the positions on one underlying, in several bands; some hold two runs, one holds nothing.</summary>
    [Theory]
    [InlineData(Precision.Double, Sampling.Philox)]
    [InlineData(Precision.Mixed, Sampling.Philox)]
    [InlineData(Precision.Mixed, Sampling.Sobol)]
    public void Narrow_rows_have_the_bits_of_the_scalar_thread(Precision precision, Sampling sampling)
    {
        const int Rows = 600, Instruments = 1100, Scenarios = 1_500;
        ValuationRun plan = MarginCalculator.Plan(new VariedSet { Factors = 10, Instruments = Instruments, Scenarios = Scenarios, Sampling = sampling }.Build(precision));
        int[] at = new int[Instruments];
        for (int i = 0; i < Instruments; i++)
        {
            at[plan.Instruments.PlaceOf[i]] = i;
        }

        (int Row, int Instrument, double Quantity)[] held = [.. Enumerable.Range(0, Rows).Where(row => row != 300).SelectMany(row =>
            Enumerable.Range(0, 1 + row % 37).Select(k => (row, at[Math.Min(row * 2 + k, Instruments - 1)], k % 2 == 0 ? k + 1.0 : -0.5 * k)))];
        PositionTable table = new([.. held.Select(position => position.Row)], [.. held.Select(position => position.Instrument)], [.. held.Select(position => position.Quantity)]);
        plan = plan with
        {
            Positions = PositionRows.From(table, [.. Enumerable.Range(0, Rows).Select(row => RowKey.Account($"{row}"))], plan.Instruments),
            TailLength = 20,
            FingerprintRows = 0,
        };
        ExpectedResult expected = ExpectedResult.Of(Visited.ProfitAndLoss(s_reference, plan), Scenarios, plan.TailLength, fingerprinted: 0);
        foreach (IBackend backend in Backends)
        {
            expected.AssertSame(backend.Run(plan), backend.Device);
        }
    }

    /// <summary>130 accounts of up to 40 positions in two blocks of instruments under perfect correlation, some factors on the other side; tails of 20 of 24 tiles, the last a short one.</summary>
    [Theory]
    [InlineData(Precision.Double, Importance.Off, 0)]
    [InlineData(Precision.Mixed, Importance.Off, 0)]
    [InlineData(Precision.Mixed, Importance.On, 0)]
    [InlineData(Precision.Mixed, Importance.Off, 640)]
    public void Factors_that_follow_one_normal_have_the_bits_of_the_scalar_thread(Precision precision, Importance importance, int first)
    {
        const int Factors = 10, Scenarios = 1_500;
        ValuationRun plan = MarginCalculator.Plan(
            new VariedSet { Factors = Factors, Instruments = 1100, Accounts = 130, Positions = 40, Horizon = 1, Scenarios = Scenarios, Importance = importance }.Build(precision));
        double[] one = [.. Enumerable.Range(0, Factors).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => j > 0 ? 0.0 : i % 5 == 1 ? -1 : 1))];
        plan = plan with { Source = (ScenarioPlan)plan.Source with { CorrelationFactor = one }, Scenarios = first + Scenarios, TailLength = 20, FingerprintRows = 0 };
        double[,] whole = Visited.ProfitAndLoss(s_reference, plan);
        double[,] range = new double[Scenarios, 130];
        Array.Copy(whole, first * 130, range, 0, range.Length);
        plan = plan.Range(first, Scenarios);
        ExpectedResult expected = ExpectedResult.Of(range, Scenarios, plan.TailLength, fingerprinted: 0);
        expected = expected with { Tails = [.. expected.Tails.Select(tail => tail with { Scenarios = [.. tail.Scenarios.Select(scenario => first + scenario)] })] };
        foreach (IBackend backend in Backends)
        {
            expected.AssertSame(backend.Run(plan), backend.Device);
        }
    }

    /// <summary>67 remainders of 130 accounts, of which the fingerprint covers none, some, or more than a leaf's; one account is empty.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(5, true)]
    [InlineData(65, false)]
    public void Remainders_are_rows_less_other_rows_and_only_some_accounts_are_fingerprinted(int fingerprinted, bool worstFirst)
    {
        ValuationRun plan = MarginCalculator.Plan(new VariedSet { Factors = 4, Accounts = 130, Scenarios = 1_500 }.Build(Precision.Mixed));
        int[][] less = [.. Enumerable.Range(0, 67).Select(r => r % 3 == 0 ? new[] { 70 + r % 60 } : [129 - r % 50, 66, 68 + r % 7])];
        RemainderRows remainders = new(
            [.. Enumerable.Range(0, less.Length)], [0, .. Enumerable.Range(1, less.Length).Select(r => less[..r].Sum(rows => rows.Length))], [.. less.SelectMany(rows => rows)]);
        plan = plan with
        {
            TailLength = 200,
            Source = worstFirst ? (ScenarioPlan)plan.Source with { Jumps = [new FactorJump(0, 1, -1, [.. Enumerable.Range(0, 170)])] } : plan.Source,
        };
        double[,] accounts = Visited.ProfitAndLoss(s_reference, plan);
        double[,] all = new double[1_500, 130 + less.Length];
        for (int s = 0; s < 1_500; s++)
        {
            for (int a = 0; a < 130; a++)
            {
                all[s, a] = accounts[s, a];
            }

            for (int r = 0; r < less.Length; r++)
            {
                all[s, 130 + r] = less[r].Aggregate(accounts[s, r], (rest, row) => rest - accounts[s, row]);
            }
        }

        plan = plan with { Positions = plan.Positions with { Remainders = remainders }, FingerprintRows = fingerprinted };
        ExpectedResult expected = ExpectedResult.Of(all, 1_500, plan.TailLength, fingerprinted);
        foreach (IBackend backend in Backends)
        {
            expected.AssertSame(backend.Run(plan), backend.Device);
            Assert.True(all.Cast<double>().SequenceEqual(Visited.ProfitAndLoss(backend, plan).Cast<double>()), $"{backend.Device}: other P&L.");
        }
    }

    [Theory]
    [InlineData(Precision.Double, 0.02, Sampling.Philox)]
    [InlineData(Precision.Mixed, 0.02, Sampling.Philox)]
    [InlineData(Precision.Mixed, 1, Sampling.Sobol)]
    public void A_jump_has_the_bits_of_the_scalar_thread(Precision precision, double probability, Sampling sampling)
    {
        ClearingSet set = new VariedSet { Scenarios = 443, Sampling = sampling }.Build(precision);
        double[,] still = Visited.Scenarios(s_reference, MarginCalculator.Plan(set));
        ValuationRun plan = MarginCalculator.Plan(set with { Policy = new MarginPolicy { Depegs = [new DepegJump(3, probability, 0.5)] } });
        double[,] jumped = Visited.Scenarios(s_reference, plan);
        int[] scenarios = [.. ((ScenarioPlan)plan.Source).Jumps.SelectMany(jump => jump.Scenarios)];
        const double SumTolerance = 1e-7; // the sum of two shocks below 1 is rounded to the working precision: 2⁻²⁴ of it
        double fall = Math.Log(0.5);
        for (int s = 0; s < 443; s++)
        {
            Assert.InRange(jumped[s, 3] - still[s, 3] - (scenarios.Contains(s) ? fall : 0), -SumTolerance, SumTolerance);
            Assert.Equal(still[s, 0], jumped[s, 0]);
        }

        foreach (IBackend backend in Backends)
        {
            Assert.True(SameBits(jumped, Visited.Scenarios(backend, plan)), $"{backend.Device}: other shocks.");
        }
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void Given_shocks_have_the_bits_of_the_simulation_that_drew_them(Precision precision)
    {
        ValuationRun drawn = MarginCalculator.Plan(new VariedSet { Factors = 6, Accounts = 9, Scenarios = 443, Horizon = 3 }.Build(precision));
        double[,] shocks = Visited.Scenarios(s_reference, drawn);
        ValuationRun given = drawn with
        {
            Source = new GivenScenarios { Name = "given", Rows = new ShockRows(6, 3), Shocks = [.. shocks.Cast<double>()] },
        };
        ExpectedResult expected = ExpectedResult.Of(Visited.ProfitAndLoss(s_reference, drawn), 443, drawn.TailLength);
        foreach (IBackend backend in Backends)
        {
            expected.AssertSame(backend.Run(given), backend.Device);
            Assert.True(SameBits(shocks, Visited.Scenarios(backend, given)), $"{backend.Device}: other shocks.");
            expected.AssertSame(CutRun.Merge(given.Cut(3), [.. given.Cut(3).Select(part => backend.Run(part))]), backend.Device);
        }
    }

    // Each part on another backend; 443 scenarios end in the middle of a leaf, 70 accounts make two.
    [Theory]
    [InlineData(Sampling.Philox, Fingerprint.XxhLeaves)]
    [InlineData(Sampling.Philox, Fingerprint.Sha256Leaves)]
    [InlineData(Sampling.Sobol, Fingerprint.XxhLeaves)]
    public void A_run_in_four_parts_merges_to_its_bits_whoever_computed_them(Sampling sampling, Fingerprint fingerprint)
    {
        ValuationRun run = MarginCalculator.Plan(new VariedSet { Accounts = 70, Scenarios = 443, Sampling = sampling }.Build(Precision.Mixed)) with { Fingerprint = fingerprint };
        EngineResult whole = s_reference.Run(run with { KeepsDigests = true });
        foreach (IBackend backend in Backends)
        {
            IReadOnlyList<ValuationRun> parts = run.Cut(4);
            EngineResult merged = CutRun.Merge(parts, [.. parts.Select((part, i) => (i % 2 == 0 ? backend : s_reference).Run(part))]);
            new ExpectedResult([.. whole.Tails], whole.ProfitAndLossSha256).AssertSame(merged, backend.Device);
            Assert.True(whole.Digests.Span.SequenceEqual(merged.Digests.Span), $"{backend.Device}: other digests.");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 64)]
    [InlineData(65, 130)]
    [InlineData(130, 1_000)]
    public void Either_fingerprint_is_that_of_its_definition(int accounts, int scenarios)
    {
        ValuationRun plan = MarginCalculator.Plan(new VariedSet { Accounts = accounts, Scenarios = scenarios }.Build(Precision.Mixed));
        double[,] profitAndLoss = Visited.ProfitAndLoss(s_reference, plan);
        foreach (Fingerprint kind in (Fingerprint[])[Fingerprint.Sha256Leaves, Fingerprint.XxhLeaves])
        {
            ExpectedResult expected = ExpectedResult.Of(profitAndLoss, scenarios, plan.TailLength, kind: kind);
            foreach (IBackend backend in Backends)
            {
                expected.AssertSame(backend.Run(plan with { Fingerprint = kind }), $"{backend.Device}, {kind}");
            }
        }
    }

    [Fact]
    public void Repeating_a_run_repeats_its_bits()
    {
        ValuationRun plan = MarginCalculator.Plan(new VariedSet { Scenarios = 2000 }.Build(Precision.Mixed));
        foreach (IBackend backend in Backends)
        {
            Assert.Equal(backend.Run(plan).ProfitAndLossSha256, backend.Run(plan).ProfitAndLossSha256);
        }
    }

    static bool SameBits(double[,] first, double[,] second) =>
        first.Cast<double>().Select(BitConverter.DoubleToInt64Bits).SequenceEqual(second.Cast<double>().Select(BitConverter.DoubleToInt64Bits));
}
