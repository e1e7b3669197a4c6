using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Reports;

/// <summary>What a command answers: the new version, or in plain words why nothing was done.</summary>
internal static class CommandAnswer
{
    public static IResult Of(CommandOutcome outcome) => outcome.Result switch
    {
        CommandResult.Done => Results.Json(new
        {
            success = true,
            data = new { version = outcome.Version, status = outcome.Status.ToString(), who = outcome.By },
        }),
        CommandResult.Stale => Problem(
            StatusCodes.Status412PreconditionFailed,
            ReportWords.Format(ReportTexts.ChangedMeanwhile, outcome.By ?? ReportTexts.Somebody, Words.Of(outcome.Status))),
        CommandResult.Refused => Refusal(outcome),
        _ => Problem(StatusCodes.Status404NotFound, ReportTexts.NotOnBoard),
    };

    public static IResult Of(CommandRefused refused) => Problem(refused.Status, refused.Message, refused.Field);

    public static IResult Problem(int status, string words, string? field = null)
    {
        var more = new Dictionary<string, object?> { ["success"] = false, ["message"] = words };
        if (field is not null)
            more["errors"] = new Dictionary<string, string[]> { [field] = [words] };
        return Results.Problem(statusCode: status, detail: words, extensions: more);
    }

    private static IResult Refusal(CommandOutcome outcome)
    {
        var (field, words) = outcome.Rule switch
        {
            "Reason.Missing" => (CommandFields.Reason, ReportTexts.ReasonMissing),
            "Reason.TooLong" => (CommandFields.Reason, ReportWords.Format(ReportTexts.TooLong, Report.MaxReason)),
            "Note.Missing" => (CommandFields.Text, ReportTexts.NoteMissing),
            "Evidence.TooMany" => ("media", ReportWords.Format(ReportTexts.NoteFilesTooMany, Evidence.MaxOfNotes)),
            "Note.TooLong" => (CommandFields.Text, ReportWords.Format(ReportTexts.TooLong, Report.MaxNote)),
            "Duplicate.Missing" => (CommandFields.DuplicateOf, ReportTexts.DuplicateMissing),
            "Duplicate.NoSuchReport" => (CommandFields.DuplicateOf, ReportTexts.DuplicateNoSuchReport),
            "Duplicate.OfADuplicate" => (CommandFields.DuplicateOf, ReportTexts.DuplicateOfADuplicate),
            "Duplicate.OfItself" => (CommandFields.DuplicateOf, ReportTexts.DuplicateOfItself),
            "Assign.NotAdmin" => (null, ReportTexts.AssignNotAdmin),
            "Assign.NotOnDuty" => (CommandFields.To, ReportTexts.AssignNotOnDuty),
            "Assign.HeldAlready" => (CommandFields.To, ReportTexts.AssignHeldAlready),
            "Link.Missing" => (CommandFields.To, ReportTexts.LinkMissing),
            "Link.NoSuchReport" => (CommandFields.To, ReportTexts.DuplicateNoSuchReport),
            "Link.ToItself" => (CommandFields.To, ReportTexts.LinkToItself),
            "Link.Already" => (null, ReportTexts.LinkedAlready),
            "Link.None" => (null, ReportTexts.NotLinked),
            "Claim.HeldByAnother" => (null, ReportWords.Format(ReportTexts.HeldByAnother, outcome.By ?? ReportTexts.Somebody)),
            "Claim.Finished" or "Severity.Finished" => (null, ReportWords.Format(ReportTexts.IsFinished, Words.Of(outcome.Status))),
            "Release.NobodyHoldsIt" or "TakeOver.NobodyHoldsIt" => (null, ReportTexts.NobodyHoldsIt),
            "Transfer.NoSuchStation" => (CommandFields.To, ReportTexts.NoSuchStation),
            "Transfer.ToItself" => (CommandFields.To, ReportTexts.TransferToItself),
            "Transfer.Finished" => (null, ReportWords.Format(ReportTexts.IsFinished, Words.Of(outcome.Status))),
            "Transfer.AskedAlready" => (null, ReportTexts.TransferAskedAlready),
            "Transfer.Decided" or "Transfer.NotAsked" => (null, ReportTexts.TransferDecided),
            "Severity.Same" => (CommandFields.To, ReportTexts.SeveritySame),
            _ => ((string?)null, ReportWords.Format(ReportTexts.NoSuchMove, Words.Of(outcome.Status))),
        };
        return Problem(field is null ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity, words, field);
    }
}

/// <summary>The names in a command's body.</summary>
internal static class CommandFields
{
    public const string To = "to";
    public const string Reason = "reason";
    public const string Text = "text";
    public const string DuplicateOf = "duplicate_of";
    public const string TakeOver = "take_over";
}
