using System.Collections.Immutable;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// All stations at a glance, for the city desk, and which of them nobody would see a report of: nobody on duty and no screen
/// (ux: "City desk"). One picture for everybody who looks, from the tails that the boards show; twice in a row before it is an
/// alarm, so that a change of shift is none.
/// </summary>
internal sealed partial class StationWatch(
    LiveBus bus, ScopeDirectory scopes, StationTails tails, CityBook city, IDbContextFactory<AlertDavaoDb> contexts, TimeProvider time,
    ILogger<StationWatch> log) : BackgroundService
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private ImmutableArray<Viewer> _viewers = [];
    private ImmutableDictionary<string, DateTimeOffset> _empty = ImmutableDictionary<string, DateTimeOffset>.Empty;
    private ImmutableArray<string> _unwatched = [];

    /// <summary>The last look; null before the first.</summary>
    public CityGlance? Last { get; private set; }

    /// <summary>Pages that look now, for leak tests.</summary>
    public int Viewers => _viewers.Length;

    /// <summary>The stations that nobody is watching, for the city desk, as a person reads them; empty for none and for everybody else.</summary>
    public string UnwatchedOf(BoardScope scope)
        => scope.IsCityDesk && !_unwatched.IsEmpty ? string.Join(", ", _unwatched.Select(code => $"{code} {city.Stations[code].ShortName}")) : "";

    /// <summary>From now on each look is shown. Dispose to stop.</summary>
    /// <param name="show">Must not block.</param>
    public IDisposable Show(Action<CityGlance> show)
    {
        var viewer = new Viewer(this, show);
        lock (_lock)
            _viewers = _viewers.Add(viewer);
        return viewer;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Tick();
        return time.Every(Period, Tick, stoppingToken);
    }

    private void Tick()
    {
        try
        {
            Look();
        }
        catch (Exception e)
        {
            Failed(e);
        }
    }

    /// <summary>One look; the city desk is woken when an alarm comes or goes.</summary>
    internal void Look()
    {
        var now = time.GetUtcNow();
        var onDuty = OnDuty(now);
        var stations = city.Logs.Where(code => code != LogCode.City).Select(code => Of(code, onDuty.GetValueOrDefault(code), now)).ToImmutableArray();
        _empty = stations.Where(station => station is { OnDuty: 0, Screens: 0 })
            .ToImmutableDictionary(station => station.Code, station => _empty.GetValueOrDefault(station.Code, now), StringComparer.Ordinal);

        var before = _unwatched;
        Last = new CityGlance(stations, [.. tails.PictureOf(LogCode.City).Rows.Where(row => Domain.Reports.ReportStatusTable.IsOpen(row.Status))], now);
        _unwatched = [.. Last.Unwatched.Select(station => station.Code)];
        foreach (var viewer in _viewers)
            viewer.Show(Last);
        if (_unwatched.SequenceEqual(before))
            return;
        foreach (var officer in bus.Officers.Where(officer => scopes.Of(officer).IsCityDesk))
            bus.Ring(officer);
    }

    private StationGlance Of(string code, int onDuty, DateTimeOffset now)
    {
        var picture = tails.PictureOf(code);
        // The city desk sees everything and watches no one's board.
        var screens = bus.Listeners(code).Count(screen => !scopes.Of(screen.Officer).IsCityDesk);
        var since = onDuty == 0 && screens == 0 && _empty.TryGetValue(code, out var at) && at < now ? at : (DateTimeOffset?)null;
        return new StationGlance(
            code, picture.Counters, picture.OldestUnacknowledged, picture.Rows.Select(row => (DateTimeOffset?)row.ReceivedAt).Max(), onDuty, screens, since);
    }

    private Dictionary<string, int> OnDuty(DateTimeOffset now)
    {
        using var db = contexts.CreateDbContext();
        return db.Duties.AsNoTracking()
            .Where(duty => duty.Role != DutyRole.CityDesk && duty.From <= now && (duty.Until == null || duty.Until > now))
            .GroupBy(duty => duty.Log)
            .Select(group => new { Log = group.Key, Officers = group.Select(duty => duty.OfficerId).Distinct().Count() })
            .ToDictionary(group => group.Log, group => group.Officers, StringComparer.Ordinal);
    }

    private void Remove(Viewer viewer)
    {
        lock (_lock)
            _viewers = _viewers.Remove(viewer);
    }

    [LoggerMessage(LogLevel.Error, "A look at all stations failed; the next one comes in a moment.")]
    private partial void Failed(Exception exception);

    private sealed class Viewer(StationWatch watch, Action<CityGlance> show) : IDisposable
    {
        public void Show(CityGlance glance) => show(glance);

        public void Dispose() => watch.Remove(this);
    }
}

/// <param name="Stations">In station order, without the city's own log.</param>
/// <param name="Unrouted">The open reports that no station has, in the order of the list.</param>
/// <param name="At">When it was looked.</param>
internal sealed record CityGlance(ImmutableArray<StationGlance> Stations, ImmutableArray<BoardRow> Unrouted, DateTimeOffset At)
{
    /// <summary>Those of the stations that nobody is watching.</summary>
    public ImmutableArray<StationGlance> Unwatched { get; } = [.. Stations.Where(station => station.NobodySince is not null)];
}

/// <param name="Oldest">When the oldest unacknowledged report came in; null when none waits.</param>
/// <param name="LastReport">When the newest of the station's reports came in; null for none.</param>
/// <param name="OnDuty">Officers whose duty is in force.</param>
/// <param name="Screens">Their screens; the city desk's are not counted.</param>
/// <param name="NobodySince">Since when there is neither; null while there is one.</param>
internal sealed record StationGlance(
    string Code, Counters Counters, DateTimeOffset? Oldest, DateTimeOffset? LastReport, int OnDuty, int Screens, DateTimeOffset? NobodySince);
