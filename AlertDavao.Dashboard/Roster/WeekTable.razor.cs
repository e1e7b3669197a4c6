using System.Globalization;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Officers;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Roster;

public sealed partial class WeekTable
{
    /// <summary>Reports that fill the bar of who holds few.</summary>
    private const int SmallestScale = 4;

    [CascadingParameter]
    private StationWeek Shown { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Station { get; set; } = "";

    [Parameter, EditorRequired]
    public Guid Viewer { get; set; }

    [Parameter, EditorRequired]
    public bool MayMoveAdmins { get; set; }

    private DateOnly Today => RosterWeek.DayOf(Shown.Now);

    private int Scale => Math.Max(SmallestScale, Shown.Rows.Select(row => row.InHand).DefaultIfEmpty().Max());

    private bool IsMovable(RosterPiece piece) => piece.Duty.IsOneShift && piece.Duty.From > Shown.Now && piece.Duty.OfficerId != Viewer
        && (piece.Duty.Role == DutyRole.Officer || MayMoveAdmins);

    private bool IsUncovered(PlannedShift shift) => Shown.Week.Uncovered.Contains(shift);

    private string? TodayOr(DateOnly day) => day == Today ? "today" : null;

    private string HrefOf(RosterPiece piece) => $"{RosterFeature.AddressOf(Station, Shown.Week.Monday)}#{RosterFeature.AnchorOf(piece.Duty.Id)}";

    /// <summary>The form that posts, with the day's next shift filled in; null for a day that is over, and for the reader.</summary>
    private string? PlanOf(WeekRow row, DateOnly day)
    {
        if (row.Officer.Id == Viewer || Shown.Week.Shifts.FirstOrDefault(shift => shift.Day == day && shift.From > Shown.Now) is not { } shift)
            return null;
        return $"{RosterFeature.AddressOf(Station, Shown.Week.Monday, new Attempt(row.Officer.Id, shift.From, shift.Until, null))}#{RosterFeature.PostAnchor}";
    }

    private static string Look(RosterPiece piece)
        => $"duty {Of(piece)}{(piece.IsRunning ? " runs" : "")}{(piece.IsConflict ? " twice" : "")}";

    private static string Of(RosterPiece piece) => !piece.Duty.IsOneShift ? "posting" : Shifting.Nearest(piece.Duty.From) switch
    {
        Shift.Day => "by-day",
        Shift.Afternoon => "by-afternoon",
        _ => "by-night",
    };

    /// <summary>Null for a posting: it is all day.</summary>
    private static string? IconOf(RosterPiece piece) => piece.IsConflict ? "warning" : Of(piece) switch
    {
        "by-day" => "sun",
        "by-afternoon" => "half",
        "by-night" => "moon",
        _ => null,
    };

    /// <summary>What a chip's colours and its place say, for who does not see them.</summary>
    private static string Also(RosterPiece piece)
        => $", {WeekWords.Long(piece.Day)}{(piece.IsRunning ? $", {RosterTexts.Running}" : "")}{(piece.IsConflict ? $", {RosterTexts.Twice}" : "")}";

    private static string HourOf(PlannedShift shift) => ManilaTime.Of(shift.From).ToString("HH", CultureInfo.InvariantCulture);

    // On Manila's clock and without an offset, as the forms have it: the script adds days to it.
    private static string Stamp(DateTimeOffset at) => ManilaTime.Of(at).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Format(string text, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
