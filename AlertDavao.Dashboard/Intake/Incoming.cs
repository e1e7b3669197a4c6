using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Intake;

/// <summary>What came in, read and found good, on its way to become a report.</summary>
/// <param name="Original">JSON of the text fields as they were typed, kept for evidence.</param>
/// <param name="Fingerprint">SHA-256 of what was sent: tells a repetition from another report.</param>
internal sealed record Incoming(Submission Submission, Reporter Reporter, string Original, byte[] Fingerprint)
{
    /// <summary>Files that lie whole in the store.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];
}

/// <summary>Who sends a report.</summary>
internal abstract record Sender;

/// <param name="Key">Idempotency key; null when the client sent none.</param>
internal sealed record ClientSender(IntakeClient Client, string? Key) : Sender;

/// <summary>An officer who files what a caller or a visitor tells.</summary>
/// <param name="Form">Of the form that was filled in; filing the same twice gives one report, which has this id.</param>
internal sealed record DeskSender(Guid Officer, Guid Form) : Sender;
