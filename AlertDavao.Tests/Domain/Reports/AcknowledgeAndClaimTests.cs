using AlertDavao.Domain;
using AlertDavao.Domain.Reports;
using static AlertDavao.Domain.Reports.ReportStatus;

namespace AlertDavao.Tests.Domain.Reports;

public sealed class AcknowledgeAndClaimTests
{
    private static readonly Guid Santos = Guid.NewGuid();
    private static readonly Guid Cruz = Guid.NewGuid();
    private static readonly DateTimeOffset Later = Draft.Now.AddMinutes(3);

    public static TheoryData<ReportStatus> Open() => new(Received, Acknowledged, Responding, Investigating);

    public static TheoryData<ReportStatus> Finished() => new(Resolved, Invalid, Duplicate);

    public static TheoryData<ReportStatus> NoLongerReceived() => new(Enum.GetValues<ReportStatus>().Where(status => status != Received));

    [Fact]
    public void Acknowledging_says_who_has_seen_it_and_when()
    {
        var report = Draft.Report();

        report.Acknowledge(Santos, Later.ToOffset(TimeSpan.FromHours(8)));

        (report.Status, report.AcknowledgedBy, report.AcknowledgedAt).Should().Be((Acknowledged, Santos, Later));
        report.AcknowledgedAt!.Value.Offset.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void Acknowledging_appends_one_event_and_bumps_the_version()
    {
        var report = Draft.Report();

        report.Acknowledge(Santos, Later);

        report.Version.Should().Be(2);
        report.Events.Skip(1).Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Version = 2,
            Kind = ReportEventKind.StatusChanged,
            At = Later,
            OfficerId = Santos,
            From = Received,
            To = Acknowledged,
        });
    }

    [Fact]
    public void A_move_to_acknowledged_is_an_acknowledgement()
    {
        var report = Draft.Report();

        report.Move(Acknowledged, Santos, null, Later);

        (report.AcknowledgedBy, report.AcknowledgedAt).Should().Be((Santos, Later));
    }

    [Theory]
    [MemberData(nameof(NoLongerReceived))]
    public void What_is_no_longer_received_cannot_be_acknowledged(ReportStatus status)
    {
        var report = Draft.At(status);
        var before = Picture(report);

        var act = () => report.Acknowledge(Cruz, Later);

        act.Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be($"Status.{status}ToAcknowledged");
        Picture(report).Should().Be(before);
    }

    [Theory]
    [MemberData(nameof(Open))]
    public void An_open_report_can_be_claimed_whatever_its_status(ReportStatus status)
    {
        var report = Draft.At(status);
        var (version, count) = (report.Version, report.Events.Count);

        report.Claim(Santos, Later.ToOffset(TimeSpan.FromHours(-5)));

        (report.ClaimedBy, report.ClaimedAt, report.Status).Should().Be((Santos, Later, status));
        report.ClaimedAt!.Value.Offset.Should().Be(TimeSpan.Zero);
        report.Version.Should().Be(version + 1);
        report.Events.Skip(count).Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Version = version + 1,
            Part = 0,
            Kind = ReportEventKind.Claimed,
            At = Later,
            OfficerId = Santos,
        });
    }

    [Fact]
    public void Claiming_what_one_holds_changes_nothing()
    {
        var report = Draft.Report();
        report.Claim(Santos, Draft.Now);
        var before = Picture(report);

        report.Claim(Santos, Later);

        Picture(report).Should().Be(before);
    }

    [Fact]
    public void A_report_has_one_holder()
    {
        var report = Draft.Report();
        report.Claim(Santos, Draft.Now);
        var before = Picture(report);

        var act = () => report.Claim(Cruz, Later);

        act.Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be("Claim.HeldByAnother");
        Picture(report).Should().Be(before);
    }

    [Theory]
    [MemberData(nameof(Finished))]
    public void A_finished_report_cannot_be_claimed(ReportStatus status)
    {
        var report = Draft.At(status);
        var before = Picture(report);

        var act = () => report.Claim(Santos, Later);

        act.Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be("Claim.Finished");
        Picture(report).Should().Be(before);
    }

    [Theory]
    [InlineData(Resolved)]
    [InlineData(Invalid)]
    [InlineData(Duplicate)]
    public void A_claim_ends_when_the_report_is_finished(ReportStatus end)
    {
        var report = Draft.At(Investigating);
        report.Claim(Santos, Draft.Now);

        report.Move(end, Cruz, "done", Later);

        (report.ClaimedBy, report.ClaimedAt).Should().Be((null, null));
    }

    [Fact]
    public void A_reopened_report_can_be_claimed_by_anyone()
    {
        var report = Draft.At(Investigating);
        report.Claim(Santos, Draft.Now);
        report.Move(Resolved, Santos, null, Draft.Now);
        report.Move(Investigating, Cruz, "a witness came", Later);

        report.Claim(Cruz, Later);

        report.ClaimedBy.Should().Be(Cruz);
    }

    [Fact]
    public void A_claim_outlives_the_steps_of_an_open_report()
    {
        var report = Draft.Report();
        report.Claim(Santos, Draft.Now);

        report.Acknowledge(Cruz, Later);
        report.Move(Responding, Cruz, null, Later);
        report.Move(Investigating, Cruz, null, Later);

        report.ClaimedBy.Should().Be(Santos);
    }

    private static (int, ReportStatus, int, Guid?, DateTimeOffset?, Guid?, DateTimeOffset?) Picture(Report report)
        => (report.Version, report.Status, report.Events.Count,
            report.AcknowledgedBy, report.AcknowledgedAt, report.ClaimedBy, report.ClaimedAt);
}
