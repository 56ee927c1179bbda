namespace GpuMargin.Backends.Cpu;

/// <summary>Takes P&amp;L leaf by leaf.</summary>
unsafe interface IProfitAndLossSink
{
    /// <param name="firstScenario">First scenario of the leaf, a multiple of <see cref="ProfitAndLossHash.LeafScenarios"/>.</param>
    /// <param name="scenarios">Scenarios in the leaf.</param>
    /// <param name="firstAccount">First account of the leaf, a multiple of <see cref="ProfitAndLossHash.LeafAccounts"/>.</param>
    /// <param name="values">[account, scenario], packed.</param>
    void Take(int firstScenario, int scenarios, int firstAccount, int accounts, double* values, StageClock clock);
}
