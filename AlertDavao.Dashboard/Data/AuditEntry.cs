namespace AlertDavao.Dashboard.Data;

/// <summary>One line of the audit: who did or read what, when. Append-only: never changed, never removed.</summary>
internal sealed class AuditEntry
{
    /// <summary>In the order of commits.</summary>
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The officer who acted.</summary>
    public required Guid OfficerId { get; init; }

    /// <summary>One of <see cref="AuditActs"/>.</summary>
    public required string Act { get; init; }

    public Guid? ReportId { get; init; }

    /// <summary>What the act was about within the report, e.g. a file's id. Never what a person typed.</summary>
    public string? Subject { get; init; }

    /// <summary>SHA-256 over this entry and the hash of the one before (<see cref="AuditChain"/>); empty where the chain had not begun.</summary>
    public byte[] Hash { get; set; } = [];
}

/// <summary>The names of audited acts, as they are stored.</summary>
internal static class AuditActs
{
    /// <summary>A session was opened; the subject is its id.</summary>
    public const string SignedIn = "session.opened";

    /// <summary>A session was opened with a passkey; the subject is its id.</summary>
    public const string SignedInWithPasskey = "session.opened.passkey";

    /// <summary>A session was opened with password and a code of the authenticator app; the subject is its id.</summary>
    public const string SignedInWithCode = "session.opened.code";

    /// <summary>A session was opened with password and a recovery code, which is used up; the subject is its id.</summary>
    public const string SignedInWithRecoveryCode = "session.opened.recovery-code";

    /// <summary>A session was opened that may only set up a second step; the subject is its id.</summary>
    public const string SignedInToSetUp = "session.opened.set-up";

    /// <summary>The password was right and the second step was refused.</summary>
    public const string StepRefused = "step.refused";

    /// <summary>Codes of an authenticator app are asked for from now on.</summary>
    public const string StepOn = "step.on";

    /// <summary>Codes are no longer asked for.</summary>
    public const string StepOff = "step.off";

    /// <summary>New recovery codes were made; those of before are void.</summary>
    public const string RecoveryCodesMade = "step.recovery-codes";

    /// <summary>A passkey was added; the subject is the first part of its id.</summary>
    public const string PasskeyAdded = "passkey.added";

    /// <summary>A passkey was removed; the subject is the first part of its id.</summary>
    public const string PasskeyRemoved = "passkey.removed";

    /// <summary>A session was ended before its time; the subject is its id.</summary>
    public const string SessionEnded = "session.ended";

    /// <summary>The officer of a session said again who they are; the subject is the session.</summary>
    public const string SessionConfirmed = "session.confirmed";

    /// <summary>Somebody at a session's screen tried to, and could not; the subject is the session.</summary>
    public const string SessionNotConfirmed = "session.not-confirmed";

    /// <summary>A device was given a token; the subject is the token's id.</summary>
    public const string DeviceIssued = "device.issued";

    /// <summary>A device's token was revoked; the subject is its id.</summary>
    public const string DeviceRevoked = "device.revoked";

    /// <summary>An account's password was changed by its officer.</summary>
    public const string PasswordChanged = "account.password";

    /// <summary>An account was locked; the subject is its officer.</summary>
    public const string Locked = "account.locked";

    /// <summary>An account was unlocked; the subject is its officer.</summary>
    public const string Unlocked = "account.unlocked";

    /// <summary>An officer was made admin of a station; the subject is the officer and the station.</summary>
    public const string MadeAdmin = "account.made-admin";

    /// <summary>An admin of a station was made officer of it; the subject is the officer and the station.</summary>
    public const string MadeOfficer = "account.made-officer";

    /// <summary>An officer was posted to a station, now or ahead; the subject is the officer and the station.</summary>
    public const string DutyPosted = "duty.posted";

    /// <summary>An officer's duty was ended or taken back; the subject is the officer and the station.</summary>
    public const string DutyEnded = "duty.ended";

    /// <summary>A duty was planned anew; the subject is the officer, whom it went to if it did, and the station.</summary>
    public const string DutyChanged = "duty.changed";

    /// <summary>An officer was invited, or the invitation sent again; the subject is the officer.</summary>
    public const string Invited = "account.invited";

    /// <summary>An invited officer set the first password.</summary>
    public const string InvitationUsed = "account.invitation-used";

    /// <summary>The city desk sent an officer a link that sets another password; the subject is the officer.</summary>
    public const string ResetSent = "account.reset-sent";

    /// <summary>An officer set another password with a link.</summary>
    public const string ResetDone = "account.reset";

    /// <summary>A circuit was asked for by a session that it does not belong to; the subject is that session.</summary>
    public const string ForeignCircuit = "circuit.foreign";

    /// <summary>Name and phone of a reporter were opened.</summary>
    public const string CallBack = "report.call-back";

    /// <summary>A file of a report was opened.</summary>
    public const string Evidence = "report.evidence";

    /// <summary>A report was filed at the desk.</summary>
    public const string Filed = "report.filed";

    /// <summary>A list of reports was exported.</summary>
    public const string Export = "reports.export";

    /// <summary>The audit was exported; the subject is which filters it had.</summary>
    public const string AuditExport = "audit.export";

    /// <summary>A report was taken over from the officer who held it.</summary>
    public const string ClaimTakenOver = "report.taken-over";

    /// <summary>An officer's claim was broken by a station admin.</summary>
    public const string ClaimBroken = "report.claim-broken";

    /// <summary>A report was given to an officer by a station admin; the subject is the officer.</summary>
    public const string Assigned = "report.assigned";

    /// <summary>A report went from one log into another; the subject is both codes.</summary>
    public const string ReportMoved = "report.moved";

    /// <summary>All open reports of one officer at a station went to another; the subject is both officers and the station.</summary>
    public const string HandedOver = "report.handed-over";

    /// <summary>A program was given a key to the intake; the subject is the client.</summary>
    public const string IntakeKeyMade = "intake.key-made";

    /// <summary>A key to the intake was revoked; the subject is the client.</summary>
    public const string IntakeKeyRevoked = "intake.key-revoked";

    /// <summary>An open report went to the log that the boundaries in force send it to; the subject is both codes.</summary>
    public const string ReportRerouted = "report.rerouted";

    /// <summary>A change of stations or boundaries was planned; the subject is the step.</summary>
    public const string PlanStepAdded = "plan.added";

    /// <summary>A planned change was taken back; the subject is the step.</summary>
    public const string PlanStepRemoved = "plan.removed";

    /// <summary>Planned changes came into force; the subject is the version of the boundaries.</summary>
    public const string BoundariesPublished = "plan.published";
}
