using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Data;

/// <summary>What stands in the database after a start.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _storage = Directory.CreateTempSubdirectory("alertdavao-start-").FullName;

    [Fact]
    public void A_fresh_storage_gets_the_city_and_the_demo_and_a_second_start_adds_nothing()
    {
        Dictionary<string, int> first;
        long epoch;
        using (var app = Start())
        {
            using var db = app.Db();
            db.Database.GetPendingMigrations().Should().BeEmpty();
            first = Counts(app);
            epoch = db.Marks.Single().Epoch;
            ShouldHaveTheCity(first);
            ShouldHaveAcknowledgedHistory(app);
        }

        using var again = Start();
        Counts(again).Should().Equal(first);
        again.Db().Marks.Single().Epoch.Should().Be(epoch, "cursors stay good");
    }

    [Fact]
    public void What_a_program_that_ended_in_a_flood_had_not_filed_is_in_the_search_after_the_next_start()
    {
        using (var app = Start())
        {
            using var db = app.Db();
            db.Database.ExecuteSqlRaw("DELETE FROM ReportSearch WHERE rowid > 700").Should().BePositive();
        }

        using var again = Start();
        using var after = again.Db();
        after.Database.SqlQuery<int>($"SELECT count(*) AS Value FROM ReportSearch WHERE ReportSearch MATCH 'DVO'").Single().Should().Be(after.Reports.Count());
    }

    [Fact]
    public async Task More_officers_a_station_may_be_asked_for()
    {
        using var app = Start(new() { ["Demo:OfficersPerStation"] = "3" });

        using var db = app.Db();
        var emails = db.Users.Select(user => user.Email!).ToList();
        emails.Should().HaveCount(2 + (20 * 4)).And.Contain(["officer.ps1@alertdavao.test", "officer2.ps1@alertdavao.test", "officer3.cyber@alertdavao.test"]);
        emails.Should().NotContain("officer4.ps1@alertdavao.test");
        using var third = await app.SignedIn("officer3.ps1");
        (await third.GetStringAsync("/")).Should().Contain("data-station=\"PS1\"");
    }

    public void Dispose() => Directory.Delete(_storage, recursive: true);

    private TestApp Start(Dictionary<string, string>? settings = null)
        => TestApp.Start(new Dictionary<string, string>(settings ?? []) { ["Storage:Path"] = _storage });

    private static Dictionary<string, int> Counts(TestApp app)
    {
        using var db = app.Db();
        return new()
        {
            ["stations"] = db.Stations.Count(),
            ["barangays"] = db.Barangays.Count(),
            ["logs"] = db.StationLogs.Count(),
            ["marks"] = db.Marks.Count(),
            ["users"] = db.Users.Count(),
            ["officers"] = db.Officers.Count(),
            ["duties"] = db.Duties.Count(),
            ["clients"] = db.IntakeClients.Count(),
            ["reports"] = db.Reports.Count(),
            ["entries"] = db.StationEntries.Count(),
        };
    }

    private static void ShouldHaveTheCity(Dictionary<string, int> counts) => counts.Should().Equal(new Dictionary<string, int>
    {
        ["stations"] = 20,
        ["barangays"] = 182,
        ["logs"] = 21,
        ["marks"] = 1,
        ["users"] = 42,
        ["officers"] = 42,
        ["duties"] = 41,
        ["clients"] = 1,
        ["reports"] = 20 * 40,
        ["entries"] = 20 * 40 * 2,
    });

    private static void ShouldHaveAcknowledgedHistory(TestApp app)
    {
        using var db = app.Db();
        var reports = db.Reports.AsNoTracking().ToList();
        reports.CountBy(report => report.Log).Should().HaveCount(20).And.OnlyContain(log => log.Value == 40);
        reports.Should().OnlyContain(report => report.Status == ReportStatus.Acknowledged && report.AcknowledgedBy != null);
        db.StationEntries.Count(entry => entry.Kind == EntryKind.Arrived).Should().Be(800);
        db.Duties.Single(duty => duty.Role == DutyRole.CityDesk).Log.Should().Be(LogCode.City);
    }
}
