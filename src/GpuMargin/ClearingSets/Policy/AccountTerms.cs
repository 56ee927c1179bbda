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

[JsonConverter(typeof(AccountTypeConverter))]
public enum AccountType
{
    House,
    Client,
}

sealed class AccountTypeConverter() : WordConverter<AccountType>(PolicyWords.AccountTypes);

public enum MarginMode
{
    /// <summary>Positions net within the netting set.</summary>
    Cross,

    /// <summary>Each position is margined alone.</summary>
    Isolated,
}
