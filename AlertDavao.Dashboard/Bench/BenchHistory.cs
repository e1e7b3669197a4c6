using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Bench;

/// <summary>
/// Fills the database with reports of the past, through the one writer and the domain: each arrives in its log, is
/// acknowledged and, unless it is young, worked on to its end. Nobody is rung.
/// </summary>
internal static class BenchHistory
{
    private static readonly ReportStatus[] Course = [ReportStatus.Acknowledged, ReportStatus.Responding, ReportStatus.Investigating, ReportStatus.Resolved];

    public static async Task<IResult> Add(PastReport[] reports, Writer writer, CityBook city)
    {
        await writer.Run(unit =>
        {
            foreach (var past in reports)
            {
                Add(new WriteUnit(unit.Db, past.Received), city, past);
                unit.Db.SaveChanges();
                unit.Db.ChangeTracker.Clear();
            }

            return true;
        });
        return Results.NoContent();
    }

    private static void Add(WriteUnit unit, CityBook city, PastReport past)
    {
        var submission = new Submission
        {
            Title = past.Title,
            CrimeTypes = past.Types,
            Description = past.Description,
            OccurredAt = past.Received.AddMinutes(-20),
            Latitude = past.Latitude,
            Longitude = past.Longitude,
            Source = ReportSource.Demo,
        };
        var route = city.Router.Route(past.Types, past.Latitude, past.Longitude);
        var code = TrackingCode.From(RandomNumberGenerator.GetBytes(TrackingCode.RandomBytes));
        var report = Report.Submit(Guid.CreateVersion7(unit.Now), code, submission, route, unit.Now);
        unit.Arrive(report);
        foreach (var status in Course.Take(past.Steps))
        {
            unit = new WriteUnit(unit.Db, unit.Now.AddMinutes(3));
            report.Move(status, past.Officer, null, unit.Now);
            unit.Append(report, EntryKind.Changed);
        }
    }
}

/// <param name="Steps">How far it was worked on: 0 received to 4 resolved.</param>
/// <param name="Officer">Who did it; need not be anybody.</param>
internal sealed record PastReport(
    string Title, string[] Types, string Description, double Latitude, double Longitude, DateTimeOffset Received, int Steps, Guid Officer);
