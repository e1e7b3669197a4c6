using System.Collections.Immutable;
using System.Linq.Expressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace AlertDavao.Dashboard.Board;

/// <summary>The database reads of the tails. An entry is read as what it may show now, never as the joined row alone.</summary>
internal sealed class TailReader(IDbContextFactory<AlertDavaoDb> contexts, CityBook city)
{
    /// <summary>Entries in one read.</summary>
    public const int Page = 512;

    // One projection for all: it leaves out the description and whatever else a row does not show.
    private static readonly Expression<Func<AlertDavaoDb, Pair, EntryRead>> Projection = (db, pair) => new EntryRead
    {
        Entry = pair.Entry,
        Report = pair.Report == null ? null : new RowRead
        {
            Id = pair.Report.Id,
            Version = pair.Report.Version,
            Log = pair.Report.Log,
            Number = pair.Report.LogNumber,
            Committed = db.StationEntries
                .Where(entry => entry.Log == pair.Report.Log && entry.Number == pair.Report.LogNumber)
                .Select(entry => entry.At)
                .First(),
            TrackingCode = pair.Report.TrackingCode,
            Title = pair.Report.Title,
            CrimeTypes = pair.Report.CrimeTypes,
            Severity = pair.Report.Severity,
            Status = pair.Report.Status,
            BarangayPsgc = pair.Report.BarangayPsgc,
            BarangayHint = pair.Report.BarangayHint,
            Latitude = pair.Report.Latitude,
            Longitude = pair.Report.Longitude,
            OccurredAt = pair.Report.OccurredAt,
            ReceivedAt = pair.Report.ReceivedAt,
            EvidenceCount = pair.Report.EvidenceCount,
            ClaimedBy = pair.Report.ClaimedBy,
            HolderOfflineSince = pair.Report.HolderOfflineSince,
            WaitsSince = pair.Report.WaitsSince,
            Escalated = pair.Report.Escalated,
            EscalatesAt = pair.Report.EscalatesAt,
            Who = db.Officers
                .Where(officer => officer.Id == (pair.Report.ClaimedBy ?? pair.Report.AcknowledgedBy))
                .Select(officer => officer.Name)
                .FirstOrDefault(),
        },
    };

    // Compiled once: between a commit and the screens it is read every time.
    private static readonly Func<AlertDavaoDb, string, long, int, IEnumerable<EntryRead>> NewEntries =
        EF.CompileQuery(Read<Func<AlertDavaoDb, string, long, int, IQueryable<EntryRead>>>(
            (AlertDavaoDb db, string log, long after, int count) => db.StationEntries
                .Where(entry => entry.Log == log && entry.Number > after)
                .OrderBy(entry => entry.Number)
                .Take(count)
                .LeftJoin(
                    db.Reports,
                    entry => new { Id = entry.ReportId, entry.Log },
                    report => new { report.Id, report.Log },
                    (entry, report) => new Pair { Entry = entry, Report = report })));

    // The order of the list (BoardRow.Order): of too many it keeps the same ones as a picture that was moved on.
    private static readonly Func<AlertDavaoDb, string, int, IEnumerable<EntryRead>> Unacknowledged =
        EF.CompileQuery(Read<Func<AlertDavaoDb, string, int, IQueryable<EntryRead>>>(
            (AlertDavaoDb db, string log, int count) => db.Reports
                .Where(report => report.Log == log && report.Status == ReportStatus.Received)
                .OrderByDescending(report => report.Severity == Severity.Critical)
                .ThenByDescending(report => report.ReceivedAt)
                .ThenByDescending(report => report.LogNumber)
                .Take(count)
                .Join(
                    db.StationEntries,
                    report => new { report.Log, Number = report.LogNumber },
                    entry => new { entry.Log, entry.Number },
                    (report, entry) => new Pair { Entry = entry, Report = report })));

    private static readonly Func<AlertDavaoDb, string, int, IEnumerable<EntryRead>> Others =
        EF.CompileQuery(Read<Func<AlertDavaoDb, string, int, IQueryable<EntryRead>>>(
            (AlertDavaoDb db, string log, int count) => db.Reports
                .Where(report => report.Log == log && report.Status != ReportStatus.Received)
                .OrderByDescending(report => report.ReceivedAt)
                .ThenByDescending(report => report.LogNumber)
                .Take(count)
                .Join(
                    db.StationEntries,
                    report => new { report.Log, Number = report.LogNumber },
                    entry => new { entry.Log, entry.Number },
                    (report, entry) => new Pair { Entry = entry, Report = report })));

    /// <summary>The entries that come next after a number, oldest first.</summary>
    public ImmutableArray<BoardEntry> After(string log, long number, int count = Page)
    {
        using var db = contexts.CreateDbContext();
        return [.. NewEntries(db, log, number, count).OrderBy(read => read.Entry.Number).Select(read => Entry(read.Entry, read.Report))];
    }

    /// <summary>The numbers the logs stand at; one query for all of them.</summary>
    public IReadOnlyList<LogPosition> Positions()
    {
        using var db = contexts.CreateDbContext();
        return db.StationLogs.AsNoTracking().Select(log => new LogPosition(log.Code, log.LastNumber)).ToList();
    }

    /// <summary>A log's whole board, its number and rows from one moment.</summary>
    /// <param name="before">The log's picture until now: rows keep their places.</param>
    public BoardPicture Load(string log, DateTimeOffset now, BoardPicture before)
    {
        using var db = contexts.CreateDbContext();
        db.Database.OpenConnection();
        // Deferred: a read must not wait for the writer. EF's own transaction would take the write lock.
        using var moment = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        db.Database.UseTransaction(moment);

        var startOfDay = ManilaTime.StartOfDay(now);
        var number = db.StationLogs.Where(l => l.Code == log).Select(l => l.LastNumber).Single();
        var newest = NewEntries(db, log, Math.Max(0, number - BoardPicture.MaxEntries), BoardPicture.MaxEntries)
            .OrderBy(read => read.Entry.Number)
            .Select(read => Entry(read.Entry, read.Report))
            .ToImmutableArray();
        var reports = db.Reports.Where(report => report.Log == log);
        var rows = Unacknowledged(db, log, BoardPicture.MaxUnacknowledged)
            .Concat(Others(db, log, BoardPicture.MaxOthers))
            .Select(read => Row(read.Report!));
        var kept = BoardPicture.Keep([.. rows]);
        var places = BoardPlaces.Of(kept, before);

        return new BoardPicture
        {
            Epoch = city.Epoch,
            Positions = [new LogPosition(log, number)],
            Rows = kept,
            Places = places,
            Blocks = RowBlock.Of(kept, places, before.Blocks),
            Entries = newest,
            Counters = new Counters(
                reports.Count(report => report.Status == ReportStatus.Received),
                reports.Count(report => report.Status == ReportStatus.Responding),
                reports.Count(report => report.ReceivedAt >= startOfDay)),
            At = newest.IsEmpty ? now : newest[^1].At,
            StartOfDay = startOfDay,
        };
    }

    // Puts the projection behind a query of pairs whose first parameter is the database.
    private static Expression<TQuery> Read<TQuery>(LambdaExpression pairs)
    {
        var body = ReplacingExpressionVisitor.Replace(Projection.Parameters[0], pairs.Parameters[0], Projection.Body);
        var select = Expression.Lambda<Func<Pair, EntryRead>>(body, Projection.Parameters[1]);
        var untracked = Expression.Call(typeof(EntityFrameworkQueryableExtensions), nameof(EntityFrameworkQueryableExtensions.AsNoTracking), [typeof(Pair)], pairs.Body);
        return Expression.Lambda<TQuery>(
            Expression.Call(typeof(Queryable), nameof(Queryable.Select), [typeof(Pair), typeof(EntryRead)], untracked, Expression.Quote(select)),
            pairs.Parameters);
    }

    // The report is looked up within the entry's log: one that has gone elsewhere is read as Left, whatever the entry said.
    private BoardEntry Entry(StationEntry entry, RowRead? report)
        => report is null || entry.Kind == EntryKind.Left
            ? new BoardEntry(entry.Log, entry.Number, EntryKind.Left, entry.At, entry.ReportId, null)
            : new BoardEntry(entry.Log, entry.Number, entry.Kind, entry.At, entry.ReportId, Row(report));

    private BoardRow Row(RowRead read) => new()
    {
        Id = read.Id,
        Version = read.Version,
        Log = read.Log,
        Number = read.Number,
        Committed = read.Committed.ToUnixTimeMilliseconds(),
        TrackingCode = read.TrackingCode,
        Title = read.Title,
        CrimeTypes = read.CrimeTypes,
        Severity = read.Severity,
        Status = read.Status,
        Barangay = read.BarangayPsgc is { } psgc && city.Barangays.TryGetValue(psgc, out var barangay) ? barangay.Name : read.BarangayHint,
        At = PlaceOf(read),
        OccurredAt = read.OccurredAt,
        ReceivedAt = read.ReceivedAt,
        EvidenceCount = read.EvidenceCount,
        ClaimedBy = read.ClaimedBy,
        HolderOfflineSince = read.HolderOfflineSince,
        WaitsSince = read.WaitsSince,
        Escalated = read.Escalated,
        EscalatesAt = read.EscalatesAt,
        Who = read.Who,
    };

    // Kept as it was sent; zero, zero and what is not on the earth are no places.
    private static GeoPoint? PlaceOf(RowRead read)
        => read is { Latitude: { } latitude, Longitude: { } longitude } && new GeoPoint(latitude, longitude) is { IsOnEarth: true } at && at != default ? at : null;

    private sealed class Pair
    {
        public required StationEntry Entry { get; init; }

        public Report? Report { get; init; }
    }

    private sealed record EntryRead
    {
        public required StationEntry Entry { get; init; }

        public RowRead? Report { get; init; }
    }

    private sealed record RowRead
    {
        public required Guid Id { get; init; }
        public required int Version { get; init; }
        public required string Log { get; init; }
        public required long Number { get; init; }
        public required DateTimeOffset Committed { get; init; }
        public required string TrackingCode { get; init; }
        public required string Title { get; init; }
        public required IReadOnlyList<string> CrimeTypes { get; init; }
        public required Severity Severity { get; init; }
        public required ReportStatus Status { get; init; }
        public string? BarangayPsgc { get; init; }
        public string? BarangayHint { get; init; }
        public double? Latitude { get; init; }
        public double? Longitude { get; init; }
        public required DateTimeOffset OccurredAt { get; init; }
        public required DateTimeOffset ReceivedAt { get; init; }
        public required int EvidenceCount { get; init; }
        public Guid? ClaimedBy { get; init; }
        public DateTimeOffset? HolderOfflineSince { get; init; }
        public DateTimeOffset? WaitsSince { get; init; }
        public required EscalationLevel Escalated { get; init; }
        public DateTimeOffset? EscalatesAt { get; init; }
        public string? Who { get; init; }
    }
}
