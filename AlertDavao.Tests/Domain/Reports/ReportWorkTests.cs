using AlertDavao.Domain;
using AlertDavao.Domain.Reports;
using static AlertDavao.Domain.Reports.ReportStatus;

namespace AlertDavao.Tests.Domain.Reports;

/// <summary>What officers do to a report beside acknowledging and claiming it.</summary>
public sealed class ReportWorkTests
{
    // One text element of 11 UTF-16 units.
    private const string Family = "👨‍👩‍👧‍👦";

    private static readonly Guid Santos = Guid.NewGuid();
    private static readonly Guid Cruz = Guid.NewGuid();
    private static readonly Guid Other = Guid.NewGuid();
    private static readonly DateTimeOffset Later = Draft.Now.AddMinutes(3);

    public static TheoryData<ReportStatus> Finished() => new(Resolved, Invalid, Duplicate);

    [Fact]
    public void Its_holder_lets_go_without_a_reason()
    {
        var report = HeldBy(Santos);

        report.Release(Santos, isAdmin: false, null, Later);

        (report.ClaimedBy, report.ClaimedAt, report.HolderOfflineSince).Should().Be((null, null, null));
        TheLast(report, 3).Should().BeEquivalentTo(new { Kind = ReportEventKind.Released, OfficerId = Santos, OtherOfficer = (Guid?)null, Reason = (string?)null, At = Later });
    }

    [Fact]
    public void An_admin_breaks_a_claim_with_a_reason_and_the_timeline_says_whose_it_was()
    {
        var report = HeldBy(Santos);

        report.Release(Cruz, isAdmin: true, "end of the shift", Later);

        report.ClaimedBy.Should().BeNull();
        TheLast(report, 3).Should().BeEquivalentTo(new { Kind = ReportEventKind.Released, OfficerId = Cruz, OtherOfficer = Santos, Reason = "end of the shift" });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n\t")]
    public void An_admin_breaks_no_claim_without_a_reason(string? reason)
        => Refused(HeldBy(Santos), "Reason.Missing", report => report.Release(Cruz, isAdmin: true, reason, Later));

    [Fact]
    public void Another_officer_breaks_no_claim_whatever_the_reason()
        => Refused(HeldBy(Santos), "Claim.HeldByAnother", report => report.Release(Cruz, isAdmin: false, "I want it", Later));

    [Fact]
    public void What_nobody_holds_is_not_released()
        => Refused(Draft.Report(), "Release.NobodyHoldsIt", report => report.Release(Santos, isAdmin: true, "so", Later));

    [Fact]
    public void Anybody_takes_over_from_a_holder_who_is_gone_without_a_reason()
    {
        var report = HeldBy(Santos);
        report.Lapse(Draft.Now, Later);

        report.TakeOver(Cruz, isAdmin: false, null, Later);

        (report.ClaimedBy, report.ClaimedAt, report.HolderOfflineSince).Should().Be((Cruz, Later, null));
        TheLast(report, 4).Should().BeEquivalentTo(new { Kind = ReportEventKind.TakenOver, OfficerId = Cruz, OtherOfficer = Santos });
    }

    [Fact]
    public void Nobody_but_an_admin_takes_over_from_a_holder_who_is_there()
        => Refused(HeldBy(Santos), "Claim.HeldByAnother", report => report.TakeOver(Cruz, isAdmin: false, "I am nearer", Later));

    [Fact]
    public void An_admin_takes_over_from_a_holder_who_is_there_with_a_reason()
    {
        var report = HeldBy(Santos);

        report.TakeOver(Cruz, isAdmin: true, "I am nearer", Later);

        report.ClaimedBy.Should().Be(Cruz);
        TheLast(report, 3).Should().BeEquivalentTo(new { Kind = ReportEventKind.TakenOver, OfficerId = Cruz, OtherOfficer = Santos, Reason = "I am nearer" });
    }

    [Fact]
    public void An_admin_takes_over_from_a_holder_who_is_there_never_without_a_reason()
        => Refused(HeldBy(Santos), "Reason.Missing", report => report.TakeOver(Cruz, isAdmin: true, null, Later));

    [Fact]
    public void What_one_holds_oneself_is_not_taken_over()
        => Refused(HeldBy(Santos), "TakeOver.NobodyHoldsIt", report => report.TakeOver(Santos, isAdmin: true, "so", Later));

    [Fact]
    public void What_nobody_holds_is_not_taken_over()
        => Refused(Draft.Report(), "TakeOver.NobodyHoldsIt", report => report.TakeOver(Santos, isAdmin: true, "so", Later));

    [Fact]
    public void A_claim_lapses_once_and_stands()
    {
        var report = HeldBy(Santos);

        var lapsed = report.Lapse(Draft.Now.ToOffset(TimeSpan.FromHours(8)), Later);
        var again = report.Lapse(Later, Later);

        (lapsed, again).Should().Be((true, false));
        (report.ClaimedBy, report.HolderOfflineSince).Should().Be((Santos, Draft.Now));
        report.HolderOfflineSince!.Value.Offset.Should().Be(TimeSpan.Zero);
        TheLast(report, 3).Should().BeEquivalentTo(new { Kind = ReportEventKind.ClaimLapsed, OfficerId = (Guid?)null, OtherOfficer = Santos, At = Later });
    }

    [Fact]
    public void A_holder_returns_once()
    {
        var report = HeldBy(Santos);
        report.Lapse(Draft.Now, Later);

        var returned = report.HolderReturned(Later);
        var again = report.HolderReturned(Later);

        (returned, again).Should().Be((true, false));
        (report.ClaimedBy, report.HolderOfflineSince).Should().Be((Santos, null));
        TheLast(report, 4).Should().BeEquivalentTo(new { Kind = ReportEventKind.HolderReturned, OfficerId = (Guid?)null, OtherOfficer = Santos });
    }

    [Fact]
    public void A_holder_who_was_never_gone_does_not_return()
    {
        var report = HeldBy(Santos);

        report.HolderReturned(Later).Should().BeFalse();

        report.Version.Should().Be(2);
    }

    [Fact]
    public void What_nobody_holds_does_not_lapse()
    {
        var report = Draft.Report();

        (report.Lapse(Draft.Now, Later), report.HolderReturned(Later)).Should().Be((false, false));

        report.Version.Should().Be(1);
    }

    [Fact]
    public void Triage_changes_the_severity_and_says_from_what_to_what_and_why()
    {
        var report = Draft.Report();

        report.Triage(Severity.High, Santos, "two more hurt", EscalationTimes.Standard, Later);

        report.Severity.Should().Be(Severity.High);
        TheLast(report, 2).Should().BeEquivalentTo(new
        {
            Kind = ReportEventKind.SeverityChanged,
            OfficerId = Santos,
            FromSeverity = Severity.Medium,
            ToSeverity = Severity.High,
            Reason = "two more hurt",
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Triage_takes_a_reason(string? reason)
        => Refused(Draft.Report(), "Reason.Missing", report => report.Triage(Severity.High, Santos, reason, EscalationTimes.Standard, Later));

    [Fact]
    public void Triage_to_the_same_severity_is_none()
        => Refused(Draft.Report(), "Severity.Same", report => report.Triage(Severity.Medium, Santos, "so", EscalationTimes.Standard, Later));

    [Theory]
    [MemberData(nameof(Finished))]
    public void What_is_finished_is_not_triaged(ReportStatus status)
        => Refused(Draft.At(status), "Severity.Finished", report => report.Triage(Severity.High, Santos, "so", EscalationTimes.Standard, Later));

    [Fact]
    public void A_remark_is_one_event_and_changes_nothing_else()
    {
        var report = HeldBy(Santos);

        report.Remark("The witness calls back at six.", Cruz, Later);

        (report.Status, report.ClaimedBy).Should().Be((Received, Santos));
        TheLast(report, 3).Should().BeEquivalentTo(new { Kind = ReportEventKind.Remarked, OfficerId = Cruz, Reason = "The witness calls back at six." });
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void An_empty_remark_is_none(string text)
        => Refused(Draft.Report(), "Note.Missing", report => report.Remark(text, Santos, Later));

    [Fact]
    public void A_remark_is_measured_in_what_people_see_as_characters()
    {
        var report = Draft.Report();

        report.Remark(string.Concat(Enumerable.Repeat(Family, Report.MaxNote)), Santos, Later);

        report.Version.Should().Be(2);
        Refused(report, "Note.TooLong", one => one.Remark(string.Concat(Enumerable.Repeat(Family, Report.MaxNote + 1)), Santos, Later));
    }

    [Fact]
    public void A_reason_is_measured_in_what_people_see_as_characters()
    {
        var report = Draft.Report();

        Refused(report, "Reason.TooLong", one => one.Move(Invalid, Santos, string.Concat(Enumerable.Repeat(Family, Report.MaxReason + 1)), Later));
        report.Move(Invalid, Santos, string.Concat(Enumerable.Repeat(Family, Report.MaxReason)), Later);

        report.Status.Should().Be(Invalid);
    }

    [Fact]
    public void A_duplicate_keeps_of_which_and_the_timeline_says_it()
    {
        var report = Draft.Report();

        report.Move(Duplicate, Santos, "the same bag", Later, Other);

        report.DuplicateOf.Should().Be(Other);
        TheLast(report, 2).Should().BeEquivalentTo(new { Kind = ReportEventKind.StatusChanged, From = Received, To = Duplicate, OtherReport = Other, Reason = "the same bag" });
    }

    [Fact]
    public void A_duplicate_that_is_reopened_is_none_any_more()
    {
        var report = Draft.Report();
        report.Move(Duplicate, Santos, "the same bag", Draft.Now, Other);

        report.Move(Investigating, Cruz, "another bag", Later);

        report.DuplicateOf.Should().BeNull();
        TheLast(report, 3).OtherReport.Should().BeNull();
    }

    [Fact]
    public void A_report_is_no_duplicate_of_itself()
        => Refused(Draft.Report(), "Duplicate.OfItself", report => report.Move(Duplicate, Santos, "so", Later, report.Id));

    [Theory]
    [InlineData(Resolved)]
    [InlineData(Invalid)]
    [InlineData(Duplicate)]
    public void A_finished_report_is_held_by_nobody_is_asked_away_by_nobody_and_waits_for_nothing(ReportStatus end)
    {
        var report = Draft.At(Investigating);
        report.Claim(Santos, Draft.Now);
        report.Lapse(Draft.Now, Draft.Now);
        report.AskTransfer("PS3", Santos, "their area", Draft.Now);

        report.Move(end, Cruz, "done", Later);

        (report.ClaimedBy, report.ClaimedAt, report.HolderOfflineSince).Should().Be((null, null, null));
        (report.TransferAskedTo, report.EscalatesAt).Should().Be((null, null));
    }

    private static Report HeldBy(Guid officer)
    {
        var report = Draft.Report();
        report.Claim(officer, Draft.Now);
        return report;
    }

    /// <summary>The only event of the newest version, which is that one.</summary>
    private static ReportEvent TheLast(Report report, int version)
    {
        report.Version.Should().Be(version);
        return report.Events.Where(e => e.Version == version).Should().ContainSingle().Subject;
    }

    private static void Refused(Report report, string rule, Action<Report> act)
    {
        var before = Picture(report);

        report.Invoking(act).Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be(rule);

        Picture(report).Should().Be(before);
    }

    private static string Picture(Report report)
        => string.Join('|', report.Version, report.Status, report.Events.Count, report.ClaimedBy, report.ClaimedAt, report.HolderOfflineSince,
            report.Severity, report.DuplicateOf, report.TransferAskedTo, report.Log, report.EscalatesAt);
}
