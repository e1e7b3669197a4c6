using System.Collections.Concurrent;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Log;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// Looks whether the officers who hold reports have a screen. When the last one has been gone for <see cref="Patience"/> the
/// claim lapses: it stands, and anybody on duty may take it over (domain: "A report"). A start of the product is no reason:
/// everybody is given the same time to come back.
/// </summary>
internal sealed partial class HolderWatch(
    IDbContextFactory<AlertDavaoDb> contexts, Writer writer, LiveBus bus, LiveSessions sessions, TimeProvider time, ILogger<HolderWatch> log) : BackgroundService
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>Since when each holder without a screen is known to have none; by the clock of the wall, which is what is said.</summary>
    private readonly ConcurrentDictionary<Guid, (DateTimeOffset Since, long Stamp)> _gone = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Tick();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task Tick()
    {
        try
        {
            await Run();
        }
        catch (WriterBusy)
        {
            Waits();
        }
        catch (Exception e)
        {
            Failed(e);
        }
    }

    /// <summary>One look.</summary>
    internal async Task Run()
    {
        List<Held> held;
        using (var db = contexts.CreateDbContext())
            held = db.Reports.Where(r => r.ClaimedBy != null).Select(r => new Held(r.Id, r.ClaimedBy!.Value, r.HolderOfflineSince != null)).ToList();

        foreach (var holder in held.Select(report => report.Holder).Distinct())
        {
            if (sessions.Present.Has(holder))
                _gone.TryRemove(holder, out _);
            else
                _gone.TryAdd(holder, (time.GetUtcNow(), time.GetTimestamp()));
        }

        foreach (var known in _gone.Keys.Except(held.Select(report => report.Holder)))
            _gone.TryRemove(known, out _);

        var lapsing = held.Where(report => !report.IsOffline && HasGone(report.Holder)).ToList();
        var returning = held.Where(report => report.IsOffline && sessions.Present.Has(report.Holder)).ToList();
        if (lapsing.Count + returning.Count == 0)
            return;

        foreach (var moved in await writer.Run(unit => Write(unit, lapsing, returning)))
            bus.Ring(moved);
    }

    private bool HasGone(Guid holder) => _gone.TryGetValue(holder, out var gone) && time.GetElapsedTime(gone.Stamp) >= Patience;

    private HashSet<string> Write(WriteUnit unit, List<Held> lapsing, List<Held> returning)
    {
        var logs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var held in lapsing.Concat(returning))
        {
            // It may have been released or taken over while the unit waited.
            var report = unit.Db.Reports.Single(r => r.Id == held.Report);
            if (report.ClaimedBy != held.Holder
                || !(held.IsOffline ? report.HolderReturned(unit.Now) : _gone.TryGetValue(held.Holder, out var gone) && report.Lapse(gone.Since, unit.Now)))
                continue;
            unit.Append(report, EntryKind.Changed);
            logs.Add(report.Log);
        }

        return logs;
    }

    private sealed record Held(Guid Report, Guid Holder, bool IsOffline);

    [LoggerMessage(LogLevel.Warning, "The holders of reports wait for a writer that is busy; the next look tries again.")]
    private partial void Waits();

    [LoggerMessage(LogLevel.Error, "Whether the holders of reports are there could not be looked up; the next look tries again.")]
    private partial void Failed(Exception exception);
}
