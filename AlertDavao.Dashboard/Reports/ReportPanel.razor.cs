using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Reports;

public sealed partial class ReportPanel
{
    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private ReadReport Read { get; set; } = null!;

    [Inject]
    private ScopeDirectory Scopes { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private ReportView? View { get; set; }

    protected override void OnParametersSet()
    {
        View = AccountClaims.OfficerOf(Http.User) is { } officer ? Read.Run(Id, Scopes.Of(officer)) : null;
        if (View is not null)
            return;

        // The page itself says so beside the live board. Said any earlier, the framework would leave the page empty.
        Http.Response.OnStarting(() =>
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    private string Time(DateTimeOffset at)
    {
        var there = ManilaTime.Of(at);
        var isToday = ManilaTime.StartOfDay(at) == ManilaTime.StartOfDay(Clock.GetUtcNow());
        return there.ToString(isToday ? "HH:mm:ss" : there.Year == ManilaTime.Of(Clock.GetUtcNow()).Year ? "d MMM, HH:mm" : "d MMM yyyy, HH:mm",
            CultureInfo.CurrentCulture);
    }

    private static string What(ReportEvent entry) => entry.Kind switch
    {
        ReportEventKind.Submitted => ReportTexts.EventSubmitted,
        ReportEventKind.Claimed => ReportTexts.EventClaimed,
        ReportEventKind.StatusChanged when entry.To is { } to => Words.Of(to),
        _ => entry.Note switch
        {
            IntakeNote.NoPlace => ReportTexts.NoteNoPlace,
            IntakeNote.HalfPlace => ReportTexts.NoteHalfPlace,
            IntakeNote.NotOnEarth => ReportTexts.NoteNotOnEarth,
            IntakeNote.OutsideCity => ReportTexts.NoteOutsideCity,
            IntakeNote.BarangayContradictsPlace => ReportTexts.NoteBarangayContradictsPlace,
            IntakeNote.PlaceIsBarangay => ReportTexts.NotePlaceIsBarangay,
            IntakeNote.HappenedLongAgo => ReportTexts.NoteHappenedLongAgo,
            _ => ReportTexts.EventNoted,
        },
    };

    private string Who(ReportEvent entry) => entry.OfficerId is { } officer && View!.Names.TryGetValue(officer, out var name)
        ? Format(ReportTexts.By, name)
        : ReportTexts.ByIntake;

    private static string Format(string text, object value) => string.Format(CultureInfo.CurrentCulture, text, value);
}
