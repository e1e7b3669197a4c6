using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Operations;

/// <summary>
/// When each report was first painted and first seen, gathered from the receipts of all screens and written in one unit every
/// <see cref="Period"/> at most. Only the first receipt of an entry costs anything. It rings nobody and changes no report:
/// painted and seen silence nothing.
/// </summary>
internal sealed partial class Sights(
    IDbContextFactory<AlertDavaoDb> contexts, CityBook city, Writer writer, TimeProvider time, ILogger<Sights> log) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1.5);

    /// <summary>Reports that a board shows at most; of more none was in a page.</summary>
    private const int LongestBoard = 700;

    private readonly PaintedLogs _painted = new(contexts, city);
    private readonly SeenReports _seen = new();
    private readonly SemaphoreSlim _storing = new(1, 1);

    /// <summary>Units written since the start.</summary>
    public long Units { get; private set; }

    /// <param name="cursor">Of another database, of logs outside the scope or from ahead it says nothing.</param>
    public void Painted(BoardScope scope, Cursor cursor, DateTimeOffset at) => _painted.Say(scope, cursor, at);

    /// <param name="reports">Those that stand in a log outside the scope, or nowhere, are passed over.</param>
    public void Seen(BoardScope scope, IEnumerable<Guid> reports, DateTimeOffset at) => _seen.Say(scope, reports, at);

    /// <summary>Writes down what was said since the last time. What cannot be written is kept for the next.</summary>
    public async Task Store()
    {
        await _storing.WaitAsync();
        try
        {
            await StoreAll();
        }
        finally
        {
            _storing.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // The screens say it once; the writer is the last to go.
        await TryStore();
    }

    public override void Dispose()
    {
        base.Dispose();
        _storing.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryStore();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task StoreAll()
    {
        var painted = _painted.Take();
        var said = _seen.Take();
        try
        {
            var seen = said.Count > 0 ? FirstSeen(said) : [];
            if (painted.Count == 0 && seen.Count == 0)
                return;

            await writer.Run(unit => Write(unit.Db, painted, seen));
            Units++;
        }
        catch
        {
            foreach (var one in painted)
                _painted.Return(one);
            _seen.Return(said);
            throw;
        }

        foreach (var one in painted)
            _painted.Stored(one);
    }

    // Of what was said: the first for each report that nobody had seen yet, by an officer who sees the log it stands in.
    private List<FirstSight> FirstSeen(IReadOnlyList<SeenBy> said)
    {
        var ids = said.Select(line => line.Report).Distinct().ToList();
        using var db = contexts.CreateDbContext();
        var standing = db.Reports.AsNoTracking()
            .Where(report => ids.Contains(report.Id)
                && !db.Sights.Any(sight => sight.ReportId == report.Id && sight.Log == report.Log && sight.FirstSeenAt != null))
            .Select(report => new { report.Id, report.Log })
            .ToDictionary(report => report.Id, report => report.Log);
        return [.. said
            .Where(line => standing.TryGetValue(line.Report, out var at) && line.Scope.Sees(at))
            .GroupBy(line => line.Report, (report, lines) => new FirstSight(standing[report], lines.MinBy(line => line.At)!))];
    }

    private static bool Write(AlertDavaoDb db, IReadOnlyList<PaintedUpTo> painted, IReadOnlyList<FirstSight> seen)
    {
        foreach (var log in painted)
        {
            var after = log.After;
            foreach (var (number, at) in log.Steps)
            {
                WritePainted(db, log.Log, after, number, at.ToUnixTimeMilliseconds());
                after = number;
            }

            db.Database.ExecuteSql($"UPDATE StationLogs SET PaintedTo = {after} WHERE Code = {log.Log} AND PaintedTo < {after}");
        }

        foreach (var (log, line) in seen)
            WriteSeen(db, line.Report, log, line.Scope.OfficerId, line.At.ToUnixTimeMilliseconds());
        return true;
    }

    // A report that has left meanwhile may have been gone before it was painted: nothing is said of it. No clock of ours puts
    // a look at a report before the report.
    private static void WritePainted(AlertDavaoDb db, string log, long after, long to, long at) => db.Database.ExecuteSql(
        $"""
        INSERT INTO ReportSights (ReportId, Log, FirstPaintedAt)
        SELECT report.Id, report.Log, max({at}, entry.At)
        FROM StationEntries entry JOIN Reports report ON report.Id = entry.ReportId AND report.Log = entry.Log AND report.LogNumber = entry.Number
        WHERE entry.Log = {log} AND entry.Number > {after} AND entry.Number <= {to}
        ORDER BY entry.Number DESC LIMIT {LongestBoard}
        ON CONFLICT (ReportId, Log) DO UPDATE SET FirstPaintedAt = excluded.FirstPaintedAt WHERE ReportSights.FirstPaintedAt IS NULL
        """);

    private static void WriteSeen(AlertDavaoDb db, Guid id, string log, Guid officer, long at) => db.Database.ExecuteSql(
        $"""
        INSERT INTO ReportSights (ReportId, Log, FirstSeenAt, FirstSeenBy)
        SELECT report.Id, report.Log, max({at}, entry.At), {officer}
        FROM Reports report JOIN StationEntries entry ON entry.Log = report.Log AND entry.Number = report.LogNumber
        WHERE report.Id = {id} AND report.Log = {log}
        ON CONFLICT (ReportId, Log) DO UPDATE SET FirstSeenAt = excluded.FirstSeenAt, FirstSeenBy = excluded.FirstSeenBy
        WHERE ReportSights.FirstSeenAt IS NULL
        """);

    private async Task TryStore()
    {
        try
        {
            await Store();
        }
        catch (Exception e)
        {
            NotStored(e);
        }
    }

    [LoggerMessage(LogLevel.Error, "What screens painted and saw could not be written down; the next time it is tried again.")]
    private partial void NotStored(Exception exception);

    /// <param name="Log">Where the report stands.</param>
    private readonly record struct FirstSight(string Log, SeenBy Line);
}
