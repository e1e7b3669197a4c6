using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using NetTopologySuite.Geometries;

namespace AlertDavao.Tests.Domain.Reports;

/// <summary>A report without fault; a test changes the one thing it is about.</summary>
internal static class Draft
{
    public static readonly DateTimeOffset Now = new(2024, 6, 7, 4, 0, 0, TimeSpan.Zero);

    public static readonly Guid Id = new("01900000-0000-7000-8000-000000000001");

    public static readonly Barangay Eden = new("1130700037", "Eden", "PS19", Polygon.Empty) { Aliases = "EDEN\nEden (Toril)" };

    public static Submission Submission => new()
    {
        Title = "Snatched bag",
        CrimeTypes = ["Theft"],
        Description = "A man took a bag and ran.",
        OccurredAt = Now.AddHours(-1),
        Latitude = 7.0,
        Longitude = 125.4,
    };

    public static Report Report() => Submit(Submission);

    public static Report Submit(Submission submission, RouteRule rule = RouteRule.Boundary)
        => AlertDavao.Domain.Reports.Report.Submit(Id, "DVO-7K3M-92QX", submission, Route(rule), Now);

    /// <summary>A report that stands at the status, moved there by legal moves.</summary>
    public static Report At(ReportStatus status)
    {
        var report = Report();
        ReportStatus[] open = [ReportStatus.Acknowledged, ReportStatus.Responding, ReportStatus.Investigating, ReportStatus.Resolved];
        ReportStatus[] way = status is ReportStatus.Invalid or ReportStatus.Duplicate ? [status] : [.. open.TakeWhile(step => step <= status)];
        foreach (var step in way)
            report.Move(step, Guid.NewGuid(), "because", Now);
        return report;
    }

    private static Route Route(RouteRule rule) => rule switch
    {
        RouteRule.Boundary => new("PS19", rule, Eden, "v1"),
        RouteRule.Cyber => new(LogCode.Cyber, rule, Eden, "v1"),
        _ => new(LogCode.City, rule, null, "v1"),
    };
}
