using AlertDavao.Domain;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Tests.Domain.Reports;

/// <summary>A report goes where other boundaries send it.</summary>
public sealed class RerouteTests
{
    private static readonly Guid Desk = Guid.NewGuid();
    private static readonly DateTimeOffset Later = Draft.Now.AddMinutes(3);
    private static readonly Barangay Other = new("1130700001", "Acacia", "PS13", NetTopologySuite.Geometries.Polygon.Empty);
    private static readonly Route Route = new("PS13", RouteRule.Boundary, Other, "2026-11-26/1");

    [Fact]
    public void It_is_new_there_and_says_by_which_boundaries()
    {
        var report = Draft.At(ReportStatus.Responding);
        report.Claim(Guid.NewGuid(), Draft.Now);
        var version = report.Version;

        report.Reroute(Route, Desk, EscalationTimes.Standard, Later);

        (report.Log, report.Status, report.ClaimedBy, report.AcknowledgedBy).Should().Be(("PS13", ReportStatus.Received, null, null));
        (report.BarangayPsgc, report.RouteRule, report.BoundaryVersion).Should().Be(("1130700001", RouteRule.Boundary, "2026-11-26/1"));
        (report.WaitsSince, report.Escalated).Should().Be((Later, EscalationLevel.None));
        report.Events.Single(entry => entry.Version == version + 1).Should().BeEquivalentTo(new
        {
            Kind = ReportEventKind.Rerouted,
            OfficerId = Desk,
            FromLog = "PS19",
            ToLog = "PS13",
            From = ReportStatus.Responding,
            To = ReportStatus.Received,
            Reason = "2026-11-26/1",
        });
    }

    [Fact]
    public void What_stands_there_or_is_finished_goes_nowhere()
    {
        var there = Draft.Report();
        there.Invoking(report => report.Reroute(Route with { Log = "PS19" }, Desk, EscalationTimes.Standard, Later))
            .Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be("Transfer.ToItself");
        var finished = Draft.At(ReportStatus.Resolved);
        finished.Invoking(report => report.Reroute(Route, Desk, EscalationTimes.Standard, Later))
            .Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be("Transfer.Finished");
        (finished.Log, finished.BoundaryVersion).Should().Be(("PS19", "v1"));
    }
}
