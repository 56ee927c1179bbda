using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Numerics;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Studies;

/// <summary>History set in, margins day by day out.</summary>
/// <remarks>
/// A day's margin is that of <c>calibrate</c> on the history up to that day followed by <c>run</c>, and of nothing else; all days draw with
/// the same seed, so that a change from day to day is the market's and not the draw's. Days do not know of each other; they are computed side by side where
/// the backend allows it.
/// </remarks>
public static class MarginRoll
{
    /// <param name="backend">Where days are computed; <see langword="null"/>: the processor, a thread for each of the days side by side.</param>
    /// <param name="progress">Told now and then, from any thread, what share of the work is done.</param>
    /// <exception cref="RefusedInputException">No day lies in the range, a day cannot be calibrated, or its P&amp;L left the range of the working precision.</exception>
    /// <exception cref="ArgumentException">Fewer than 1/(1 − confidence) scenarios, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static RollReport Calculate(
        HistorySet set, RollOptions options, IBackend? backend = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(options);
        QuantileRanks.For(set.Settings.Scenarios, set.Settings.Confidence).RequireExpectedShortfall();
        DayRange range = RollRange.Of(set.History, options.From, options.To, options.VolatilityStep is null ? 0 : 1);
        options = options with { Calibration = options.Calibration with { VolatilityFactors = options.Calibration.VolatilityFactors || set.HasVolatilityFactors } };
        options = options with { Calibration = options.Calibration with { DaysPerYear = options.Calibration.DaysPerYear ?? HistorySpacing.DaysPerYear(set.History.Dates) } };
        backend ??= new CpuBackend(threads: 1);
        options = backend.RunsSideBySide ? options : options with { Threads = 1 };
        long done = 0;
        double all = options.VolatilityStep is null ? range.Count : 2 * range.Count + 1;
        void Finished() => progress?.Report(Interlocked.Increment(ref done) / all);

        Outcome[] days = Days(set, range, options, backend, Finished, cancellation);
        double[][] profits = ProfitsAndLosses(set, days, options.Threads, backend, cancellation);
        int[]?[] netted = new int[set.Book.Accounts.Count][];
        if (set.Policy is not null)
        {
            foreach (NettingSet nettingSet in NettingSet.Of(set.Book.Accounts, set.AccountTerms))
            {
                netted[nettingSet.Accounts[0]] = [.. nettingSet.Accounts];
            }
        }

        RollPath[] accounts = [.. set.Book.Accounts.Select((name, account) => Path(set, name, account, netted[account], days, profits))];
        RollPath total = RollPath.Sum(accounts, [.. days.Select(day => day.Market[^1])], set.Settings.HorizonDays);
        return new RollReport(
            set.Settings,
            [.. days.Select(day => set.History.Dates[day.Day.Row])],
            accounts,
            total,
            options.VolatilityStep is { } step ? Response(set, range, options, backend, step, days, Finished, cancellation) : null,
            days.Length * set.History.Factors.Count,
            days.Sum(day => day.Fallbacks))
        {
            Mean = options.Calibration.Volatility.Mean,
            Warnings =
            [
                .. set.Warnings, .. NameWarnings.Of(set.History.Factors, set.Instruments, set.Book.Accounts),
                .. UnitWarnings.OfHorizon(set.Settings), .. UnitWarnings.OfInstruments(set.Instruments, [.. set.History.KindOfEach(), .. HistoryKinds.WithoutVolatility(set.History).Select(_ => RiskFactorKind.Volatility)]),
            ],
        };
    }

    static Outcome[] Days(HistorySet set, DayRange range, RollOptions options, IBackend backend, Action finished, CancellationToken cancellation)
    {
        Outcome[] days = new Outcome[range.Count];
        SideBySide.For(range.Count, day =>
        {
            days[day] = Day(set, range.First + day, options, backend, cancellation);
            finished();
        }, options.Threads, cancellation);
        return days;
    }

    static Outcome Day(HistorySet set, int row, RollOptions options, IBackend backend, CancellationToken cancellation)
    {
        ReturnHistory known = KnownHistory.Until(set.History, row, options.Window);
        CalibrationResult calibration = HistoryCalibration.Calibrate(known, options.Calibration, null, cancellation);
        RollDay day = RollDay.Of(set, calibration, row);
        ClearingSet clearingSet = day.ClearingSet(set, calibration);
        ValuationRun run = AccountRun.Of(clearingSet, null, cancellation);
        return new Outcome(
            day,
            Margins(clearingSet, run),
            MarginsOver(LookBack.Worst(set.History.Returns, row)),
            MarginsOver(LookBack.LongRun(row)),
            Market(set, calibration, clearingSet, row),
            calibration.Factors.Take(set.History.Factors.Count).Count(factor => factor.IsFallback));

        IReadOnlyList<AccountMargin> Margins(ClearingSet of, ValuationRun accounts)
        {
            RunSchedule schedule = RunSchedule.Of(of, accounts, cancellation);
            Valuation.Compute(schedule, backend, null, cancellation);
            return schedule.Report(backend.Name, backend.Device).Accounts;
        }

        double[] MarginsOver(DayRange lookBack) => [.. Margins(clearingSet with { Policy = null }, run with
        {
            Source = LookBack.Source((ScenarioPlan)run.Source, set.History, calibration, row, lookBack),
        }).Select(account => account.Margin)];
    }

    static RealizedMarket[] Market(HistorySet set, CalibrationResult calibration, ClearingSet day, int row)
    {
        int prices = set.History.Factors.Count;
        double[] realized = [.. Enumerable.Range(0, prices).Select(factor => RealizedMarket.VolatilityOf(set.History.Returns, row, factor, calibration.DaysPerYear))];
        double[] forecast = [.. calibration.Factors.Take(prices).Select(factor => factor.Factor.Variance)];
        double[,] correlation = RealizedMarket.CorrelationOf(set.History.Returns, row);
        return [.. HeldFactors.Of(day.Positions, day.Accounts.Count, day.Instruments)
            .Select(factors => RealizedMarket.Of(factors, realized, forecast, calibration.DaysPerYear, correlation, day.Correlation))];
    }

    // [day][account]; NaN while the period began before the roll.
    static double[][] ProfitsAndLosses(HistorySet set, Outcome[] days, int threads, IBackend backend, CancellationToken cancellation)
    {
        int horizon = set.Settings.HorizonDays;
        double[][] profits = new double[days.Length][];
        SideBySide.For(days.Length, day =>
        {
            double[] row = profits[day] = new double[set.Book.Accounts.Count];
            if (day < horizon)
            {
                Array.Fill(row, double.NaN);
                return;
            }

            RealizedPeriod period = RealizedPeriod.Of(set, days[day - horizon].Day, days[day].Day);
            Valuation.Compute(period, backend, null, cancellation);
            period.ProfitAndLoss.CopyTo(row, 0);
        }, threads, cancellation);
        return profits;
    }

    // netted: of the netting set whose first account this is.
    static RollPath Path(HistorySet set, string name, int account, int[]? netted, Outcome[] days, double[][] profits)
    {
        double[] margin = [.. days.Select(day => day.Margins[account].Margin)];
        double[] stressed = [.. days.Select(day => day.Stressed[account])];
        double[] longRun = [.. days.Select(day => day.LongRun[account])];
        return new RollPath
        {
            Account = name,
            Value = [.. days.Select(day => day.Margins[account].Value)],
            ValueAtRisk = [.. days.Select(day => day.Margins[account].ValueAtRisk.Value)],
            ExpectedShortfall = [.. days.Select(day => day.Margins[account].ExpectedShortfall.Value)],
            Margin = margin,
            Stressed = stressed,
            LongRun = longRun,
            Requirements = RollPath.Of(margin, stressed, longRun),
            ProfitAndLoss = [.. profits.Select(row => row[account])],
            Market = [.. days.Select(day => day.Market[account])],
            Policy = netted is null ? null : PolicyPath.Of(
                [.. days.Select(day => day.Margins[account].Requirement!)],
                [.. profits.Select(row => netted.Sum(other => row[other]))]),
            HorizonDays = set.Settings.HorizonDays,
        };
    }

    static StepResponse Response(
        HistorySet set, DayRange range, RollOptions options, IBackend backend, double factor, Outcome[] plain, Action finished, CancellationToken cancellation)
    {
        HistorySet stepped = set with { History = KnownHistory.WithVolatilityStep(set.History, range.First, factor) };
        Outcome[] days = Days(stepped, range, options, backend, finished, cancellation);
        Outcome[] before = Days(set, new DayRange(range.First - 1, range.First), options, backend, finished, cancellation);
        return StepResponse.Of(factor, Sums(set, before[0], days), Sums(set, before[0], plain));
    }

    // [option][day] of all accounts, after a time without change that leaves the buffer full.
    static double[][] Sums(HistorySet set, Outcome before, Outcome[] days)
    {
        const int Steady = Antiprocyclicality.BufferDays + 1;
        Outcome[] all = [.. Enumerable.Repeat(before, Steady), .. days];
        double[][][] accounts = [.. set.Book.Accounts.Select((_, account) => RollPath.Of(
            [.. all.Select(day => day.Margins[account].Margin)],
            [.. all.Select(day => day.Stressed[account])],
            [.. all.Select(day => day.LongRun[account])]))];
        double[][] sums = [.. Enumerable.Range(0, accounts[0].Length).Select(option =>
            Enumerable.Range(Steady, days.Length).Select(day => accounts.Sum(account => account[option][day])).ToArray())];
        return set.Policy is null ? sums : [.. sums, [.. days.Select(day => (double)day.Margins.Sum(account => account.Requirement?.Required ?? 0))]];
    }

    sealed record Outcome(RollDay Day, IReadOnlyList<AccountMargin> Margins, double[] Stressed, double[] LongRun, RealizedMarket[] Market, int Fallbacks);
}
