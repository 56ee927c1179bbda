using System.Diagnostics;
using GpuMargin.Aggregation;

namespace GpuMargin.Backends.Cpu;

/// <summary>Keeps tails and fingerprints.</summary>
/// <param name="all">Whether no account may lack losses in the end.</param>
sealed unsafe class TailSink(ValuationRun plan, bool all) : IProfitAndLossSink, IDisposable
{
    readonly int firstWithoutTail = plan.Positions.Accounts - plan.Positions.Remainders.WithoutTails;

    public TailStore Tails { get; } = new(plan.Positions.Rows, plan.Positions.Key, plan.TailLength, all ? 0 : plan.Scenarios);

    public ProfitAndLossHash Hash { get; } = new(plan);

    public void Take(int firstScenario, int scenarios, int firstAccount, int accounts, double* values, StageClock clock)
    {
        Debug.Assert((firstScenario - plan.FirstScenario) % ProfitAndLossHash.LeafScenarios == 0, "A leaf begins elsewhere.");
        int read = firstAccount < plan.Positions.Accounts ? Math.Clamp(firstWithoutTail - firstAccount, 0, accounts) : accounts;
        if (read > 0)
        {
            Tails.Add(firstAccount, firstScenario, scenarios, new ReadOnlySpan<double>(values, read * scenarios));
        }

        clock.Lap(Stage.Tails);
        if (firstAccount >= plan.FingerprintRows)
        {
            return;
        }

        Hash.Add(
            (firstScenario - plan.FirstScenario) / ProfitAndLossHash.LeafScenarios,
            firstAccount / ProfitAndLossHash.LeafAccounts,
            new ReadOnlySpan<byte>(values, accounts * scenarios * sizeof(double)),
            scenarios);
        clock.Lap(Stage.Fingerprint);
    }

    public void Dispose() => Hash.Dispose();
}

/// <summary>Collects a block's P&amp;L as rows [scenario, account].</summary>
sealed unsafe class RowSink(int first, int rows, PositionRows positions) : IProfitAndLossSink
{
    public double[] Values { get; } = new double[rows * positions.Rows];

    public void Take(int firstScenario, int scenarios, int firstAccount, int accounts, double* values, StageClock clock)
    {
        Debug.Assert(firstScenario >= first && firstScenario + scenarios <= first + rows && firstAccount + accounts <= positions.Rows, "Values are outside the table.");
        for (int i = 0; i < accounts; i++)
        {
            for (int s = 0; s < scenarios; s++)
            {
                double value = values[i * scenarios + s];
                if (!double.IsFinite(value))
                {
                    throw new NonFiniteProfitAndLossException(positions.Key(firstAccount + i), firstScenario + s);
                }

                Values[(firstScenario - first + s) * positions.Rows + firstAccount + i] = value;
            }
        }
    }
}
