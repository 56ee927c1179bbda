namespace GpuMargin.ClearingSets;

/// <summary>The shape of a synthetic clearing set.</summary>
sealed record SyntheticOptions
{
    /// <summary>Risk factors, at most 10,000 (the correlation matrix is dense): half are prices, the rest one volatility per price; an odd one is a price.</summary>
    public int Factors { get; init; } = 60;

    public int Instruments { get; init; } = 1_000;

    public int Accounts { get; init; } = 100;

    /// <summary>Distinct instruments that every account holds.</summary>
    public int PositionsPerAccount { get; init; } = 50;

    /// <summary>Seed of the set's content and of its run settings.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Share of the instruments that are options; the rest are spot, futures and perpetuals in turn.</summary>
    public double OptionShare { get; init; } = 1;

    /// <summary>Share of the options that may be exercised early.</summary>
    public double AmericanShare { get; init; }

    /// <summary>Every price pays a cash dividend each quarter; otherwise it has a continuous dividend yield.</summary>
    public bool CashDividends { get; init; }

    /// <summary>Whether options have a surface per price, in place of its volatility factor alone.</summary>
    public bool Surfaces { get; init; }

    public int HorizonDays { get; init; } = 1;

    public int Scenarios { get; init; } = 10_000;

    public decimal Confidence { get; init; } = 0.99m;

    /// <exception cref="RefusedInputException">A property is out of range; every fault names its property.</exception>
    internal void Validate()
    {
        List<Fault> faults = [];
        void Require(bool holds, string property, IFormattable found, string expected)
        {
            if (!holds)
            {
                faults.Add(new Fault(Fault.Settings, null, property, found.ToString(null, System.Globalization.CultureInfo.InvariantCulture), expected));
            }
        }

        Require(Factors is >= 1 and <= 10_000, nameof(Factors), Factors, "a whole number from 1 to 10000");
        Require(Instruments >= 1, nameof(Instruments), Instruments, "a whole number from 1");
        Require(Accounts >= 1, nameof(Accounts), Accounts, "a whole number from 1");
        Require(PositionsPerAccount >= 1, nameof(PositionsPerAccount), PositionsPerAccount, "a whole number from 1");
        Require(PositionsPerAccount < 1 || Instruments < 1 || PositionsPerAccount <= Instruments, nameof(PositionsPerAccount), PositionsPerAccount,
            $"at most the number of instruments, {Instruments}, since an account's positions are in distinct instruments");
        Require((long)Accounts * PositionsPerAccount <= Array.MaxLength, nameof(PositionsPerAccount), PositionsPerAccount,
            $"accounts × positions of at most {Array.MaxLength} rows");
        Require(OptionShare is >= 0 and <= 1, nameof(OptionShare), OptionShare, "a number from 0 to 1");
        Require(AmericanShare is >= 0 and <= 1, nameof(AmericanShare), AmericanShare, "a number from 0 to 1");
        Require(HorizonDays >= 1, nameof(HorizonDays), HorizonDays, "a whole number from 1");
        Require(Scenarios >= 1, nameof(Scenarios), Scenarios, "a whole number from 1");
        Require(Confidence is >= 0.5m and < 1, nameof(Confidence), Confidence, "a number from 0.5, below 1");
        if (faults.Count > 0)
        {
            throw new RefusedInputException(faults);
        }
    }
}
