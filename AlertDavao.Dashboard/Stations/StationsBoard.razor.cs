using System.Collections.Immutable;
using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Map;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Stations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace AlertDavao.Dashboard.Stations;

public sealed partial class StationsBoard
{
    private const int WidestBar = 56;

    private Guid? _officer;
    private Guid? _session;
    private IDisposable? _looking;
    private CityGlance? _glance;
    private bool _mayLook = true;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private StationWatch Watch { get; set; } = null!;

    [Inject]
    private CityBook City { get; set; } = null!;

    [Inject]
    private CitySheets Sheets { get; set; } = null!;

    [Inject]
    private ScopeDirectory Scopes { get; set; } = null!;

    [Inject]
    private SessionDirectory Sessions { get; set; } = null!;

    private CitySheet Sheet => Sheets.Now;

    private ImmutableArray<StationGlance> Unwatched => _glance!.Unwatched;

    private IEnumerable<string> Codes => City.Logs.Where(code => code != LogCode.City);

    private Counters Sum => _glance!.Stations.Aggregate(default(Counters), (sum, station) => sum + station.Counters);

    // Those that need somebody first; the others in the order that everybody knows.
    private IEnumerable<StationGlance> Ordered => _glance!.Stations
        .OrderByDescending(station => station.NobodySince is not null)
        .ThenByDescending(station => station.Counters.Unacknowledged > 0)
        .ThenBy(station => station.Oldest ?? DateTimeOffset.MaxValue)
        .ThenByDescending(station => station.Screens == 0 && station.OnDuty > 0);

    private string OldestOfAll => _glance!.Stations.Where(station => station.Oldest is not null).MinBy(station => station.Oldest) is { } station
        ? Words(StationTexts.OldestAt, Age(station.Oldest!.Value), station.Code)
        : StationTexts.NoneWaits;

    private string OldestUnrouted => _glance!.Unrouted.IsEmpty ? StationTexts.NoneWaits : Words(StationTexts.OldestIs, Age(_glance.Unrouted.Min(row => row.ReceivedAt)));

    public void Dispose() => _looking?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        (_officer, _session) = (AccountClaims.OfficerOf(user), AccountClaims.SessionOf(user));
        _mayLook = MayLook();
        if (!_mayLook)
            return;
        _glance = Watch.Last;
        if (RendererInfo.IsInteractive)
            _looking = Watch.Show(glance => InvokeAsync(() => Show(glance)));
    }

    // In memory, before anything is shown: what was the city desk's a second ago may be nobody's now.
    private bool MayLook() => _officer is { } officer && _session is { } session
        && Sessions.IsLive(session) && !Sessions.IsLocked(session) && Scopes.Of(officer).IsCityDesk;

    private void Show(CityGlance glance)
    {
        _mayLook = MayLook();
        _glance = _mayLook ? glance : null;
        StateHasChanged();
    }

    private static string Words(string text, params object[] values) => string.Format(CultureInfo.CurrentCulture, text, values);

    private static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string Clock(DateTimeOffset at) => ManilaTime.Of(at).ToString("HH:mm", CultureInfo.CurrentCulture);

    private string Age(DateTimeOffset since)
    {
        var age = _glance!.At - since;
        return age < TimeSpan.FromMinutes(5) ? $"{(int)Math.Max(0, age.TotalMinutes)}:{Math.Max(0, age.Seconds):00}"
            : age < TimeSpan.FromHours(2) ? Words(StationTexts.Minutes, (int)age.TotalMinutes)
            : age < TimeSpan.FromDays(2) ? Words(StationTexts.Hours, (int)age.TotalHours)
            : Words(StationTexts.Days, (int)age.TotalDays);
    }

    private string ShortName(string code) => City.Stations[code].ShortName;

    private string Name(string code) => $"{code} {ShortName(code)}";

    private int Barangays(string code) => City.Barangays.Values.Count(barangay => barangay.StationCode == code);

    private string? Phone(string code) => City.Stations[code].ContactNumbers?.Split(',')[0].Trim() is { Length: > 0 } phone ? phone : null;

    private string Part(string id) => $"{Sheet.Href}#{id}";

    private static string RowCss(StationGlance station) => station switch
    {
        { NobodySince: not null } => "bad",
        { Counters.Unacknowledged: > 0 } => "att",
        { Screens: 0 } => "warnr",
        _ => "",
    };

    private static string AreaCss(StationGlance station) => station switch
    {
        { NobodySince: not null } => "zb",
        { Counters.Unacknowledged: > 0 } => "za",
        { Screens: 0 } => "zw",
        _ => "z0",
    };

    private string LabelCss(string code) => Unwatched.Any(station => station.Code == code) ? "sc alarm" : "sc";

    private static string Watched(StationGlance station) => station.NobodySince is not null ? "nobody" : station.Screens == 0 ? "no-screen" : "yes";

    private static string WatchingCss(StationGlance station) => station.Screens > 0 ? "hs" : station.OnDuty == 0 ? "hs bad-word" : "hs warn-word";

    private static string WatchingWord(StationGlance station) => station.Screens > 0
        ? station.Screens.ToString(CultureInfo.CurrentCulture)
        : station.OnDuty == 0 ? StationTexts.NobodyWord : StationTexts.NoScreen;

    private int Bar(StationGlance station)
    {
        var most = Math.Max(1, _glance!.Stations.Max(other => other.Counters.Today));
        return WidestBar - (int)Math.Ceiling((double)WidestBar * station.Counters.Today / most);
    }

    // All of a row in one line, for a narrow page.
    private string Line(StationGlance station)
    {
        var parts = new List<string>();
        if (station.Oldest is { } oldest)
            parts.Add(Words(StationTexts.OldestIs, Age(oldest)));
        parts.Add(station.OnDuty == 0 ? StationTexts.LineNobodyOnDuty : Words(StationTexts.LineOnDuty, station.OnDuty));
        parts.Add(station.Screens > 0 ? Words(StationTexts.LineWatching, station.Screens) : station.OnDuty == 0 ? StationTexts.LineNobodyWatching : StationTexts.LineNoScreen);
        parts.Add(Words(StationTexts.LineToday, station.Counters.Today));
        return string.Join(" · ", parts);
    }
}
