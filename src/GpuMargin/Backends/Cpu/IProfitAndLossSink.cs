namespace GpuMargin.Backends.Cpu;

/// <summary>Takes P&amp;L, a few leaves of one scenario block at a time.</summary>
unsafe interface IProfitAndLossSink
{
    /// <param name="firstScenario">First scenario of the block, a multiple of <see cref="ProfitAndLossHash.LeafScenarios"/>.</param>
    /// <param name="scenarios">Scenarios in the block.</param>
    /// <param name="firstAccount">First account, a multiple of <see cref="ProfitAndLossHash.LeafAccounts"/>.</param>
    /// <param name="values">[account, scenario], packed.</param>
    void Take(int firstScenario, int scenarios, int firstAccount, int accounts, double* values, StageClock clock);
}
