using AlertDavao.Domain;
using AlertDavao.Domain.Reports;
using static AlertDavao.Domain.Reports.ReportStatus;

namespace AlertDavao.Tests.Domain.Reports;

/// <summary>A report goes from one log to another.</summary>
public sealed class TransferTests
{
    private static readonly Guid Santos = Guid.NewGuid();
    private static readonly Guid Cruz = Guid.NewGuid();
    private static readonly DateTimeOffset Later = Draft.Now.AddMinutes(3);

    public static TheoryData<ReportStatus> Open() => new(Received, Acknowledged, Responding, Investigating);

    public static TheoryData<ReportStatus> Finished() => new(Resolved, Invalid, Duplicate);

    [Fact]
    public void A_report_that_is_asked_for_stays_where_and_as_it_is()
    {
        var report = Draft.At(Responding);
        report.Claim(Santos, Draft.Now);
        var version = report.Version;

        report.AskTransfer("PS3", Santos, "their side of the river", Later);

        (report.Log, report.Status, report.ClaimedBy, report.TransferAskedTo).Should().Be(("PS19", Responding, Santos, "PS3"));
        TheLast(report, version + 1).Should().BeEquivalentTo(new
        {
            Kind = ReportEventKind.TransferAsked,
            OfficerId = Santos,
            FromLog = "PS19",
            ToLog = "PS3",
            Reason = "their side of the river",
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Asking_takes_a_reason(string? reason)
        => Refused(Draft.Report(), "Reason.Missing", report => report.AskTransfer("PS3", Santos, reason, Later));

    [Fact]
    public void A_station_is_not_asked_for_what_it_has()
        => Refused(Draft.Report(), "Transfer.ToItself", report => report.AskTransfer("PS19", Santos, "so", Later));

    [Fact]
    public void One_station_is_asked_at_a_time()
        => Refused(Asked(), "Transfer.AskedAlready", report => report.AskTransfer("PS4", Cruz, "so", Later));

    [Theory]
    [MemberData(nameof(Finished))]
    public void What_is_finished_is_asked_away_by_nobody_and_goes_nowhere(ReportStatus status)
    {
        Refused(Draft.At(status), "Transfer.Finished", report => report.AskTransfer("PS3", Santos, "so", Later));
        Refused(Draft.At(status), "Transfer.Finished", report => report.GoTo("PS3", Santos, "so", EscalationTimes.Standard, Later));
    }

    [Fact]
    public void A_refusal_says_why_and_another_station_may_be_asked()
    {
        var report = Asked();

        report.RefuseTransfer(Cruz, "not our side", Later);

        (report.Log, report.TransferAskedTo).Should().Be(("PS19", null));
        TheLast(report, 3).Should().BeEquivalentTo(new { Kind = ReportEventKind.TransferRefused, OfficerId = Cruz, FromLog = "PS19", ToLog = "PS3", Reason = "not our side" });
        report.Invoking(one => one.AskTransfer("PS4", Santos, "then theirs", Later)).Should().NotThrow();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Refusing_takes_a_reason(string? reason)
        => Refused(Asked(), "Reason.Missing", report => report.RefuseTransfer(Cruz, reason, Later));

    [Fact]
    public void What_nobody_was_asked_for_is_not_refused()
        => Refused(Draft.Report(), "Transfer.NotAsked", report => report.RefuseTransfer(Cruz, "so", Later));

    [Theory]
    [MemberData(nameof(Open))]
    public void A_report_that_goes_is_new_where_it_comes(ReportStatus status)
    {
        var report = Draft.At(status);
        report.Claim(Santos, Draft.Now);
        report.Lapse(Draft.Now, Draft.Now);
        var version = report.Version;

        report.GoTo("PS3", Cruz, "theirs", EscalationTimes.Standard, Later);

        (report.Log, report.Status, report.TransferAskedTo).Should().Be(("PS3", Received, null));
        (report.AcknowledgedBy, report.AcknowledgedAt, report.ClaimedBy, report.ClaimedAt, report.HolderOfflineSince).Should().Be((null, null, null, null, null));
        (report.WaitsSince, report.Escalated, report.EscalatesAt).Should().Be((Later, EscalationLevel.None, Later.AddSeconds(900)));
        TheLast(report, version + 1).Should().BeEquivalentTo(new
        {
            Kind = ReportEventKind.Transferred,
            OfficerId = Cruz,
            FromLog = "PS19",
            ToLog = "PS3",
            From = status,
            To = Received,
            Reason = "theirs",
        });
    }

    [Fact]
    public void What_was_asked_before_is_settled_when_it_goes_elsewhere()
    {
        var report = Asked();

        report.GoTo("PS4", Cruz, null, EscalationTimes.Standard, Later);

        report.TransferAskedTo.Should().BeNull();
    }

    [Fact]
    public void A_report_goes_to_another_log_only()
        => Refused(Draft.Report(), "Transfer.ToItself", report => report.GoTo("PS19", Santos, null, EscalationTimes.Standard, Later));

    [Fact]
    public void A_transfer_is_decided_once()
    {
        var transfer = new Transfer(Guid.NewGuid(), Draft.Id, "PS19", "PS3", Santos, "theirs", Draft.Now);
        transfer.Decide(TransferState.Refused, Cruz, "not ours", Later);

        var again = () => transfer.Decide(TransferState.Accepted, Santos, null, Later.AddMinutes(1), 7);

        again.Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be("Transfer.Decided");
        (transfer.State, transfer.DecidedBy, transfer.DecidedAt, transfer.Answer, transfer.LeftAs).Should().Be((TransferState.Refused, Cruz, Later, "not ours", null));
    }

    [Fact]
    public void Times_of_a_transfer_are_kept_in_utc()
    {
        var manila = TimeSpan.FromHours(8);
        var transfer = new Transfer(Guid.NewGuid(), Draft.Id, "PS19", "PS3", Santos, "theirs", Draft.Now.ToOffset(manila));

        transfer.Decide(TransferState.Accepted, Cruz, null, Later.ToOffset(manila), 7);

        (transfer.AskedAt.Offset, transfer.DecidedAt!.Value.Offset, transfer.LeftAs).Should().Be((TimeSpan.Zero, TimeSpan.Zero, 7L));
    }

    private static Report Asked()
    {
        var report = Draft.Report();
        report.AskTransfer("PS3", Santos, "theirs", Draft.Now);
        return report;
    }

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
        => string.Join('|', report.Version, report.Status, report.Events.Count, report.Log, report.TransferAskedTo, report.ClaimedBy, report.WaitsSince);
}
