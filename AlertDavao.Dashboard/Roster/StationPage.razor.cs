using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Audit;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Officers;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Roster;

public sealed partial class StationPage
{
    private IReadOnlyList<string> _stations = [];
    private string _station = "";
    private Guid _viewer;
    private bool _isCityDesk;
    private StationRoster _roster = new([], [], []);
    private StationWork _work = new([], 0, 0, 0);
    // Read for whoever is shown anything.
    private StationWeek _week = null!;
    private StationEscalations _told = new([], 0);
    private IReadOnlyList<TransferItem> _waiting = [];
    private IReadOnlyList<AuditLine> _audit = [];
    private IReadOnlyList<string> _needs = [];
    private int _moreNeeds;
    private Attempt _attempt = Attempt.None;

    [SupplyParameterFromQuery(Name = RosterFeature.Station)]
    private string? Asked { get; set; }

    [SupplyParameterFromQuery(Name = RosterFeature.Week)]
    private string? AskedWeek { get; set; }

    [SupplyParameterFromQuery(Name = RosterFeature.Said)]
    private string? What { get; set; }

    /// <summary>How many reports were given out a moment ago.</summary>
    [SupplyParameterFromQuery(Name = RosterFeature.Assigned)]
    private string? Given { get; set; }

    [SupplyParameterFromQuery(Name = RosterFeature.Refused)]
    private string? NotGiven { get; set; }

    [SupplyParameterFromQuery(Name = Attempt.OfficerField)]
    private string? OfficerWanted { get; set; }

    [SupplyParameterFromQuery(Name = Attempt.FromField)]
    private string? FromWanted { get; set; }

    [SupplyParameterFromQuery(Name = Attempt.UntilField)]
    private string? UntilWanted { get; set; }

    [SupplyParameterFromQuery(Name = Attempt.DutyField)]
    private string? DutyWanted { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private CityBook City { get; set; } = null!;

    [Inject]
    private ScopeDirectory Scopes { get; set; } = null!;

    [Inject]
    private ReadRoster Read { get; set; } = null!;

    [Inject]
    private ReadWeek ReadWeek { get; set; } = null!;

    [Inject]
    private ReadStationWork ReadWork { get; set; } = null!;

    [Inject]
    private ReadEscalations ReadTold { get; set; } = null!;

    [Inject]
    private ReadTransfers ReadWaiting { get; set; } = null!;

    [Inject]
    private ReadStationAudit ReadAudit { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private DateOnly Monday => _week.Week.Monday;

    private DateOnly Today => RosterWeek.DayOf(_week.Now);

    private string? Before => AddressOf(Monday.AddDays(-RosterWeek.DaysInWeek));

    private string? After => AddressOf(Monday.AddDays(RosterWeek.DaysInWeek));

    private IReadOnlyList<(string Code, string Name)> Targets => [.. _stations.Where(station => station != _station).Select(station => (station, NameOf(station)))];

    private string Counts => Format(
        RosterTexts.Counts, _week.Rows.Count, _week.Rows.Count(row => row.IsOn), _week.Rows.Where(row => row.IsOn).Sum(row => row.Screens), _week.InHand);

    private string NeedsHead => (_needs.Count + _moreNeeds) switch
    {
        1 => RosterTexts.OneNeed,
        2 => RosterTexts.TwoNeeds,
        var count => Format(RosterTexts.ManyNeeds, count),
    };

    /// <summary>What the form that posts is filled in with: nothing of a duty that was to be changed.</summary>
    private Attempt Filled => _attempt.Duty is null ? _attempt : Attempt.None;

    private (string Words, bool IsGood)? Said => What == nameof(DutyOutcome.Overlaps) && Overlapped is { } other
        ? (Format(RosterTexts.RefusedOverlapsWith, NameOf(_station), WeekWords.Between(other.From, other.Until)), false)
        : RosterFeature.WordsOf(What);

    /// <summary>The duty that stood in the way, if it still does.</summary>
    private Domain.Officers.Duty? Overlapped
    {
        get
        {
            var duties = _roster.Now.Concat(_roster.Planned).Select(line => line.Duty).ToList();
            // What the form left out stayed as it was.
            var changed = duties.Find(duty => duty.Id == _attempt.Duty);
            var (officer, from) = (_attempt.Officer ?? changed?.OfficerId, _attempt.From ?? changed?.From ?? _week.Now);
            return duties.Find(duty => duty.OfficerId == officer && duty.Id != _attempt.Duty && Domain.Officers.Roster.Overlaps(duty, _station, from, _attempt.Until));
        }
    }

    protected override void OnInitialized()
    {
        _viewer = AccountClaims.OfficerOf(Http.User) ?? Guid.Empty;
        var scope = Scopes.Of(_viewer);
        _isCityDesk = scope.IsCityDesk;
        _stations = [.. scope.Logs.Where(log => City.Stations.ContainsKey(log) && DutyChange.IsAdminAt(scope, log))];
        if (_stations.Count == 0)
            return;
        // A foreign station is answered as one that does not exist.
        _station = _stations.FirstOrDefault(station => station.Equals(Asked, StringComparison.OrdinalIgnoreCase)) ?? _stations[0];
        _week = ReadWeek.Run(scope, _station, RosterFeature.WeekOf(AskedWeek, RosterWeek.DayOf(Clock.GetUtcNow())))!;
        _roster = Read.Run(scope, _station)!;
        _work = ReadWork.Run(scope, _station)!;
        _told = ReadTold.Run(scope, _station);
        _waiting = ReadWaiting.WaitingAt(scope, _station);
        _audit = ReadAudit.Run(scope, _station);
        _needs = WeekWords.Needs(_week, City, out _moreNeeds);
        _attempt = Attempt.Read(OfficerWanted, FromWanted, UntilWanted, DutyWanted);
    }

    // What stands in an address may be anything.
    private static int? Count(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static string Format(string text, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, text, values);

    private string NameOf(string station) => WeekWords.NameOf(station, City);

    private string? AddressOf(DateOnly monday) => RosterFeature.WeekOf(WeekWords.Iso(monday), Today) == monday ? RosterFeature.AddressOf(_station, monday) : null;
}
