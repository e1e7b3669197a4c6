using System.Globalization;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Reports;

/// <summary>A report's facts in words.</summary>
internal static class ReportWords
{
    /// <summary>The moment on Manila's clock.</summary>
    public static string At(DateTimeOffset at, DateTimeOffset now)
    {
        var there = ManilaTime.Of(at);
        if (ManilaTime.StartOfDay(at) == ManilaTime.StartOfDay(now))
            return Format(ReportTexts.Today, there.ToString("HH:mm:ss", CultureInfo.CurrentCulture));
        return there.ToString(there.Year == ManilaTime.Of(now).Year ? "d MMM, HH:mm:ss" : "d MMM yyyy, HH:mm:ss", CultureInfo.CurrentCulture);
    }

    /// <summary>Hours and minutes on Manila's clock.</summary>
    public static string Clock(DateTimeOffset at) => ManilaTime.Of(at).ToString("HH:mm", CultureInfo.CurrentCulture);

    /// <summary>As sent; null when neither of the two was.</summary>
    public static string? Coordinates(Report report) => (report.Latitude, report.Longitude) switch
    {
        ({ } latitude, { } longitude) => $"{Degrees(latitude)}, {Degrees(longitude)}",
        ({ } latitude, null) => Format(ReportTexts.LatitudeOnly, Degrees(latitude)),
        (null, { } longitude) => Format(ReportTexts.LongitudeOnly, Degrees(longitude)),
        _ => null,
    };

    /// <summary>Why the report went where it went.</summary>
    public static string Route(ReportView view) => view.Report.RouteRule switch
    {
        RouteRule.Boundary => Format(ReportTexts.RouteBoundary, view.Barangay?.Name ?? ""),
        RouteRule.Cyber => ReportTexts.RouteCyber,
        RouteRule.NoPlace => ReportTexts.RouteNoPlace,
        RouteRule.HalfPlace => ReportTexts.RouteHalfPlace,
        RouteRule.NotOnEarth => ReportTexts.RouteNotOnEarth,
        _ => ReportTexts.RouteOutsideCity,
    };

    /// <param name="version">E.g. <c>2023-12-31/1</c>; one of another form is said as it is.</param>
    public static string Boundaries(string version)
        => version.Split('/') is [var day, var edition]
            && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? Format(ReportTexts.Boundaries, date.ToString("d MMM yyyy", CultureInfo.CurrentCulture), edition)
            : Format(ReportTexts.BoundariesNamed, version);

    public static string Of(ReportSource source) => source switch
    {
        ReportSource.App => ReportTexts.SourceApp,
        ReportSource.WalkIn => ReportTexts.SourceWalkIn,
        ReportSource.Phone => ReportTexts.SourcePhone,
        ReportSource.Radio => ReportTexts.SourceRadio,
        _ => ReportTexts.SourceDemo,
    };

    /// <param name="nameOf">An officer's name.</param>
    public static string What(TimelineLine line, Func<Guid, string> nameOf) => line.Event switch
    {
        null when line.Sight is { } sight => Of(sight),
        null => ReportTexts.EventCallBack,
        { Kind: ReportEventKind.Submitted } => ReportTexts.EventSubmitted,
        { Kind: ReportEventKind.Claimed } => ReportTexts.EventClaimed,
        { Kind: ReportEventKind.Released, OtherOfficer: { } holder } => Format(ReportTexts.EventReleasedOf, nameOf(holder)),
        { Kind: ReportEventKind.Released } => ReportTexts.EventReleased,
        { Kind: ReportEventKind.ClaimLapsed, OtherOfficer: { } holder } => Format(ReportTexts.EventLapsed, nameOf(holder)),
        { Kind: ReportEventKind.HolderReturned, OtherOfficer: { } holder } => Format(ReportTexts.EventReturned, nameOf(holder)),
        { Kind: ReportEventKind.TakenOver, OtherOfficer: { } holder } => Format(ReportTexts.EventTakenOver, nameOf(holder)),
        { Kind: ReportEventKind.SeverityChanged, FromSeverity: { } from, ToSeverity: { } to } => Format(ReportTexts.EventSeverity, Words.Of(from), Words.Of(to)),
        { Kind: ReportEventKind.Remarked } => ReportTexts.EventRemarked,
        { Kind: ReportEventKind.Escalated, Level: { } level } => Of(level),
        { Kind: ReportEventKind.Assigned, OtherOfficer: { } assignee } => Format(ReportTexts.EventAssigned, nameOf(assignee)),
        { Kind: ReportEventKind.Linked } => ReportTexts.EventLinked,
        { Kind: ReportEventKind.Unlinked } => ReportTexts.EventUnlinked,
        { Kind: ReportEventKind.TransferAsked, ToLog: { } log } => Format(ReportTexts.EventTransferAsked, log),
        { Kind: ReportEventKind.TransferRefused, ToLog: { } log } => Format(ReportTexts.EventTransferRefused, log),
        { Kind: ReportEventKind.Transferred, FromLog: { } before, ToLog: { } log } => Format(ReportTexts.EventTransferred, before, log),
        { Kind: ReportEventKind.Rerouted, FromLog: { } before, ToLog: { } log } => Format(ReportTexts.EventRerouted, before, log),
        { Kind: ReportEventKind.StatusChanged, From: { } from, To: ReportStatus.Duplicate } => Format(ReportTexts.EventDuplicateOf, Words.Of(from)),
        { Kind: ReportEventKind.StatusChanged, From: { } from, To: { } to } when !from.IsOpen() => Format(ReportTexts.EventReopened, Words.Of(from), Words.Of(to)),
        { Kind: ReportEventKind.StatusChanged, From: { } from, To: { } to } => Format(ReportTexts.FromTo, Words.Of(from), Words.Of(to)),
        { Note: { } note } => Of(note),
        _ => ReportTexts.EventNoted,
    };

    public static string Size(long bytes)
    {
        const double Kilo = 1024, Mega = Kilo * 1024;
        return bytes >= Mega
            ? Format(ReportTexts.Megabytes, (bytes / Mega).ToString(bytes >= 10 * Mega ? "0" : "0.#", CultureInfo.CurrentCulture))
            : Format(ReportTexts.Kilobytes, Math.Ceiling(bytes / Kilo).ToString(CultureInfo.CurrentCulture));
    }

    /// <summary>How far away and how much later or earlier.</summary>
    public static string Distance(NearbyReport near)
    {
        var apart = near.Later.Duration();
        var away = Format(ReportTexts.MetresAway, Math.Round(near.Metres));
        if (apart < TimeSpan.FromSeconds(1))
            return $"{away}, {ReportTexts.AtTheSameTime}";
        return $"{away}, {Format(near.Later > TimeSpan.Zero ? ReportTexts.Later : ReportTexts.Earlier, Long(apart))}";
    }

    public static string Format(string text, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, text, values);

    private static string Long(TimeSpan span)
        => span < TimeSpan.FromMinutes(1) ? Format(ReportTexts.Seconds, span.Seconds)
            : span < TimeSpan.FromHours(1) ? Format(ReportTexts.MinutesSeconds, span.Minutes, span.Seconds)
            : Format(ReportTexts.HoursMinutes, (int)span.TotalHours, span.Minutes);

    private static string Degrees(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Of(EscalationLevel level) => level switch
    {
        EscalationLevel.Station => ReportTexts.EventEscalatedStation,
        EscalationLevel.Admins => ReportTexts.EventEscalatedAdmins,
        _ => ReportTexts.EventEscalatedDesk,
    };

    private static string Of(FirstSight sight) => sight switch
    {
        { Kind: SightKind.Seen, Log: { } log } => Format(ReportTexts.SeenAt, log),
        { Kind: SightKind.Seen } => ReportTexts.Seen,
        { IsCity: true } => ReportTexts.PaintedAtDesk,
        { Log: { } log } => Format(ReportTexts.PaintedAt, log),
        _ => ReportTexts.Painted,
    };

    private static string Of(IntakeNote note) => note switch
    {
        IntakeNote.NoPlace => ReportTexts.NoteNoPlace,
        IntakeNote.HalfPlace => ReportTexts.NoteHalfPlace,
        IntakeNote.NotOnEarth => ReportTexts.NoteNotOnEarth,
        IntakeNote.OutsideCity => ReportTexts.NoteOutsideCity,
        IntakeNote.BarangayContradictsPlace => ReportTexts.NoteBarangayContradictsPlace,
        IntakeNote.PlaceIsBarangay => ReportTexts.NotePlaceIsBarangay,
        IntakeNote.HappenedLongAgo => ReportTexts.NoteHappenedLongAgo,
        _ => ReportTexts.EventNoted,
    };
}
