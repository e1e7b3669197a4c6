using System.Collections.Concurrent;
using System.Collections.Immutable;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// Whether a station would hear a report. A browser says whether one of its tabs sounds (sound.js); a station that has screens
/// and none that sounds is told so on its admins' screens (ux: "Alerts"). Twice in a row, so that a page that is loaded anew,
/// which has to be touched before it may sound, does not count at once.
/// </summary>
internal sealed partial class SoundWatch(LiveBus bus, LiveSessions live, ScopeDirectory scopes, TimeProvider time, ILogger<SoundWatch> log) : BackgroundService
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, ImmutableHashSet<Guid>> _armed = new();
    private ImmutableHashSet<string> _silent = [];
    private ImmutableHashSet<string> _muted = [];

    /// <summary>A browser of that session says whether it sounds.</summary>
    public void Says(Guid officer, Guid session, bool sounds)
    {
        if (sounds)
            _armed.AddOrUpdate(officer, [session], (_, sessions) => sessions.Add(session));
        else
            _armed.AddOrUpdate(officer, [], (_, sessions) => sessions.Remove(session));
    }

    /// <summary>Whether a browser of the officer that has a screen now sounds.</summary>
    public bool Hears(Guid officer) => _armed.TryGetValue(officer, out var sessions) && sessions.Any(session => live.HeldBy(session) > 0);

    /// <summary>The muted stations of which the viewer is an admin, as a person reads them; empty for none.</summary>
    public string MutedOf(BoardScope scope)
    {
        var muted = _muted;
        return muted.IsEmpty || scope.IsCityDesk ? "" : string.Join(", ", scope.Logs.Where(station => scope.RoleAt(station) >= DutyRole.StationAdmin && muted.Contains(station)));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.Every(Period, Tick, stoppingToken);

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

    /// <summary>One look; whose banner comes or goes is woken.</summary>
    internal void Look()
    {
        var present = bus.Officers.ToHashSet();
        var here = present.Select(scopes.Of).Where(scope => scope is { IsCityDesk: false, IsEmpty: false }).ToList();
        var heard = here.Where(scope => Hears(scope.OfficerId)).SelectMany(scope => scope.Logs).ToHashSet(StringComparer.Ordinal);
        var silent = here.SelectMany(scope => scope.Logs).Where(station => !heard.Contains(station)).ToImmutableHashSet(StringComparer.Ordinal);
        var (before, muted) = (_muted, silent.Intersect(_silent));
        (_silent, _muted) = (silent, muted);
        // Who comes back says it again.
        foreach (var gone in _armed.Keys.Where(officer => !present.Contains(officer)))
            _armed.TryRemove(gone, out _);

        var changed = muted.SymmetricExcept(before);
        if (changed.IsEmpty)
            return;
        foreach (var admin in here.Where(scope => changed.Any(station => scope.Sees(station) && scope.RoleAt(station) >= DutyRole.StationAdmin)))
            bus.Ring(admin.OfficerId);
    }

    [LoggerMessage(LogLevel.Error, "A look at which stations would hear a report failed; the next one comes in a moment.")]
    private partial void Failed(Exception exception);
}
