using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Territory;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using AlertDavao.Tests.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Territory;

/// <summary>The boundaries are published again and again while reports come in.</summary>
public sealed class EditedWhileReportsComeTests
{
    private const int Editions = 30;
    private const int Senders = 4;

    [Fact]
    [Trait("catalogue", "O8")]
    public async Task Every_report_is_routed_by_the_version_stamped_on_it_and_none_is_without_a_station()
    {
        await using var app = TestApp.Start();
        var city = app.Services.GetRequiredService<CityBook>();
        var (add, publish) = (app.Services.GetRequiredService<AddPlanStep>(), app.Services.GetRequiredService<PublishPlan>());
        var desk = app.IdOf("hq");
        var ground = city.Barangays.Values.First(barangay => barangay.StationCode == "PS1");
        var routers = new ConcurrentDictionary<string, ReportRouter>();
        routers[city.Now.Version] = city.Router;
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, Senders).Select(sender => Task.Run(() => Send(app, ground, $"Sender {sender}", stop.Token))).ToList();

        for (var edition = 0; edition < Editions; edition++)
        {
            (await add.Run(desk, new GiveBarangays(edition % 2 == 0 ? "PS2" : "PS1", [ground.Psgc]))).Should().BeNull();
            var plan = PlanSteps.Replay(city.Now, Planned(app)).Fingerprint;
            (await publish.Run(desk, plan))!.Fault.Should().BeNull();
            routers[city.Now.Version] = city.Router;
        }

        await stop.CancelAsync();
        var sent = (await Task.WhenAll(senders)).Sum();

        using var db = app.Db();
        var reports = db.Reports.AsNoTracking().Where(report => report.Title.StartsWith("Sender ")).ToList();
        reports.Should().HaveCount(sent, "each that was answered 201 is there, once");
        reports.Where(report => routers[report.BoundaryVersion].Route(report.CrimeTypes, report.Latitude, report.Longitude).Log != report.Log).Should().BeEmpty();
        reports.Should().NotContain(report => report.Log == LogCode.City);
        reports.Select(report => report.BoundaryVersion).Distinct().Should().HaveCountGreaterThan(Editions / 3, "reports came in all the while");
        reports.Select(report => report.Log).Distinct().Should().BeEquivalentTo("PS1", "PS2");
        foreach (var log in new[] { "PS1", "PS2" })
        {
            var numbers = db.StationEntries.AsNoTracking().Where(entry => entry.Log == log).Select(entry => entry.Number).OrderBy(number => number).ToList();
            numbers.Should().Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), "no number is missing or taken twice");
        }
    }

    private static async Task<int> Send(TestApp app, Barangay ground, string title, CancellationToken stop)
    {
        using var client = app.Intake();
        var sent = 0;
        while (!stop.IsCancellationRequested)
        {
            var report = A.Report($"{title}, {sent}");
            (report["latitude"], report["longitude"]) = (ground.Boundary.InteriorPoint.Y, ground.Boundary.InteriorPoint.X);
            using var answer = await client.PostAsJsonAsync("/api/reports", report, CancellationToken.None);
            answer.StatusCode.Should().Be(HttpStatusCode.Created);
            sent++;
        }

        return sent;
    }

    private static IReadOnlyList<PlanStep> Planned(TestApp app)
    {
        using var db = app.Db();
        return PlanSteps.Read(db);
    }
}
