using AlertDavao.Domain.Geography;

namespace AlertDavao.Domain.Officers;

/// <summary>
/// One week of a station's duties on Manila's clock, Monday first: on which days each stands, which of them an officer cannot
/// keep, and how many are planned for each shift.
/// </summary>
public sealed class RosterWeek
{
    public const int DaysInWeek = 7;

    private readonly string _log;
    private readonly DateTimeOffset _now;

    /// <param name="day">Any day of the week.</param>
    /// <param name="duties">Of every officer who serves at <paramref name="log"/>, at any log; what lies outside the week is no matter.</param>
    public RosterWeek(string log, DateOnly day, IReadOnlyCollection<Duty> duties, DateTimeOffset now)
    {
        (_log, _now) = (log, now);
        Monday = MondayOf(day);
        Days = [.. Enumerable.Range(0, DaysInWeek).Select(Monday.AddDays)];
        var here = duties.Where(duty => duty.Log == log).ToList();
        Conflicts = [.. ConflictsOf(here, duties).OrderBy(conflict => conflict.From)];
        Pieces = [.. here.SelectMany(PiecesOf).OrderBy(piece => piece.From)];
        Shifts = [.. Days.SelectMany(one => Enum.GetValues<Shift>().Select(shift => Count(one, shift, here)))];
    }

    public DateOnly Monday { get; }

    /// <summary>Seven, from Monday.</summary>
    public IReadOnlyList<DateOnly> Days { get; }

    /// <summary>The station's duties by the days they stand on, the earliest first.</summary>
    public IReadOnlyList<RosterPiece> Pieces { get; }

    /// <summary>Where an officer of the station is wanted twice at once, now or later in this week.</summary>
    public IReadOnlyList<RosterConflict> Conflicts { get; }

    /// <summary>Three a day, in order.</summary>
    public IReadOnlyList<PlannedShift> Shifts { get; }

    /// <summary>Whether anybody plans shifts here: where all serve until further notice, an empty shift says nothing.</summary>
    public bool HasShifts => Pieces.Any(piece => piece.Duty.IsOneShift);

    /// <summary>The shifts that are not over and that nobody is planned for; none where nobody plans shifts.</summary>
    public IEnumerable<PlannedShift> Uncovered => HasShifts ? Shifts.Where(shift => shift is { Count: 0, IsOver: false }) : [];

    public DateTimeOffset Begins => StartOf(Monday);

    public DateTimeOffset Ends => StartOf(Monday.AddDays(DaysInWeek));

    /// <summary>Monday of that day's week.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % DaysInWeek));

    /// <summary>The day on Manila's clock.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(ManilaTime.Of(at).Date);

    /// <summary>Its midnight on Manila's clock.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), ManilaTime.Offset);

    private static bool Meets(DateTimeOffset from, DateTimeOffset? until, DateTimeOffset otherFrom, DateTimeOffset? otherUntil)
        => (until is null || otherFrom < until) && (otherUntil is null || from < otherUntil);

    private IEnumerable<RosterPiece> PiecesOf(Duty duty)
    {
        foreach (var day in Days)
        {
            var (begins, ends) = (StartOf(day), StartOf(day.AddDays(1)));
            var isFirst = duty.From >= begins && duty.From < ends;
            // One that is a shift stands where it begins, also when it ends on the next day.
            if (duty.IsOneShift ? !isFirst : !Meets(duty.From, duty.Until, begins, ends))
                continue;
            var from = duty.From > begins ? duty.From : begins;
            var isLast = duty.IsOneShift || duty.Until <= ends;
            var until = isLast ? duty.Until!.Value : ends;
            yield return new RosterPiece(
                duty, day, from, until, isFirst, isLast,
                from <= _now && _now < until,
                until > _now && Conflicts.Any(conflict => conflict.Concerns(duty) && Meets(conflict.From, conflict.Until, from, until)));
        }
    }

    private IEnumerable<RosterConflict> ConflictsOf(List<Duty> here, IReadOnlyCollection<Duty> all)
    {
        var from = Begins > _now ? Begins : _now;
        foreach (var duty in here)
        {
            // Two at this station are one conflict, not two.
            foreach (var other in all.Where(other => other.OfficerId == duty.OfficerId && other.Id != duty.Id && (other.Log != _log || other.Id > duty.Id)))
            {
                var (begins, until) = (Later(duty.From, other.From), Sooner(duty.Until, other.Until));
                if ((until is null || begins < until) && Meets(begins, until, from, Ends))
                    yield return new RosterConflict(duty, other, begins, until);
            }
        }
    }

    /// <summary>
    /// Planned is who serves half of the shift or more. An admin until further notice answers for the station and is at no desk
    /// for that.
    /// </summary>
    private PlannedShift Count(DateOnly day, Shift shift, List<Duty> here)
    {
        var from = StartOf(day) + Shifting.StartOf(shift);
        var until = from + Shifting.Length;
        var planned = here
            .Where(duty => (duty.Role == DutyRole.Officer || duty.IsOneShift) && Meets(duty.From, duty.Until, from, until))
            .GroupBy(duty => duty.OfficerId)
            .Count(officer => officer.Sum(duty => ((duty.Until < until ? duty.Until.Value : until) - Later(duty.From, from)).Ticks) * 2 >= Shifting.Length.Ticks);
        return new PlannedShift(day, shift, from, until, planned, until <= _now);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset? Sooner(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}

/// <summary>A duty as it stands on one day.</summary>
/// <param name="From">Not before the day's midnight.</param>
/// <param name="Until">Of a shift its end, also on the next day; else not after the next midnight.</param>
/// <param name="IsFirst">Whether the duty begins on this day.</param>
/// <param name="IsLast">Whether it stands on no later day.</param>
/// <param name="IsRunning">Whether it is in force now, on this day.</param>
/// <param name="IsConflict">Whether the officer is wanted elsewhere, or twice, in this part of it, and it is not over.</param>
public sealed record RosterPiece(Duty Duty, DateOnly Day, DateTimeOffset From, DateTimeOffset Until, bool IsFirst, bool IsLast, bool IsRunning, bool IsConflict);

/// <summary>One officer, two duties, the same hours.</summary>
/// <param name="Here">At the week's station.</param>
/// <param name="Until">Null when both go on until further notice.</param>
public sealed record RosterConflict(Duty Here, Duty Other, DateTimeOffset From, DateTimeOffset? Until)
{
    public bool Concerns(Duty duty) => duty.Id == Here.Id || duty.Id == Other.Id;
}

/// <param name="Day">On which it begins.</param>
/// <param name="Count">Officers who are planned for it.</param>
public sealed record PlannedShift(DateOnly Day, Shift Shift, DateTimeOffset From, DateTimeOffset Until, int Count, bool IsOver);
