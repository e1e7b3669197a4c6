using AlertDavao.Dashboard.Board;
using AlertDavao.Domain.Reports;
using static AlertDavao.Domain.Reports.ReportStatus;

namespace AlertDavao.Tests.Board;

public sealed class BoardOrderTests
{
    [Fact]
    public void Unacknowledged_critical_reports_stand_first_then_the_newest()
    {
        var state = Rows.Opened(
            Rows.Row(1, severity: Severity.Critical),
            Rows.Row(2, Acknowledged, Severity.Critical),
            Rows.Row(3, severity: Severity.High),
            Rows.Row(4, severity: Severity.Critical),
            Rows.Row(5, Resolved));

        Rows.Numbers(state.Rows).Should().Equal(4, 1, 5, 3, 2);
    }

    [Fact]
    public void Of_reports_received_in_the_same_moment_the_higher_number_stands_first()
    {
        var state = Rows.Opened(Rows.Many(1, 4).Select(row => row with { ReceivedAt = Rows.Noon }).Reverse());

        Rows.Numbers(state.Rows).Should().Equal(4, 3, 2, 1);
    }

    [Theory]
    [InlineData(0, 0, 0, false)]
    [InlineData(3, 50, 53, false)]
    [InlineData(3, 51, 53, true)]
    [InlineData(500, 200, 550, true)]
    [InlineData(600, 300, 550, true)]
    public void Every_unacknowledged_report_and_fifty_others_are_shown(int unacknowledged, int others, int shown, bool hasMore)
    {
        var state = Opened(unacknowledged, others);

        (state.Rows.Count(), state.HasMore).Should().Be((shown, hasMore));
    }

    [Theory]
    [InlineData(1, 100, true)]
    [InlineData(2, 150, true)]
    [InlineData(3, 200, false)]
    [InlineData(9, 200, false)]
    public void Show_more_shows_fifty_more_up_to_two_hundred(int times, int shown, bool hasMore)
    {
        var state = Opened(0, 300);

        for (var time = 0; time < times; time++)
            state = state.ShowMore();

        (state.Rows.Count(), state.HasMore).Should().Be((shown, hasMore));
    }

    [Fact]
    public void Of_the_others_the_newest_are_shown()
    {
        var state = Opened(0, 300);

        Rows.Numbers(state.Rows).Should().Equal(Enumerable.Range(251, 50).Reverse().Select(number => (long)number));
    }

    [Fact]
    public void A_picture_keeps_the_newest_five_hundred_unacknowledged_and_every_critical_one_before_them()
    {
        var rows = Rows.Many(1, 5, severity: Severity.Critical).Concat(Rows.Many(6, 600));

        var kept = Rows.Numbers(BoardPicture.Keep([.. rows]));

        kept.Should().HaveCount(500).And.StartWith([5, 4, 3, 2, 1, 605]).And.EndWith(111);
    }

    [Fact]
    public void Show_more_survives_an_arrival()
    {
        var state = Opened(0, 120).ShowMore();

        state = state.Apply(Rows.Arrive(state, Rows.Row(900)));

        state.Rows.Should().HaveCount(101);
    }

    [Fact]
    public void The_counters_of_the_officers_own_count_open_reports_alone()
    {
        var mine = Guid.NewGuid();
        var picture = Rows.Picture(
            Rows.Row(1, Responding) with { ClaimedBy = mine },
            Rows.Row(2, Resolved) with { ClaimedBy = mine },
            Rows.Row(3, Responding) with { ClaimedBy = Guid.NewGuid() },
            Rows.Row(4));

        (picture.ClaimedBy(mine), picture.ClaimedBy(Guid.NewGuid())).Should().Be((1, 0));
    }

    [Fact]
    public void The_oldest_that_waits_is_an_unacknowledged_one()
    {
        Rows.Picture(Rows.Row(1, Acknowledged), Rows.Row(2), Rows.Row(3)).OldestUnacknowledged.Should().Be(Rows.Row(2).ReceivedAt);
        Rows.Picture(Rows.Row(1, Acknowledged)).OldestUnacknowledged.Should().BeNull();
    }

    private static BoardState Opened(int unacknowledged, int others)
        => Rows.Opened(Rows.Many(1, others, Acknowledged).Concat(Rows.Many(1_001, unacknowledged)));
}
