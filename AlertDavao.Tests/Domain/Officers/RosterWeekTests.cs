using AlertDavao.Domain;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Officers;
using Posting = AlertDavao.Domain.Officers.Duty;

namespace AlertDavao.Tests.Domain.Officers;

/// <summary>A week of a station's duties: where each stands, who is wanted twice, and how many are planned for each shift.</summary>
public sealed class RosterWeekTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly Guid Santos = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Flores = new("00000000-0000-0000-0000-000000000002");

    /// <summary>Thursday of the week, at noon.</summary>
    private static readonly DateTimeOffset Now = At(3, 12);

    [Theory]
    [InlineData("2026-11-23")]
    [InlineData("2026-11-26")]
    [InlineData("2026-11-29")]
    public void It_begins_on_the_monday_before_any_of_its_days_at_midnight_in_Manila(string day)
    {
        var week = new RosterWeek("PS1", DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), [], Now);

        week.Monday.Should().Be(Monday);
        week.Days.Should().Equal(Enumerable.Range(0, 7).Select(Monday.AddDays));
        week.Begins.Should().Be(new DateTimeOffset(2026, 11, 22, 16, 0, 0, TimeSpan.Zero));
        week.Ends.Should().Be(week.Begins.AddDays(7));
        RosterWeek.DayOf(week.Begins).Should().Be(Monday);
        RosterWeek.DayOf(week.Begins.AddTicks(-1)).Should().Be(Monday.AddDays(-1));
    }

    [Fact]
    public void A_shift_stands_on_the_day_on_which_it_begins_also_when_it_ends_on_the_next()
    {
        var week = Of(Duty(0, 7, 15), Duty(1, 23, 31), Duty(-1, 23, 31), Duty(6, 23, 31), Duty(7, 7, 15));

        week.Pieces.Select(piece => piece.Day).Should().Equal(Monday, Monday.AddDays(1), Monday.AddDays(6));
        week.Pieces.Should().OnlyContain(piece => piece.IsFirst && piece.IsLast && piece.From == piece.Duty.From && piece.Until == piece.Duty.Until);
    }

    [Fact]
    public void What_spans_several_days_stands_on_each_that_it_covers()
    {
        var week = Of(Duty(1, 22, 24 + 24 + 6));

        week.Pieces.Select(piece => (piece.Day, piece.From, piece.Until, piece.IsFirst, piece.IsLast)).Should().Equal(
            (Monday.AddDays(1), At(1, 22), At(2, 0), true, false),
            (Monday.AddDays(2), At(2, 0), At(3, 0), false, false),
            (Monday.AddDays(3), At(3, 0), At(3, 6), false, true));
        Of(Duty(1, 0, 48)).Pieces.Select(piece => piece.Day).Should().Equal([Monday.AddDays(1), Monday.AddDays(2)], "midnight belongs to the next day");
    }

    [Fact]
    public void What_has_no_end_stands_on_every_day_from_its_first()
    {
        var week = Of(Duty(5, 9, null));

        week.Pieces.Select(piece => piece.Day).Should().Equal(Monday.AddDays(5), Monday.AddDays(6));
        week.Pieces.Select(piece => (piece.IsFirst, piece.IsLast)).Should().Equal((true, false), (false, false));
        Of(Duty(-30, 9, null)).Pieces.Should().HaveCount(7);
        week.HasShifts.Should().BeFalse();
    }

    [Fact]
    public void Running_is_what_is_in_force_now_on_that_day()
    {
        Of(Duty(3, 7, 15), Duty(3, 12, 20, log: "PS1", officer: Flores), Duty(3, 4, 12, officer: Guid.NewGuid())).Pieces
            .Where(piece => piece.IsRunning).Select(piece => piece.From).Should().Equal(At(3, 7), At(3, 12));
        Of(Duty(0, 7, null)).Pieces.Single(piece => piece.IsRunning).Day.Should().Be(Monday.AddDays(3));
    }

    [Fact]
    public void The_same_hours_at_another_station_are_a_conflict_of_that_part_alone()
    {
        var (here, elsewhere, free) = (Duty(4, 15, 23), Duty(4, 20, 28, "PS15"), Duty(5, 15, 23));

        var week = Of(here, elsewhere, free, Duty(5, 15, 23, "PS15", Flores));

        var conflict = week.Conflicts.Should().ContainSingle().Which;
        (conflict.Here.Id, conflict.Other.Id, conflict.From, conflict.Until).Should().Be((here.Id, elsewhere.Id, At(4, 20), At(4, 23)));
        week.Pieces.Where(piece => piece.IsConflict).Select(piece => piece.Duty.Id).Should().Equal(here.Id);
    }

    [Fact]
    public void What_touches_is_no_conflict_and_what_is_over_is_none_any_more()
    {
        Of(Duty(4, 7, 15), Duty(4, 15, 23, "PS15")).Conflicts.Should().BeEmpty();
        Of(Duty(2, 7, 15), Duty(2, 7, 15, "PS15")).Conflicts.Should().BeEmpty("Wednesday is over");
        Of(Duty(7, 7, 15), Duty(7, 7, 15, "PS15")).Conflicts.Should().BeEmpty("it is another week's");
    }

    [Fact]
    public void Two_postings_without_an_end_are_one_conflict_and_mark_every_day_that_is_left()
    {
        var week = Of(Duty(-9, 7, null), Duty(1, 7, null, "PS15"));

        week.Conflicts.Should().ContainSingle().Which.Until.Should().BeNull();
        week.Pieces.Where(piece => piece.IsConflict).Select(piece => piece.Day).Should().Equal(Enumerable.Range(3, 4).Select(Monday.AddDays));
    }

    [Fact]
    public void Twice_at_one_station_is_one_conflict()
        => Of(Duty(4, 7, 15), Duty(4, 14, 22)).Conflicts.Should().ContainSingle();

    [Fact]
    public void Planned_for_a_shift_is_who_serves_half_of_it_and_each_once()
    {
        var week = Of(
            Duty(4, 7, 15), Duty(4, 7, 15, officer: Flores), Duty(4, 15, 19), Duty(4, 19, 22.5), Duty(4, 15, 18.5, officer: Flores),
            Duty(4, 23, 31), Duty(4, 7, 15, "PS2", Guid.NewGuid()));

        week.Shifts.Should().HaveCount(21);
        CountsOn(week, 4).Should().Equal(2, 1, 1);
        CountsOn(Of(Duty(6, 23, 31)), 6).Should().Equal([0, 0, 1], "the night of Sunday is this week's");
        CountsOn(Of(Duty(-1, 23, 31)), 0).Should().Equal([0, 0, 0], "and that of the Sunday before is not");
    }

    [Fact]
    public void An_admin_until_further_notice_is_planned_for_no_shift_and_an_officer_for_every()
    {
        CountsOn(Of(Duty(-9, 7, null, role: DutyRole.StationAdmin)), 4).Should().Equal(0, 0, 0);
        CountsOn(Of(Duty(4, 7, 15, role: DutyRole.StationAdmin)), 4).Should().Equal(1, 0, 0);
        CountsOn(Of(Duty(-9, 7, null)), 4).Should().Equal(1, 1, 1);
    }

    [Fact]
    public void Nobody_is_said_of_coming_shifts_alone_and_only_where_shifts_are_planned()
    {
        var week = Of(Duty(4, 7, 15));

        // Thursday at noon: the morning shift is not over.
        week.Uncovered.Should().HaveCount((4 * 3) - 1).And.NotContain(shift => shift.Day < Monday.AddDays(3));
        week.Uncovered.First().From.Should().Be(At(3, 7));
        week.Uncovered.Should().NotContain(shift => shift.Day == Monday.AddDays(4) && shift.Shift == Shift.Day);
        Of().Uncovered.Should().BeEmpty();
        Of(Duty(-9, 7, null, role: DutyRole.StationAdmin)).Uncovered.Should().BeEmpty();
    }

    [Theory]
    [InlineData(3, Shift.Day)]
    [InlineData(7, Shift.Day)]
    [InlineData(10.9, Shift.Day)]
    [InlineData(11, Shift.Afternoon)]
    [InlineData(18.9, Shift.Afternoon)]
    [InlineData(19, Shift.Night)]
    [InlineData(23, Shift.Night)]
    [InlineData(2.9, Shift.Night)]
    public void A_duty_is_of_the_shift_whose_start_is_nearest(double hour, Shift shift) => Shifting.Nearest(At(4, hour)).Should().Be(shift);

    [Fact]
    public void A_planned_duty_is_planned_anew_and_of_one_that_has_begun_the_end_alone()
    {
        var (planned, begun) = (Duty(4, 7, 15), Duty(3, 7, 15));

        planned.Replan(Flores, At(5, 15), At(5, 23), Now);
        begun.Replan(Santos, begun.From, At(3, 13), Now);

        (planned.OfficerId, planned.From, planned.Until).Should().Be((Flores, At(5, 15), At(5, 23)));
        begun.Until.Should().Be(At(3, 13));
        FluentActions.Invoking(() => begun.Replan(Flores, begun.From, begun.Until, Now)).Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be("Duty.HasBegun");
        FluentActions.Invoking(() => begun.Replan(Santos, At(3, 8), begun.Until, Now)).Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be("Duty.HasBegun");
        FluentActions.Invoking(() => planned.Replan(Santos, At(5, 7), At(5, 7), Now)).Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be("Duty.EndsBeforeItStarts");
    }

    private static RosterWeek Of(params Posting[] duties) => new("PS1", Monday.AddDays(3), duties, Now);

    private static IEnumerable<int> CountsOn(RosterWeek week, int day) => week.Shifts.Where(shift => shift.Day == Monday.AddDays(day)).Select(shift => shift.Count);

    /// <param name="day">0 is Monday.</param>
    /// <param name="until">Hours after that day's midnight.</param>
    private static Posting Duty(int day, double from, double? until, string log = "PS1", Guid? officer = null, DutyRole role = DutyRole.Officer)
        => new(Guid.NewGuid(), officer ?? Santos, log, role, At(day, from), until is { } end ? At(day, end) : null);

    private static DateTimeOffset At(int day, double hour) => new DateTimeOffset(Monday.ToDateTime(TimeOnly.MinValue), ManilaTime.Offset).AddDays(day).AddHours(hour);
}
