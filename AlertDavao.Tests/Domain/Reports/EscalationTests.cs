using AlertDavao.Domain;
using AlertDavao.Domain.Reports;
using static AlertDavao.Domain.Reports.EscalationLevel;
using static AlertDavao.Domain.Reports.Severity;

namespace AlertDavao.Tests.Domain.Reports;

/// <summary>The clock of a report that nobody acknowledges.</summary>
public sealed class EscalationTests
{
    private static readonly Guid Santos = Guid.NewGuid();
    private static readonly EscalationTimes Standard = EscalationTimes.Standard;

    [Theory]
    [InlineData(Critical, 15, 30, 60)]
    [InlineData(High, 60, 180, 600)]
    [InlineData(Medium, 900, 3600, null)]
    [InlineData(Low, null, null, null)]
    public void Each_level_is_told_at_its_second_and_not_before(Severity severity, int? station, int? admins, int? cityDesk)
    {
        var report = Waiting(severity);
        foreach (var (level, seconds) in new[] { (Station, station), (Admins, admins), (CityDesk, cityDesk) })
        {
            if (seconds is not { } after)
            {
                report.EscalatesAt.Should().BeNull();
                report.Escalate(Standard, Draft.Now.AddDays(30)).Should().BeFalse();
                continue;
            }

            var due = Draft.Now.AddSeconds(after);
            report.EscalatesAt.Should().Be(due);
            report.Escalate(Standard, due.AddTicks(-1)).Should().BeFalse();
            report.Escalate(Standard, due).Should().BeTrue();
            report.Escalated.Should().Be(level);
            report.Events[^1].Should().BeEquivalentTo(new { Kind = ReportEventKind.Escalated, Level = level, OfficerId = (Guid?)null, At = due, report.Version });
        }

        report.EscalatesAt.Should().BeNull("nobody is above");
    }

    [Theory]
    [InlineData(29, Station)]
    [InlineData(45, Admins)]
    [InlineData(86_400, CityDesk)]
    public void Of_several_levels_that_came_due_the_highest_is_told_in_one_event(int seconds, EscalationLevel told)
    {
        var report = Waiting(Critical);

        report.Escalate(Standard, Draft.Now.AddSeconds(seconds)).Should().BeTrue();

        (report.Version, report.Escalated).Should().Be((2, told));
        report.Events.Where(e => e.Kind == ReportEventKind.Escalated).Should().ContainSingle().Which.Level.Should().Be(told);
        report.Escalate(Standard, Draft.Now.AddSeconds(seconds)).Should().BeFalse("it was told");
    }

    [Fact]
    public void A_report_of_the_demo_is_told_to_its_station_and_nobody_above()
    {
        var report = Waiting(Critical, ReportSource.Demo);

        report.Escalate(Standard, Draft.Now.AddDays(1)).Should().BeTrue();

        (report.Escalated, report.EscalatesAt).Should().Be((Station, null));
        report.Escalate(Standard, Draft.Now.AddDays(2)).Should().BeFalse();
    }

    [Fact]
    public void A_report_whose_clock_nobody_started_waits_for_nothing()
    {
        var report = Of(Critical);

        report.Escalate(Standard, Draft.Now.AddDays(1)).Should().BeFalse();

        (report.Version, report.EscalatesAt).Should().Be((1, null));
    }

    [Fact]
    public void A_changed_severity_keeps_the_start_of_the_clock()
    {
        var report = Waiting(Medium);

        report.Triage(Critical, Santos, "he has a gun", Standard, Draft.Now.AddSeconds(20));

        (report.WaitsSince, report.EscalatesAt).Should().Be((Draft.Now, Draft.Now.AddSeconds(15)));
        report.Escalate(Standard, Draft.Now.AddSeconds(20)).Should().BeTrue("what was due already is told at once");
    }

    [Fact]
    public void A_severity_that_is_never_told_stops_the_clock_and_a_higher_one_starts_it_again_from_where_it_began()
    {
        var report = Waiting(Critical);
        report.Triage(Low, Santos, "a toy gun", Standard, Draft.Now.AddSeconds(5));
        report.EscalatesAt.Should().BeNull();

        report.Triage(High, Santos, "a real one", Standard, Draft.Now.AddSeconds(10));

        report.EscalatesAt.Should().Be(Draft.Now.AddSeconds(60));
    }

    [Fact]
    public void What_was_told_is_not_told_again_at_another_severity()
    {
        var report = Waiting(Critical);
        report.Escalate(Standard, Draft.Now.AddSeconds(15));

        report.Triage(High, Santos, "nobody hurt", Standard, Draft.Now.AddSeconds(20));

        report.EscalatesAt.Should().Be(Draft.Now.AddSeconds(180), "the station knows");
    }

    [Fact]
    public void Acknowledging_stops_the_clock()
    {
        var report = Waiting(Critical);

        report.Acknowledge(Santos, Draft.Now.AddSeconds(14));

        report.EscalatesAt.Should().BeNull();
        report.Escalate(Standard, Draft.Now.AddDays(1)).Should().BeFalse();
    }

    [Fact]
    public void Claiming_a_report_stops_no_clock()
    {
        var report = Waiting(Critical);

        report.Claim(Santos, Draft.Now.AddSeconds(14));

        report.Escalate(Standard, Draft.Now.AddSeconds(15)).Should().BeTrue("only an acknowledgement says that the station has seen it");
    }

    [Fact]
    public void A_transfer_starts_the_clock_again()
    {
        var report = Waiting(Critical);
        report.Escalate(Standard, Draft.Now.AddSeconds(60));
        var moved = Draft.Now.AddMinutes(5);

        report.GoTo("PS3", Santos, null, Standard, moved);

        (report.Escalated, report.WaitsSince, report.EscalatesAt).Should().Be((None, moved, moved.AddSeconds(15)));
    }

    [Fact]
    public void A_level_that_is_later_than_it_was_is_waited_for_without_an_event()
    {
        var report = Waiting(Critical);
        var slower = Times(Critical, 120, 240, 480);

        report.Escalate(slower, Draft.Now.AddSeconds(15)).Should().BeFalse();

        (report.Version, report.EscalatesAt).Should().Be((1, Draft.Now.AddSeconds(120)));
    }

    [Theory]
    [InlineData("Escalation.ThreeTimes", 15, 30)]
    [InlineData("Escalation.ThreeTimes", 15, 30, 60, 90)]
    [InlineData("Escalation.TimesRise", 0, 30, 60)]
    [InlineData("Escalation.TimesRise", -1, null, null)]
    [InlineData("Escalation.TimesRise", 15, 15, 60)]
    [InlineData("Escalation.TimesRise", 15, 60, 30)]
    [InlineData("Escalation.NoLevelIsLeftOut", 15, null, 60)]
    [InlineData("Escalation.NoLevelIsLeftOut", null, 30, 60)]
    public void Times_are_three_that_rise_without_a_gap(string rule, params int?[] seconds)
    {
        var act = () => Times(High, seconds);

        act.Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be(rule);
    }

    [Fact]
    public void A_severity_without_times_is_never_told()
    {
        var times = Times(Critical, 15, null, null);

        (times.After(Critical, Station), times.After(Critical, Admins), times.After(High, Station), times.After(Critical, None))
            .Should().Be((TimeSpan.FromSeconds(15), null, null, null));
    }

    private static EscalationTimes Times(Severity severity, params int?[] seconds)
        => new(new Dictionary<Severity, IReadOnlyList<TimeSpan?>>
        {
            [severity] = [.. seconds.Select(second => second is { } one ? TimeSpan.FromSeconds(one) : (TimeSpan?)null)],
        });

    private static Report Waiting(Severity severity, ReportSource source = ReportSource.App)
    {
        var report = Of(severity, source);
        report.StartClock(Standard, Draft.Now);
        return report;
    }

    private static Report Of(Severity severity, ReportSource source = ReportSource.App)
    {
        string type = severity switch { Critical => "Robbery", High => "Threats", Medium => "Theft", _ => "Others" };
        var report = Draft.Submit(Draft.Submission with { CrimeTypes = [type], Source = source });
        report.Severity.Should().Be(severity);
        return report;
    }
}
