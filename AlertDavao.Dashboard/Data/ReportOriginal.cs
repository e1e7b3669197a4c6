namespace AlertDavao.Dashboard.Data;

/// <summary>
/// What was typed, for evidence: the texts of a report as they came, before they were normalised. Written once, in the
/// report's own transaction; name and phone of a reporter are never in it.
/// </summary>
internal sealed class ReportOriginal
{
    public required Guid ReportId { get; init; }

    /// <summary>JSON object of the contract's text fields as they were sent.</summary>
    public required string Fields { get; init; }

    /// <summary>SHA-256 over what was sent in the contract's fields, files included.</summary>
    public required byte[] Sha256 { get; init; }
}
