using System.Text.Json.Serialization;

namespace GpuMargin.ClearingSets.Policy;

/// <summary>One row of accounts.csv.</summary>
public sealed record AccountTerms
{
    /// <summary>Clearing member whose total the account counts towards.</summary>
    public required string Member { get; init; }

    public required AccountType Type { get; init; }

    /// <summary>Accounts of one netting set are margined as one book; they have the same member and type. The account's own name where the file names none.</summary>
    public required string NettingSet { get; init; }

    public MarginMode Mode { get; init; } = MarginMode.Cross;
}

public enum AccountType
{
    [JsonStringEnumMemberName("house")]
    House,

    [JsonStringEnumMemberName("client")]
    Client,
}

public enum MarginMode
{
    /// <summary>Positions net within the netting set.</summary>
    Cross,

    /// <summary>Each position is margined alone.</summary>
    Isolated,
}
