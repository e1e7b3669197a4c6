using AlertDavao.Domain;
using AlertDavao.Domain.Reports;
using static AlertDavao.Domain.Reports.ReportStatus;

namespace AlertDavao.Tests.Domain.Reports;

/// <summary>The legal moves, as written in the domain: every one of the 49 pairs.</summary>
public sealed class ReportStatusTests
{
    private static readonly Guid Santos = Guid.NewGuid();

    // Columns as rows: Received Acknowledged Responding Investigating Resolved Invalid Duplicate.
    // '.' refused, 'x' legal, 'r' legal with a reason.
    private static readonly Dictionary<ReportStatus, string> Table = new()
    {
        [Received] = ".x...rr",
        [Acknowledged] = "..x..rr",
        [Responding] = "...x.rr",
        [Investigating] = "....xrr",
        [Resolved] = "...r...",
        [Invalid] = "...r...",
        [Duplicate] = "...r...",
    };

    public static TheoryData<ReportStatus, ReportStatus, char> Pairs()
    {
        var pairs = new TheoryData<ReportStatus, ReportStatus, char>();
        foreach (var (from, row) in Table)
        {
            foreach (var to in Enum.GetValues<ReportStatus>())
                pairs.Add(from, to, row[(int)to]);
        }

        return pairs;
    }

    public static TheoryData<ReportStatus, ReportStatus> Legal() => Where('x', 'r');

    public static TheoryData<ReportStatus, ReportStatus> WithReason() => Where('r');

    public static TheoryData<ReportStatus, ReportStatus> Refused() => Where('.');

    [Fact]
    public void The_table_covers_every_pair()
        => Pairs().Should().HaveCount(49);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_move_is_legal_only_where_the_table_says(ReportStatus from, ReportStatus to, char rule)
        => ReportStatusTable.MayMove(from, to).Should().Be(rule != '.');

    [Theory]
    [MemberData(nameof(Legal))]
    public void A_reason_is_needed_to_discard_and_to_reopen(ReportStatus from, ReportStatus to)
        => ReportStatusTable.NeedsReason(from, to).Should().Be(Table[from][(int)to] == 'r');

    [Theory]
    [MemberData(nameof(Legal))]
    public void A_legal_move_appends_one_event_and_bumps_the_version(ReportStatus from, ReportStatus to)
    {
        var report = Draft.At(from);
        var (version, events) = (report.Version, report.Events.ToList());

        report.Move(to, Santos, "seen on site", Draft.Now.ToOffset(TimeSpan.FromHours(8)));

        report.Status.Should().Be(to);
        report.Version.Should().Be(version + 1);
        report.Events.Should().StartWith(events).And.HaveCount(events.Count + 1);
        report.Events[^1].Should().BeEquivalentTo(new
        {
            ReportId = report.Id,
            Version = version + 1,
            Part = 0,
            Kind = ReportEventKind.StatusChanged,
            At = Draft.Now,
            OfficerId = Santos,
            From = from,
            To = to,
            Reason = "seen on site",
        });
        report.Events[^1].At.Offset.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_refused_move_names_its_rule_and_changes_nothing(ReportStatus from, ReportStatus to)
    {
        var report = Draft.At(from);
        var (version, events) = (report.Version, report.Events.ToList());

        var move = () => report.Move(to, Santos, "a reason", Draft.Now);

        move.Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be($"Status.{from}To{to}");
        (report.Version, report.Status).Should().Be((version, from));
        report.Events.Should().Equal(events);
    }

    [Theory]
    [MemberData(nameof(WithReason))]
    public void A_move_without_its_reason_changes_nothing(ReportStatus from, ReportStatus to)
    {
        var report = Draft.At(from);
        var (version, events) = (report.Version, report.Events.ToList());

        foreach (var reason in new[] { null, "", "   ", "\n\t" })
        {
            var move = () => report.Move(to, Santos, reason, Draft.Now);
            move.Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be("Reason.Missing");
        }

        (report.Version, report.Status).Should().Be((version, from));
        report.Events.Should().Equal(events);
    }

    [Theory]
    [InlineData(Received, Acknowledged)]
    [InlineData(Acknowledged, Responding)]
    [InlineData(Responding, Investigating)]
    [InlineData(Investigating, Resolved)]
    public void A_step_forward_needs_no_reason(ReportStatus from, ReportStatus to)
    {
        var report = Draft.At(from);

        report.Move(to, Santos, null, Draft.Now);

        report.Status.Should().Be(to);
    }

    [Theory]
    [InlineData(Received, "pending")]
    [InlineData(Acknowledged, "pending")]
    [InlineData(Responding, "investigating")]
    [InlineData(Investigating, "investigating")]
    [InlineData(Resolved, "resolved")]
    [InlineData(Invalid, "invalid")]
    [InlineData(Duplicate, "invalid")]
    public void Intake_clients_read_the_mobile_apps_words(ReportStatus status, string word)
        => status.ForIntake().Should().Be(word);

    [Theory]
    [InlineData(Received, true)]
    [InlineData(Acknowledged, true)]
    [InlineData(Responding, true)]
    [InlineData(Investigating, true)]
    [InlineData(Resolved, false)]
    [InlineData(Invalid, false)]
    [InlineData(Duplicate, false)]
    public void A_report_is_open_until_it_is_resolved_or_discarded(ReportStatus status, bool open)
        => status.IsOpen().Should().Be(open);

    private static TheoryData<ReportStatus, ReportStatus> Where(params char[] rules)
    {
        var rows = new TheoryData<ReportStatus, ReportStatus>();
        foreach (var (from, row) in Table)
        {
            foreach (var to in Enum.GetValues<ReportStatus>().Where(to => rules.Contains(row[(int)to])))
                rows.Add(from, to);
        }

        return rows;
    }
}
