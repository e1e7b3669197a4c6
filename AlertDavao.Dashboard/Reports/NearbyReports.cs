using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// Reports that may tell of the same incident: near in place and time, and in the officer's scope. They are listed and no more;
/// none is hidden anywhere.
/// </summary>
internal sealed class NearbyReports(IDbContextFactory<AlertDavaoDb> contexts)
{
    public const int Most = 5;

    /// <summary>Metres.</summary>
    public const double Radius = 500;

    public static readonly TimeSpan Span = TimeSpan.FromHours(2);

    /// <summary>Looked at in a flood; the index gives the newest of the time span.</summary>
    private const int LookedAt = 200;

    private const double MetresADegree = 111_195;

    /// <returns>The nearest first; none for a report without a place on the map.</returns>
    public IReadOnlyList<NearbyReport> Run(Report report, BoardScope scope)
    {
        if (report is not { Latitude: { } latitude, Longitude: { } longitude } || new GeoPoint(latitude, longitude) is not { IsOnEarth: true } place)
            return [];

        // A box in degrees first, which the database can tell; east and west degrees shrink with the latitude.
        var north = Radius / MetresADegree;
        var east = north / Math.Max(0.01, Math.Cos(double.DegreesToRadians(latitude)));
        var (south, top, west, right) = (latitude - north, latitude + north, longitude - east, longitude + east);
        var (from, until) = (report.ReceivedAt - Span, report.ReceivedAt + Span);
        string[] logs = [.. scope.Logs];
        using var db = contexts.CreateDbContext();
        return [.. db.Reports.AsNoTracking()
            .Where(r => logs.Contains(r.Log) && r.ReceivedAt >= from && r.ReceivedAt <= until && r.Id != report.Id)
            .Where(r => r.Latitude >= south && r.Latitude <= top && r.Longitude >= west && r.Longitude <= right)
            .OrderByDescending(r => r.ReceivedAt)
            .Take(LookedAt)
            .Select(r => new { r.Id, r.TrackingCode, r.Title, r.Severity, r.Status, r.ReceivedAt, r.OccurredAt, r.Latitude, r.Longitude, r.CrimeTypes, r.Address, r.Description, r.EvidenceCount, r.IsAnonymous })
            .AsEnumerable()
            .Select(r => new NearbyReport(r.Id, r.TrackingCode, r.Title, r.Severity, r.Status,
                place.MetresTo(new GeoPoint(r.Latitude!.Value, r.Longitude!.Value)), r.ReceivedAt - report.ReceivedAt)
            {
                CrimeTypes = r.CrimeTypes,
                OccurredAt = r.OccurredAt,
                ReceivedAt = r.ReceivedAt,
                Address = r.Address,
                Description = r.Description,
                EvidenceCount = r.EvidenceCount,
                IsAnonymous = r.IsAnonymous,
            })
            .Where(near => near.Metres <= Radius)
            .OrderBy(near => near.Metres).ThenBy(near => near.Later.Duration())
            .Take(Most)];
    }
}

/// <param name="Later">Than the report it is near to; negative when it came earlier.</param>
internal sealed record NearbyReport(
    Guid Id, string TrackingCode, string Title, Severity Severity, ReportStatus Status, double Metres, TimeSpan Later)
{
    public required IReadOnlyList<string> CrimeTypes { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public string? Address { get; init; }

    public required string Description { get; init; }

    public required int EvidenceCount { get; init; }

    public required bool IsAnonymous { get; init; }
}
