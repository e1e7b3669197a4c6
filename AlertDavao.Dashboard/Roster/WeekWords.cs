using System.Globalization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Roster;

/// <summary>The roster in words, on Manila's clock.</summary>
internal static class WeekWords
{
    /// <summary>Things that one banner says; the rest is counted.</summary>
    private const int MostNeeds = 4;

    /// <summary>As a field of a date and a time has it.</summary>
    public static string Field(DateTimeOffset? at) => at is { } one ? ManilaTime.Of(one).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) : "";

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>E.g. "Thu 20".</summary>
    public static string Short(DateOnly day) => day.ToString("ddd d", CultureInfo.CurrentCulture);

    /// <summary>E.g. "Thu 20 Nov".</summary>
    public static string Long(DateOnly day) => day.ToString("ddd d MMM", CultureInfo.CurrentCulture);

    /// <summary>E.g. "17 - 23 Nov".</summary>
    public static string Of(RosterWeek week)
    {
        var (first, last) = (week.Days[0], week.Days[^1]);
        return $"{first.ToString(first.Month == last.Month ? "%d" : "d MMM", CultureInfo.CurrentCulture)} - {last.ToString("d MMM", CultureInfo.CurrentCulture)}";
    }

    /// <summary>What a chip says: "07-15", "from 07", "all day", "until 06".</summary>
    public static string Of(RosterPiece piece) => piece switch
    {
        { IsFirst: true, IsLast: true } => $"{Hour(piece.From)}-{Hour(piece.Until)}",
        { IsFirst: true } => Format(RosterTexts.ChipFrom, Hour(piece.From)),
        { IsLast: true } when Hour(piece.Until) != "00" => Format(RosterTexts.ChipUntil, Hour(piece.Until)),
        _ => RosterTexts.ChipAllDay,
    };

    /// <summary>E.g. "Thu 20 Nov 15:00-23:00"; with the later day where it ends on another.</summary>
    public static string Between(DateTimeOffset from, DateTimeOffset? until)
    {
        var day = Long(RosterWeek.DayOf(from));
        if (until is not { } end)
            return Format(RosterTexts.FromOn, day, Clock(from));
        // Up to a day and past midnight is a night: its second day goes without saying.
        return end - from <= TimeSpan.FromDays(1)
            ? $"{day} {Clock(from)}-{Clock(end)}"
            : Format(RosterTexts.FromTo, day, Clock(from), Long(RosterWeek.DayOf(end)), Clock(end));
    }

    /// <summary>What an officer does now.</summary>
    public static string Of(WeekRow row, DateTimeOffset now) => row switch
    {
        { IsOn: true, Screens: 0 } => RosterTexts.OnDutyNoScreen,
        { IsOn: true, Screens: 1 } => RosterTexts.OnDutyOneScreen,
        { IsOn: true } => Format(RosterTexts.OnDutyScreens, row.Screens),
        { Next: { } next } when RosterWeek.DayOf(next) == RosterWeek.DayOf(now) => Format(RosterTexts.NextToday, Clock(next)),
        { Next: { } next } => Format(RosterTexts.NextOn, Day(next, now)),
        { Ended: { } ended } => Format(RosterTexts.EndedOn, Day(ended, now)),
        _ => RosterTexts.Off,
    };

    /// <summary>A shift's part of the day, e.g. "Saturday night, 23:00-07:00".</summary>
    public static string Of(PlannedShift shift) => Format(
        shift.Shift switch
        {
            Shift.Day => RosterTexts.ByDay,
            Shift.Afternoon => RosterTexts.ByAfternoon,
            _ => RosterTexts.ByNight,
        },
        shift.Day.ToString("dddd", CultureInfo.CurrentCulture), $"{Clock(shift.From)}-{Clock(shift.Until)}");

    /// <summary>What became of a report that nobody acknowledged in time.</summary>
    public static string Of(Escalation report)
    {
        if (!report.Waits)
        {
            return report.AcknowledgedAt is { } at
                ? Format(RosterTexts.AcknowledgedAfter, Age(at - report.Since), Clock(at))
                : AlertDavao.Dashboard.Shell.Words.Of(report.Status);
        }

        var told = report.Level switch
        {
            EscalationLevel.Station => RosterTexts.ToldStation,
            EscalationLevel.Admins => RosterTexts.ToldAdmins,
            _ => RosterTexts.ToldDesk,
        };
        return Format(told, Age((report.ToldAt ?? report.Since) - report.Since));
    }

    /// <summary>What of the week wants somebody to do something: conflicts first, then shifts without anybody, in order.</summary>
    /// <param name="more">How many more there are than are said.</param>
    public static IReadOnlyList<string> Needs(StationWeek week, CityBook city, out int more)
    {
        var needs = week.Week.Conflicts.Select(conflict => Of(conflict, week, city))
            .Concat(week.Week.Uncovered.Select(shift => Format(RosterTexts.NobodyPlanned, Of(shift))))
            .ToList();
        more = Math.Max(0, needs.Count - MostNeeds);
        return [.. needs.Take(MostNeeds)];
    }

    /// <summary>A station as its people call it.</summary>
    public static string NameOf(string log, CityBook city)
        => city.Stations.TryGetValue(log, out var station) ? $"{log} {station.ShortName}" : RosterTexts.TheCityDesk;

    private static string Of(RosterConflict conflict, StationWeek week, CityBook city)
    {
        // What lies outside the week is said where it lies.
        var from = conflict.From < week.Week.Begins ? week.Week.Begins : conflict.From;
        var until = conflict.Until > week.Week.Ends + Shifting.Length ? null : conflict.Until;
        return Format(RosterTexts.PlannedTwice, week.Officers[conflict.Here.OfficerId].Name, conflict.Here.Log, NameOf(conflict.Other.Log, city), Between(from, until));
    }

    private static string Day(DateTimeOffset at, DateTimeOffset now)
        => ManilaTime.Of(at).ToString((at - now).Duration() < TimeSpan.FromDays(6) ? "ddd" : "d MMM", CultureInfo.CurrentCulture);

    private static string Clock(DateTimeOffset at) => ManilaTime.Of(at).ToString("HH:mm", CultureInfo.CurrentCulture);

    private static string Hour(DateTimeOffset at) => ManilaTime.Of(at) is { Minute: 0 } there ? there.ToString("HH", CultureInfo.CurrentCulture) : Clock(at);

    private static string Age(TimeSpan age) => age < TimeSpan.FromHours(1)
        ? $"{(int)age.TotalMinutes}:{age.Seconds:00}"
        : Format(RosterTexts.AgeHours, (int)age.TotalHours, age.Minutes);

    private static string Format(string text, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
