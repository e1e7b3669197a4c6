using System.Collections.Immutable;
using AlertDavao.Dashboard.Board;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using static AlertDavao.Domain.Reports.ReportStatus;

namespace AlertDavao.Tests.Board;

public sealed class BoardStateTests
{
    [Fact]
    public void A_screen_that_opens_shows_the_picture_and_calls_nothing_new()
    {
        var state = Rows.Opened(Rows.Many(1, 3));

        Rows.Numbers(state.Rows).Should().Equal(3, 2, 1);
        state.Rows.Should().NotContain(row => state.IsFresh(row));
        (state.BurstSize, state.Foremost).Should().Be((0, null));
    }

    [Fact]
    public void What_arrives_later_is_fresh_and_what_was_there_is_not()
    {
        var state = Rows.Opened(Rows.Many(1, 2));

        state = state.Apply(Rows.Arrive(state, Rows.Row(3)));

        state.Rows.Select(row => (row.Number, state.IsFresh(row))).Should().Equal((3, true), (2, false), (1, false));
    }

    [Fact]
    public void The_burst_is_the_arrivals_newest_first()
    {
        var state = Rows.Opened();

        state = state.Apply(Rows.Arrive(state, Rows.Row(1), Rows.Row(2), Rows.Row(3)));

        Rows.Numbers(state.Burst).Should().Equal(3, 2, 1);
        state.BurstSize.Should().Be(3);
    }

    [Fact]
    public void A_long_burst_names_the_newest_and_counts_them_all()
    {
        var state = Rows.Opened();

        state = state.Apply(Rows.Arrive(state, [.. Rows.Many(1, 120)]));

        Rows.Numbers(state.Burst).Should().Equal(Enumerable.Range(71, 50).Reverse().Select(number => (long)number));
        state.BurstSize.Should().Be(120);
    }

    [Fact]
    public void The_next_burst_takes_the_place_of_the_last()
    {
        var state = Rows.Opened();
        state = state.Apply(Rows.Arrive(state, Rows.Row(1), Rows.Row(2)));

        state = state.Apply(Rows.Arrive(state, Rows.Row(3)));

        (state.BurstSize, state.Burst.Single().Number).Should().Be((1, 3));
    }

    [Fact]
    public void A_change_replaces_its_row_and_is_no_arrival()
    {
        var state = Rows.Opened(Rows.Many(1, 2));
        var acknowledged = Rows.Row(1, Acknowledged, version: 2);

        state = state.Apply(new(state.Scope!, Rows.Picture(acknowledged, Rows.Row(2)), false, [Rows.Entry(acknowledged, EntryKind.Changed, 3)]));

        state.Rows.Select(row => (row.Number, row.Status)).Should().Equal((2, Received), (1, Acknowledged));
        (state.BurstSize, state.Rows.Any(state.IsFresh)).Should().Be((0, false));
    }

    [Fact]
    public void A_report_that_left_is_no_arrival()
    {
        var state = Rows.Opened(Rows.Many(1, 2));

        state = state.Apply(new(state.Scope!, Rows.Picture(Rows.Row(2)), false, [Rows.Entry(Rows.Row(1), EntryKind.Left, 3)]));

        (Rows.Numbers(state.Rows).Single(), state.BurstSize).Should().Be((2, 0));
    }

    [Fact]
    public void The_foremost_of_a_burst_is_its_highest_severity_and_of_equals_the_newest()
    {
        var state = Rows.Opened();

        state = state.Apply(Rows.Arrive(state,
            Rows.Row(1, severity: Severity.High), Rows.Row(2, severity: Severity.High), Rows.Row(3), Rows.Row(4, severity: Severity.Medium)));

        state.Foremost!.Number.Should().Be(2);
    }

    [Fact]
    public void A_delta_applied_twice_shows_the_same()
    {
        var state = Rows.Opened(Rows.Many(1, 2));
        var delta = Rows.Arrive(state, Rows.Row(3), Rows.Row(4));
        var once = state.Apply(delta);

        var twice = once.Apply(delta);

        twice.Should().BeEquivalentTo(once, options => options.ComparingByMembers<BoardState>());
        twice.Rows.Select(row => (row.Id, row.Version)).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Applying_changes_nothing_of_the_state_before()
    {
        var before = Rows.Opened(Rows.Many(1, 2));

        before.Apply(Rows.Arrive(before, Rows.Row(3)));

        (Rows.Numbers(before.Rows).Length, before.BurstSize).Should().Be((2, 0));
    }

    [Fact]
    public void After_a_reset_to_another_scope_nothing_of_the_old_one_is_left()
    {
        var state = Rows.Opened(Rows.Many(1, 3));
        state = state.Apply(Rows.Arrive(state, Rows.Row(4)));

        state = state.Apply(Rows.Reset(Rows.Scope("PS3"), Rows.Picture("PS3", [Rows.Row(1, log: "PS3")])));

        state.Rows.Should().ContainSingle().Which.Log.Should().Be("PS3");
        (state.Burst.Length, state.BurstSize, state.Rows.Any(state.IsFresh)).Should().Be((0, 0, false));
        state.Scope!.Logs.Should().Equal("PS3");
    }

    [Fact]
    public void What_came_between_the_page_and_its_circuit_is_fresh()
        => FreshAfter(Page(Rows.Epoch, 2)).Should().Equal(4, 3);

    [Theory]
    [InlineData(Rows.Epoch + 1, 2)]
    [InlineData(Rows.Epoch, 4)]
    [InlineData(Rows.Epoch, 9)]
    public void A_cursor_of_another_database_or_from_ahead_makes_nothing_fresh(long epoch, long number)
        => FreshAfter(Page(epoch, number)).Should().BeEmpty();

    [Fact]
    public void A_page_without_a_cursor_makes_nothing_fresh()
        => FreshAfter(Cursor.Empty).Should().BeEmpty();

    [Fact]
    public void A_page_that_knew_another_log_makes_nothing_fresh()
        => FreshAfter(Cursor.At(Rows.Epoch, [KeyValuePair.Create("PS2", 1L)])).Should().BeEmpty();

    [Fact]
    public void A_cursor_from_ahead_does_not_hide_what_arrives_next()
    {
        var state = (BoardState.Opening with { OpenedAt = Page(Rows.Epoch, 9) }).Apply(Rows.Reset(Rows.Scope("PS1"), Rows.Picture(Rows.Many(1, 4))));

        state = state.Apply(Rows.Arrive(state, Rows.Row(5)));

        Rows.Numbers(state.Rows.Where(state.IsFresh)).Should().Equal(5);
    }

    [Fact]
    public void A_screen_that_looked_before_it_followed_still_knows_what_its_page_had_not()
    {
        var looked = Rows.Opened(Rows.Many(1, 4));

        var following = (looked with { OpenedAt = Page(Rows.Epoch, 2) }).Apply(Rows.Reset(looked.Scope!, looked.Picture));

        Rows.Numbers(following.Rows.Where(following.IsFresh)).Should().Equal(4, 3);
    }

    [Fact]
    public void An_officer_without_duty_is_told_so_and_one_who_opens_is_not()
    {
        BoardState.Opening.Apply(Rows.Reset(Rows.Scope(), BoardPicture.Nothing)).HasNoDuty.Should().BeTrue();
        BoardState.Opening.HasNoDuty.Should().BeFalse();
        Rows.Opened().HasNoDuty.Should().BeFalse();
    }

    private static Cursor Page(long epoch, long number) => Cursor.At(epoch, [KeyValuePair.Create("PS1", number)]);

    private static ImmutableArray<long> FreshAfter(Cursor page)
    {
        var state = (BoardState.Opening with { OpenedAt = page }).Apply(Rows.Reset(Rows.Scope("PS1"), Rows.Picture(Rows.Many(1, 4))));
        return Rows.Numbers(state.Rows.Where(state.IsFresh));
    }
}
