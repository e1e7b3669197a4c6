using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>A page of all the reports that a scope sees, newest received first. One query serves page, count, news and export.</summary>
internal sealed class SearchReports(IDbContextFactory<AlertDavaoDb> contexts, CityBook city, ListLimits limits, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>Beyond it a count is "more than".</summary>
    public const int CountUpTo = 1000;

    /// <exception cref="ReadingTookTooLong">It was given up.</exception>
    public FoundReports Run(ReportFilter filter, ListPosition position, BoardScope scope)
    {
        if (scope.IsEmpty)
            return FoundReports.Nothing;

        var logs = LogsOf(scope);
        var now = time.GetUtcNow();
        using var reading = new ReportReading(contexts, limits, time);
        var page = Page(reading, filter, logs, now, position, scope);
        var count = reading.Number(ReportQuery.Count(filter, logs, now, CountUpTo + 1));
        return new FoundReports
        {
            Rows = Rows(reading.Db, page.Keys),
            Count = Math.Min(count, CountUpTo),
            IsMore = count > CountUpTo,
            Newer = page.Newer,
            Older = page.Older,
            IsPlaceLost = page.IsPlaceLost,
            Drawn = PositionsOf(reading.Db, scope),
        };
    }

    /// <summary>How many reports came since a page was drawn, within its filter and outside it.</summary>
    /// <param name="drawn"><see cref="FoundReports.Drawn"/> of the page.</param>
    /// <exception cref="ReadingTookTooLong">It was given up.</exception>
    public ReportNews News(ReportFilter filter, Cursor drawn, BoardScope scope)
    {
        if (scope.IsEmpty || drawn.Epoch != city.Epoch)
            return ReportNews.None;

        using var reading = new ReportReading(contexts, limits, time);
        var arrived = Arrived(reading.Db, drawn, scope);
        if (arrived.Count == 0 || reading.Anchor(arrived[0], scope.Logs) is not { } first)
            return ReportNews.None;

        var inside = filter.IsEmpty ? arrived.Count : reading.Number(ReportQuery.CountOf(filter, LogsOf(scope), time.GetUtcNow(), arrived, first));
        return new ReportNews(inside, arrived.Count - inside);
    }

    /// <summary>The next rows of an export.</summary>
    /// <param name="last">The last row of those before; null at the start.</param>
    /// <exception cref="ReadingTookTooLong">It was given up.</exception>
    public IReadOnlyList<FoundReport> Next(ReportFilter filter, Guid? last, BoardScope scope, int take)
    {
        if (scope.IsEmpty)
            return [];

        using var reading = new ReportReading(contexts, limits, time);
        if (last is not { } id)
            return Rows(reading.Db, Page(reading, filter, LogsOf(scope), time.GetUtcNow(), ListPosition.First, scope, take).Keys);
        return reading.Anchor(id, scope.Logs) is { } from
            ? Rows(reading.Db, reading.Keys(ReportQuery.Page(filter, LogsOf(scope), time.GetUtcNow(), from, false, take)))
            : [];
    }

    private static PageOfKeys Page(
        ReportReading reading, ReportFilter filter, IReadOnlyList<string>? logs, DateTimeOffset now, ListPosition position, BoardScope scope,
        int size = PageSize)
    {
        if (position.Before is { } before && reading.Anchor(before, scope.Logs) is { } newer)
        {
            var below = reading.Keys(ReportQuery.Page(filter, logs, now, newer, false, size + 1));
            if (below.Count > 0)
                return PageOfKeys.Below(below, size);
        }
        else if (position.After is { } after && reading.Anchor(after, scope.Logs) is { } older)
        {
            var above = reading.Keys(ReportQuery.Page(filter, logs, now, older, true, size + 1));
            // Fewer than a page above: that is the first page, and it is shown whole.
            if (above.Count > size)
                return PageOfKeys.Above(above, size);
        }
        else if (position != ListPosition.First)
        {
            return First(reading, filter, logs, now, size) with { IsPlaceLost = true };
        }

        return First(reading, filter, logs, now, size);
    }

    // The report whose code was typed stands on top, wherever the search would have it.
    private static PageOfKeys First(ReportReading reading, ReportFilter filter, IReadOnlyList<string>? logs, DateTimeOffset now, int size)
    {
        var top = filter.Words?.Code is { } code ? reading.Keys(ReportQuery.ByCode(filter, logs, now, code)) : [];
        var rest = PageOfKeys.Below(reading.Keys(ReportQuery.Page(filter, logs, now, null, false, size + 1)), size);
        return rest with { Keys = [.. top, .. rest.Keys], Newer = null };
    }

    private List<FoundReport> Rows(AlertDavaoDb db, IReadOnlyList<ListKey> keys)
    {
        var ids = keys.Select(key => key.Id).ToList();
        var rows = db.Reports.AsNoTracking().Where(report => ids.Contains(report.Id)).Select(report => new FoundReport
        {
            Id = report.Id,
            TrackingCode = report.TrackingCode,
            Title = report.Title,
            CrimeTypes = report.CrimeTypes,
            Severity = report.Severity,
            Status = report.Status,
            Log = report.Log,
            Barangay = report.BarangayPsgc,
            BarangayHint = report.BarangayHint,
            Address = report.Address,
            OccurredAt = report.OccurredAt,
            ReceivedAt = report.ReceivedAt,
            EvidenceCount = report.EvidenceCount,
            IsClaimed = report.ClaimedBy != null,
            Who = db.Officers.Where(officer => officer.Id == (report.ClaimedBy ?? report.AcknowledgedBy)).Select(officer => officer.Name).FirstOrDefault(),
        }).ToDictionary(report => report.Id);
        return [.. keys.Select(key => rows[key.Id]).Select(row => row with { Barangay = NameOf(row.Barangay) ?? row.BarangayHint })];
    }

    private string? NameOf(string? psgc) => psgc is not null && city.Barangays.TryGetValue(psgc, out var barangay) ? barangay.Name : null;

    // Every log there is needs no condition.
    private string[]? LogsOf(BoardScope scope) => scope.Logs.Length == city.Logs.Length ? null : [.. scope.Logs];

    private string PositionsOf(AlertDavaoDb db, BoardScope scope)
        => Cursor.At(city.Epoch, db.StationLogs.AsNoTracking().AsEnumerable()
            .Where(log => scope.Sees(log.Code))
            .Select(log => KeyValuePair.Create(log.Code, log.LastNumber))).ToString();

    // Reports that arrived in a log of the scope and are still there, in the order of the database; more than is counted is cut.
    private static List<Guid> Arrived(AlertDavaoDb db, Cursor drawn, BoardScope scope)
    {
        var moved = db.StationLogs.AsNoTracking().ToList()
            .Where(log => scope.Sees(log.Code) && drawn.Knows(log.Code) && log.LastNumber > drawn.Of(log.Code));
        return [.. moved
            .SelectMany(log =>
            {
                var last = drawn.Of(log.Code);
                return db.StationEntries
                    .Where(entry => entry.Log == log.Code && entry.Number > last && entry.Kind == EntryKind.Arrived)
                    .OrderByDescending(entry => entry.Number)
                    .Take(CountUpTo)
                    .Join(
                        db.Reports,
                        entry => new { Id = entry.ReportId, entry.Log },
                        report => new { report.Id, report.Log },
                        (entry, report) => new { report.Id, report.ReceivedAt })
                    .ToList();
            })
            .DistinctBy(report => report.Id)
            .OrderByDescending(report => report.ReceivedAt)
            .Take(CountUpTo)
            .OrderBy(report => report.ReceivedAt)
            .Select(report => report.Id)];
    }

    /// <param name="Newer">The page above begins after this report; null on the first page.</param>
    /// <param name="Older">The page below begins before this one; null on the last page.</param>
    private sealed record PageOfKeys(IReadOnlyList<ListKey> Keys, Guid? Newer, Guid? Older, bool IsPlaceLost = false)
    {
        public static PageOfKeys Below(IReadOnlyList<ListKey> keys, int size)
        {
            var page = keys.Take(size).ToList();
            return new(page, page.Count > 0 ? page[0].Id : null, keys.Count > size ? page[^1].Id : null);
        }

        public static PageOfKeys Above(IReadOnlyList<ListKey> keys, int size)
        {
            var page = keys.Take(size).Reverse().ToList();
            return new(page, page[0].Id, page[^1].Id);
        }
    }
}

/// <summary>A page of the list.</summary>
internal sealed record FoundReports
{
    public static readonly FoundReports Nothing = new() { Rows = [], Drawn = "" };

    public required IReadOnlyList<FoundReport> Rows { get; init; }

    /// <summary>Exact up to <see cref="SearchReports.CountUpTo"/>.</summary>
    public int Count { get; init; }

    public bool IsMore { get; init; }

    /// <summary>The report after which the page above begins; null on the first page.</summary>
    public Guid? Newer { get; init; }

    /// <summary>The report before which the page below begins; null on the last page.</summary>
    public Guid? Older { get; init; }

    /// <summary>The page that was asked for is no longer to be found; this is the first one.</summary>
    public bool IsPlaceLost { get; init; }

    /// <summary>The numbers the logs of the scope stood at.</summary>
    public required string Drawn { get; init; }
}

/// <summary>A report as the list and the export show it.</summary>
internal sealed record FoundReport
{
    public required Guid Id { get; init; }

    public required string TrackingCode { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<string> CrimeTypes { get; init; }

    public required Severity Severity { get; init; }

    public required ReportStatus Status { get; init; }

    public required string Log { get; init; }

    /// <summary>Its name, else the reporter's words; null where nobody knows.</summary>
    public string? Barangay { get; init; }

    public string? BarangayHint { get; init; }

    public string? Address { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public int EvidenceCount { get; init; }

    public bool IsClaimed { get; init; }

    /// <summary>The name of who claimed it, else of who acknowledged it.</summary>
    public string? Who { get; init; }
}

/// <summary>Arrivals since a page was drawn.</summary>
internal sealed record ReportNews(int Inside, int Outside)
{
    public static readonly ReportNews None = new(0, 0);
}
