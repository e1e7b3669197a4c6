using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Officers;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Extensions;

namespace AlertDavao.Dashboard.Roster;

/// <summary>Who serves where: the page of a station's admins, and the forms that change it.</summary>
internal static class RosterFeature
{
    public const string Page = ShellRoutes.Station;
    public const string Station = "station";
    public const string Said = "said";

    /// <summary>Any day of the week that is shown, yyyy-MM-dd.</summary>
    public const string Week = "week";

    /// <summary>The form that posts an officer.</summary>
    public const string PostAnchor = "post";

    /// <summary>Weeks that the roster shows before and after this one.</summary>
    public const int MostWeeks = 52;

    private const string Duties = Page + "/duties";
    public const string Assigned = "assigned";
    public const string Refused = "refused";

    /// <summary>Where reports are given out, several at once.</summary>
    public const string Assign = Page + "/assign";

    /// <summary>Where one officer's open reports go to another.</summary>
    public const string HandOver = Page + "/hand-over";

    private const string One = Duties + "/{duty:guid}/";

    public static string EndOf(Guid duty) => $"{Duties}/{duty}/end";

    public static string MoveOf(Guid duty) => $"{Duties}/{duty}/move";

    public static string ChangeOf(Guid duty) => $"{Duties}/{duty}/change";

    public static string Post => Duties;

    /// <summary>The forms of one duty on the page.</summary>
    public static string AnchorOf(Guid duty) => $"duty-{duty}";

    /// <summary>The page of a station in one week.</summary>
    public static string AddressOf(string station, DateOnly week, Attempt? filled = null)
        => $"{Page}{new QueryBuilder((filled ?? Attempt.None).Fields) { { Station, station }, { Week, WeekWords.Iso(week) } }}";

    /// <summary>Monday of the week that an address asks for; of this one where it asks for none, or for one that is too far.</summary>
    public static DateOnly WeekOf(string? asked, DateOnly today)
    {
        var now = RosterWeek.MondayOf(today);
        if (!DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return now;
        var weeks = (RosterWeek.MondayOf(day).DayNumber - now.DayNumber) / RosterWeek.DaysInWeek;
        return Math.Abs(weeks) <= MostWeeks ? RosterWeek.MondayOf(day) : now;
    }

    public static void AddRoster(this IServiceCollection services)
    {
        services.AddSingleton<DutyChange>();
        services.AddSingleton<PostOfficer>();
        services.AddSingleton<EndDuty>();
        services.AddSingleton<MoveOfficer>();
        services.AddSingleton<ChangeDuty>();
        services.AddSingleton<ReadWeek>();
        services.AddSingleton<ReadEscalations>();
        services.AddSingleton<ReadRoster>();
        services.AddSingleton<ReadStationWork>();
    }

    public static void MapRoster(this IEndpointRouteBuilder app)
    {
        app.MapPost(Duties, (HttpContext http, IAntiforgery antiforgery, PostOfficer post) => Run(http, antiforgery, (actor, form) => PostOne(post, actor, form)));
        app.MapPost(One + "end", (HttpContext http, Guid duty, IAntiforgery antiforgery, EndDuty end) => Run(http, antiforgery, async (actor, _) => await end.Run(actor, duty)));
        app.MapPost(One + "move", (HttpContext http, Guid duty, IAntiforgery antiforgery, MoveOfficer move)
            => Run(http, antiforgery, async (actor, form) => await move.Run(actor, duty, form["to"].ToString())));
        app.MapPost(One + "change", (HttpContext http, Guid duty, IAntiforgery antiforgery, ChangeDuty change)
            => Run(http, antiforgery, (actor, form) => ChangeOne(change, actor, duty, form), duty));
        app.MapPost(Assign, (HttpContext http, IAntiforgery antiforgery, AssignReport assign) => Run(http, antiforgery, (actor, form) => AssignAll(assign, actor, form)));
        app.MapPost(HandOver, (HttpContext http, IAntiforgery antiforgery, HandOver over) => Run(http, antiforgery, (actor, form) => HandOverAll(over, actor, form)));
    }

    /// <summary>What the page says of an act; null for nothing that it knows.</summary>
    public static (string Words, bool IsGood)? WordsOf(string? said) => said switch
    {
        nameof(DutyOutcome.Done) => (RosterTexts.Done, true),
        nameof(DutyOutcome.Oneself) => (RosterTexts.RefusedOneself, false),
        nameof(DutyOutcome.AdminsByCityDesk) => (RosterTexts.RefusedAdmins, false),
        nameof(DutyOutcome.InThePast) => (RosterTexts.RefusedPast, false),
        nameof(DutyOutcome.EndsBeforeItStarts) => (RosterTexts.RefusedOrder, false),
        nameof(DutyOutcome.HasBegun) => (RosterTexts.RefusedBegun, false),
        nameof(DutyOutcome.Overlaps) => (RosterTexts.RefusedOverlaps, false),
        nameof(DutyOutcome.LastAdmin) => (RosterTexts.RefusedLastAdmin, false),
        nameof(DutyOutcome.NotYourStation) => (RosterTexts.RefusedStation, false),
        TimeUnknown => (RosterTexts.RefusedTime, false),
        OfficerMissing => (RosterTexts.RefusedOfficer, false),
        NothingChosen => (RosterTexts.NothingChosen, false),
        Busy => (RosterTexts.RefusedBusy, false),
        _ => null,
    };

    private const string TimeUnknown = "Time";
    private const string OfficerMissing = "Officer";
    private const string NothingChosen = "Nothing";
    private const string Busy = "Busy";

    private static Task<IResult> Run(HttpContext http, IAntiforgery antiforgery, Func<Guid, IFormCollection, Task<object>> act, Guid? changed = null)
        => ActorForm.Run(http, antiforgery, Busy, act, (outcome, form) => AnswerTo(outcome, form, changed));

    private static IResult AnswerTo(object outcome, IFormCollection form, Guid? changed)
    {
        // A page that asks for what its reader may not do was made by hand.
        if (outcome is DutyOutcome.NotFound)
            return Results.NotFound();
        var query = new QueryBuilder { { Station, form[Station].ToString() } };
        if (DateOnly.TryParseExact(form[Week], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var week))
            query.Add(Week, WeekWords.Iso(week));
        if (outcome is Given given)
        {
            query.Add(Assigned, given.Done.ToString(CultureInfo.InvariantCulture));
            query.Add(Refused, given.Refused.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            query.Add(Said, outcome.ToString()!);
            // What was refused is not typed again, and the page can say what stands in its way.
            if (outcome is not DutyOutcome.Done)
            {
                foreach (var (name, value) in Attempt.Read(form[Attempt.OfficerField], form[Attempt.FromField], form[Attempt.UntilField], changed?.ToString()).Fields)
                    query.Add(name, value);
            }
        }

        return Results.LocalRedirect($"{Page}{query}");
    }

    // Each is an act of its own: what somebody changed meanwhile keeps none of the others back.
    private static async Task<object> AssignAll(AssignReport assign, Guid actor, IFormCollection form)
    {
        var chosen = form["report"].Take(ReadStationWork.Most)
            .Select(text => text?.Split(':') is [var id, var version] && Guid.TryParse(id, out var report) && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? (report, seen) : default)
            .Where(one => one.seen > 0).Distinct().ToList();
        if (chosen.Count == 0)
            return NothingChosen;
        if (!Guid.TryParse(form["to"], out var to))
            return OfficerMissing;
        var given = await Task.WhenAll(chosen.Select(Try));
        // Some may be saved although others were not: only when none was, nothing was.
        return Array.TrueForAll(given, done => done is null) ? Busy : new Given(given.Count(done => done == true), given.Count(done => done != true));

        async Task<bool?> Try((Guid Report, int Seen) one)
        {
            try
            {
                return (await assign.Run(actor, one.Report, one.Seen, to.ToString())).Result == CommandResult.Done;
            }
            catch (Exception e) when (e is WriterBusy or WriteFailed)
            {
                return null;
            }
        }
    }

    private static async Task<object> HandOverAll(HandOver over, Guid actor, IFormCollection form)
    {
        if (!Guid.TryParse(form["from"], out var from) || !Guid.TryParse(form["to"], out var to))
            return OfficerMissing;
        return await over.Run(actor, form[Station].ToString(), from, to) is { } count ? new Given(count, 0) : DutyOutcome.NotFound;
    }

    private static async Task<object> PostOne(PostOfficer post, Guid actor, IFormCollection form)
    {
        if (!Guid.TryParse(form[Attempt.OfficerField], out var officer))
            return OfficerMissing;
        if (!Attempt.TryTime(form[Attempt.FromField], out var from) || !Attempt.TryTime(form[Attempt.UntilField], out var until))
            return TimeUnknown;
        var role = form["role"] == nameof(DutyRole.StationAdmin) ? DutyRole.StationAdmin : DutyRole.Officer;
        return await post.Run(actor, officer, form[Station].ToString(), role, from, until);
    }

    private static async Task<object> ChangeOne(ChangeDuty change, Guid actor, Guid duty, IFormCollection form)
    {
        // A form that leaves the officer out leaves it as it is; one that names nobody was made by hand.
        if (form[Attempt.OfficerField].ToString() is { Length: > 0 } named && !Guid.TryParse(named, out _))
            return OfficerMissing;
        if (!Attempt.TryTime(form[Attempt.FromField], out var from) || !Attempt.TryTime(form[Attempt.UntilField], out var until))
            return TimeUnknown;
        return await change.Run(actor, duty, Guid.TryParse(form[Attempt.OfficerField], out var officer) ? officer : null, from, until);
    }

    /// <summary>What became of reports that were given out.</summary>
    private sealed record Given(int Done, int Refused);
}
