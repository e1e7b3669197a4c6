using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Audit;

/// <summary>The audit's acts in words.</summary>
internal static class AuditWords
{
    private static readonly (string Act, string Words)[] Table =
    [
        (AuditActs.SignedIn, AuditTexts.SignedIn),
        (AuditActs.SignedInWithPasskey, AuditTexts.SignedInWithPasskey),
        (AuditActs.SignedInWithCode, AuditTexts.SignedInWithCode),
        (AuditActs.SignedInWithRecoveryCode, AuditTexts.SignedInWithRecoveryCode),
        (AuditActs.SignedInToSetUp, AuditTexts.SignedInToSetUp),
        (AuditActs.StepRefused, AuditTexts.StepRefused),
        (AuditActs.StepOn, AuditTexts.StepOn),
        (AuditActs.StepOff, AuditTexts.StepOff),
        (AuditActs.RecoveryCodesMade, AuditTexts.RecoveryCodesMade),
        (AuditActs.PasskeyAdded, AuditTexts.PasskeyAdded),
        (AuditActs.PasskeyRemoved, AuditTexts.PasskeyRemoved),
        (AuditActs.SessionEnded, AuditTexts.SessionEnded),
        (AuditActs.SessionConfirmed, AuditTexts.SessionConfirmed),
        (AuditActs.SessionNotConfirmed, AuditTexts.SessionNotConfirmed),
        (AuditActs.PasswordChanged, AuditTexts.PasswordChanged),
        (AuditActs.Locked, AuditTexts.Locked),
        (AuditActs.Unlocked, AuditTexts.Unlocked),
        (AuditActs.DeviceIssued, AuditTexts.DeviceIssued),
        (AuditActs.DeviceRevoked, AuditTexts.DeviceRevoked),
        (AuditActs.Assigned, AuditTexts.Assigned),
        (AuditActs.HandedOver, AuditTexts.HandedOver),
        (AuditActs.IntakeKeyMade, AuditTexts.IntakeKeyMade),
        (AuditActs.IntakeKeyRevoked, AuditTexts.IntakeKeyRevoked),
        (AuditActs.DutyPosted, AuditTexts.DutyPosted),
        (AuditActs.DutyEnded, AuditTexts.DutyEnded),
        (AuditActs.DutyChanged, AuditTexts.DutyChanged),
        (AuditActs.Invited, AuditTexts.Invited),
        (AuditActs.InvitationUsed, AuditTexts.InvitationUsed),
        (AuditActs.ResetSent, AuditTexts.ResetSent),
        (AuditActs.ResetDone, AuditTexts.ResetDone),
        (AuditActs.MadeAdmin, AuditTexts.MadeAdmin),
        (AuditActs.MadeOfficer, AuditTexts.MadeOfficer),
        (AuditActs.ForeignCircuit, AuditTexts.ForeignCircuit),
        (AuditActs.CallBack, AuditTexts.CallBack),
        (AuditActs.Evidence, AuditTexts.Evidence),
        (AuditActs.Filed, AuditTexts.Filed),
        (AuditActs.Export, AuditTexts.Export),
        (AuditActs.AuditExport, AuditTexts.AuditExport),
        (AuditActs.ClaimTakenOver, AuditTexts.ClaimTakenOver),
        (AuditActs.ReportMoved, AuditTexts.ReportMoved),
        (AuditActs.ClaimBroken, AuditTexts.ClaimBroken),
        (AuditActs.ReportRerouted, AuditTexts.ReportRerouted),
        (AuditActs.PlanStepAdded, AuditTexts.PlanStepAdded),
        (AuditActs.PlanStepRemoved, AuditTexts.PlanStepRemoved),
        (AuditActs.BoundariesPublished, AuditTexts.BoundariesPublished),
    ];

    /// <summary>Every act there is, with its words, in the order of the words.</summary>
    public static IReadOnlyList<(string Act, string Words)> All { get; } = [.. Table.OrderBy(act => act.Words, StringComparer.CurrentCulture)];

    /// <summary>An act of another version of the program is shown as it is stored.</summary>
    public static string Of(string act) => Array.Find(Table, known => known.Act == act).Words ?? act;
}
