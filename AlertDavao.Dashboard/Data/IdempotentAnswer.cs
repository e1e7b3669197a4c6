namespace AlertDavao.Dashboard.Data;

/// <summary>What a client was answered under an idempotency key; written in the report's own transaction.</summary>
internal sealed class IdempotentAnswer
{
    public required Guid ClientId { get; init; }

    /// <summary>1 to 128 printable characters, as sent.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 over the fields of the request: the same key with other fields is a conflict.</summary>
    public required byte[] RequestHash { get; init; }

    public required Guid ReportId { get; init; }

    /// <summary>The first answer's body, byte for byte.</summary>
    public required byte[] Answer { get; init; }

    public required DateTimeOffset At { get; init; }
}
