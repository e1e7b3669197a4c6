using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.Geometries;

namespace AlertDavao.Tests.Intake;

/// <summary>What an officer files at the desk becomes a report as the app's does.</summary>
[Collection(IntakeTests.Name)]
public sealed class DeskTests(LoggedApp app)
{
    [Theory]
    [InlineData("walk-in", ReportSource.WalkIn)]
    [InlineData("phone", ReportSource.Phone)]
    [InlineData("radio", ReportSource.Radio)]
    public async Task How_it_came_in_and_who_filed_it_are_kept_and_audited(string source, ReportSource stored)
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");

        var (id, page) = await desk.Filed(Desk.Filled($"By {source}").With("Source", source));

        var report = app.Stored($"By {source}");
        report.Id.Should().Be(id);
        report.Source.Should().Be(stored);
        report.FiledBy.Should().Be(IdOf("officer.ps1"));
        report.IntakeClientId.Should().BeNull();
        report.CrimeTypes.Should().Equal("Robbery", "Threats");
        (report.Log, report.Address, report.Severity).Should().Be(("PS1", "Purok 4, near the seawall", Severity.Critical));
        page.Should().Contain($"Filed as {report.TrackingCode}.").And.Contain("It is on the board of PS1").And.Contain("Open the report");
        using var db = app.App.Db();
        db.Audit.Where(entry => entry.ReportId == id).Select(entry => new { entry.Act, entry.OfficerId }).Should()
            .Equal(new { Act = AuditActs.Filed, OfficerId = IdOf("officer.ps1") });
        db.ReportOriginals.Single(original => original.ReportId == id).Fields.Should().Contain("Two men inside.").And.NotContain("Maria");
    }

    [Fact]
    public async Task A_barangay_alone_is_a_point_inside_it_and_the_timeline_says_so()
    {
        var barangay = app.App.Services.GetRequiredService<CityBook>().Barangays.Values.First(one => one.StationCode == "PS3");
        using var desk = await Desk.Of(app.App, "officer.ps1");

        var (_, page) = await desk.Filed(Desk.Filled("Somewhere there").WithoutPlace().With("Barangay", barangay.Psgc));

        var report = app.Stored("Somewhere there");
        (report.Log, report.BarangayPsgc, report.BarangayHint).Should().Be(("PS3", barangay.Psgc, barangay.Name));
        barangay.Boundary.Contains(new Point(report.Longitude!.Value, report.Latitude!.Value)).Should().BeTrue();
        report.Events.Select(entry => entry.Note).Should().Contain(IntakeNote.PlaceIsBarangay);
        page.Should().Contain("It is on the board of PS3").And.Contain("You do not see that board").And.NotContain("Open the report");
    }

    [Fact]
    public async Task A_point_counts_more_than_a_barangay_that_was_chosen_too()
    {
        var other = app.App.Services.GetRequiredService<CityBook>().Barangays.Values.First(one => one.StationCode == "PS3");
        using var desk = await Desk.Of(app.App, "officer.ps1");

        await desk.Filed(Desk.Filled("Shown and named").With("Barangay", other.Psgc));

        var report = app.Stored("Shown and named");
        report.Log.Should().Be("PS1");
        report.Events.Select(entry => entry.Note).Should().Contain(IntakeNote.BarangayContradictsPlace).And.NotContain(IntakeNote.PlaceIsBarangay);
    }

    [Fact]
    public async Task Without_any_place_it_goes_to_the_city_desk_which_the_form_said_before()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");
        var (_, form) = await desk.Open();
        form.QuerySelector("#place-said")!.TextContent.Should().Be("No place yet. Without one the report goes to the city desk, who must find its station.");

        var (_, page) = await desk.Filed(Desk.Filled("Nobody knows where").WithoutPlace());

        app.Stored("Nobody knows where").Log.Should().Be(LogCode.City);
        page.Should().Contain("it is on the city desk's board now.");
    }

    [Theory]
    [InlineData("Cybercrime", "")]
    [InlineData("Theft", "cyber crime - phishing")]
    public async Task Cybercrime_goes_to_its_division_whatever_the_place(string listed, string other)
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");

        await desk.Filed(Desk.Filled($"By wire {other}").With("Types", listed).With("OtherType", other));

        app.Stored($"By wire {other}".Trim()).Log.Should().Be(LogCode.Cyber);
    }

    [Fact]
    [Trait("catalogue", "RT-28")]
    public async Task The_same_form_sent_again_and_at_once_is_one_report()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");
        var hidden = await desk.Hidden();
        var before = app.Counts().Reports;

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => desk.Filed(Desk.Filled("Clicked twice"), hidden)));

        answers.Select(answer => answer.Id).Distinct().Should().ContainSingle();
        app.Counts().Reports.Should().Be(before + 1);
    }

    [Fact]
    public async Task A_form_that_was_filed_already_files_no_other_words_and_says_so()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");
        var hidden = await desk.Hidden();
        await desk.Filed(Desk.Filled("First of two"), hidden);

        var page = await desk.Refused(Desk.Filled("Second of two"), hidden);

        page.QuerySelector("[role=alert]")!.TextContent.Should().Contain("This form was filed before.");
        page.QuerySelector("#title")!.GetAttribute("value").Should().Be("Second of two");
        IsStored("Second of two").Should().BeFalse();
        page.QuerySelector("[name='Input.Id']")!.GetAttribute("value").Should().NotBe(hidden.Single(field => field.Key == "Input.Id").Value);
    }

    [Fact]
    public async Task An_id_that_another_officers_report_has_files_nothing_and_tells_nothing()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");
        var (id, _) = await desk.Filed(Desk.Filled("Filed by the first"));
        using var other = await Desk.Of(app.App, "officer.ps2");
        var hidden = (await other.Hidden()).With("Id", id.ToString());

        var page = await other.Refused(Desk.Filled("Filed by the first"), hidden);
        var (_, told) = await other.Open($"{Desk.Path}?Filed={id}");

        page.QuerySelector("[role=alert]")!.TextContent.Should().Contain("This form was filed before.");
        told.Body!.TextContent.Should().NotContain(app.Stored("Filed by the first").TrackingCode);
        told.QuerySelector("form.desk").Should().NotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("'; DROP TABLE Reports; --")]
    public async Task An_id_that_is_not_ours_is_replaced(string id)
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");

        var (filed, _) = await desk.Filed(Desk.Filled($"With id {id.Length}"), (await desk.Hidden()).With("Id", id));

        filed.Version.Should().Be(7);
        app.Stored($"With id {id.Length}").Id.Should().Be(filed);
    }

    [Fact]
    public async Task An_anonymous_reporter_leaves_no_name()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");

        await desk.Filed(Desk.Filled("Who knows").With("IsAnonymous", "true"));

        var report = app.Stored("Who knows");
        (report.IsAnonymous, report.SealedReporter).Should().Be((true, null));
    }

    [Fact]
    [Trait("catalogue", "P2")]
    public async Task A_name_and_a_number_are_sealed_and_never_logged()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");

        await desk.Filed(Desk.Filled("Call her back").With("ReporterName", "canary-name-4f").With("ReporterPhone", "canary-phone-4f"));

        var sealedReporter = app.Stored("Call her back").SealedReporter;
        sealedReporter.Should().NotBeNull();
        System.Text.Encoding.Latin1.GetString(sealedReporter!).Should().NotContain("canary");
        app.Log.Lines.Should().NotBeEmpty();
        app.Log.Mentioning("canary-name-4f", "canary-phone-4f", "Call her back").Should().BeEmpty();
    }

    [Theory]
    [InlineData("admin.ps1")]
    [InlineData("hq")]
    [InlineData("officer.cyber")]
    public async Task Every_role_on_duty_files(string account)
    {
        using var desk = await Desk.Of(app.App, account);

        var (id, _) = await desk.Filed(Desk.Filled($"Filed by {account}"));

        app.Stored($"Filed by {account}").Id.Should().Be(id);
    }

    private bool IsStored(string title)
    {
        using var db = app.App.Db();
        return db.Reports.AsNoTracking().Any(report => report.Title == title);
    }

    private Guid IdOf(string account)
    {
        var email = DemoSeed.Email(account);
        using var db = app.App.Db();
        return db.Users.Single(user => user.Email == email).Id;
    }
}
