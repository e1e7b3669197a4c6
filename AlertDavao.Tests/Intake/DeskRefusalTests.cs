using System.Net;
using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Dashboard.Intake;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Board;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Intake;

/// <summary>What the desk does not take, and whom.</summary>
[Collection(IntakeTests.Name)]
public sealed class DeskRefusalTests(LoggedApp app)
{
    public static TheoryData<string, string, string, string> Refusals() => new()
    {
        { "Source", "", "source-wrong", "Say how it came in." },
        { "Source", "app", "source-wrong", "Say how it came in." },
        { "Types", "", "types-wrong", "Choose a type of crime, or write one." },
        { "OtherType", "x", "types-wrong", "Types of crime must be at least 2 characters." },
        { "OtherType", new string('x', 61), "types-wrong", "Types of crime must be at most 60 characters." },
        { "Title", " ", "title-wrong", "Title is required." },
        { "Title", new string('x', 201), "title-wrong", "Title must be at most 200 characters." },
        { "Description", "", "description-wrong", "Description is required." },
        { "Description", new string('x', 10_001), "description-wrong", "Description must be at most 10000 characters." },
        { "HappenedAt", "", "happened-at-wrong", "When it happened is required." },
        { "HappenedAt", "yesterday", "happened-at-wrong", "When it happened must be a date and a time." },
        { "HappenedAt", "1999-12-31T23:59", "happened-at-wrong", "When it happened must be in 2000 or later." },
        { "HappenedAt", "9999-12-31T23:59", "happened-at-wrong", "When it happened must not be more than 24 hours ahead." },
        { "Latitude", "7,1", "place-wrong", "Latitude must be a finite number." },
        { "Longitude", "NaN", "place-wrong", "Longitude must be a finite number." },
        { "Barangay", "1130799999", "barangay-wrong", "Choose a barangay of the list." },
        { "Address", new string('x', 201), "address-wrong", "Street address must be at most 200 characters." },
        { "ReporterName", new string('x', 201), "reporter-name-wrong", "Name must be at most 200 characters." },
        { "ReporterPhone", new string('x', 201), "reporter-phone-wrong", "Phone number must be at most 200 characters." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_wrong_field_is_named_nothing_is_stored_and_nothing_typed_is_lost(string field, string value, string at, string sentence)
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");
        var before = app.Counts();
        var fields = Desk.Filled("Kept as it was typed").With(field, value);

        var page = await desk.Refused(fields);

        page.QuerySelectorAll(".wrong").Select(fault => (fault.ParentElement!.Id, fault.TextContent)).Should().Equal((at, sentence));
        page.QuerySelector("[role=alert]")!.TextContent.Should().Contain("nothing you typed is lost");
        app.Counts().Should().Be(before);
        foreach (var (name, typed) in fields.Where(one => one.Key is not ("Input.Source" or "Input.Types" or "Input.Description" or "Input.Barangay")))
            page.QuerySelector($"[name='{name}']")!.GetAttribute("value").Should().Be(typed, name);
        foreach (var (name, chosen) in fields.Where(one => one is { Key: "Input.Types", Value: not "" } or { Key: "Input.Source", Value: "phone" }))
            page.QuerySelector($"[name='{name}'][value='{chosen}']")!.HasAttribute("checked").Should().BeTrue(chosen);
        page.QuerySelector("textarea")!.TextContent.Trim().Should().Be(fields.Single(one => one.Key == "Input.Description").Value);
    }

    [Fact]
    public async Task Six_types_are_one_too_many()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");

        var page = await desk.Refused(Desk.Filled("Six").With("Types", [.. CrimeType.Listed.Take(5)]).With("OtherType", "Arson"));

        page.QuerySelector("#types-wrong")!.TextContent.Trim().Should().Be("Types of crime must be at most 5.");
    }

    [Fact]
    public async Task Every_fault_is_said_at_once()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");

        var page = await desk.Refused([]);

        page.QuerySelectorAll(".wrong").Select(fault => fault.ParentElement!.Id).Should()
            .BeEquivalentTo("source-wrong", "types-wrong", "title-wrong", "description-wrong", "happened-at-wrong");
        page.QuerySelectorAll("[aria-invalid]").Select(field => field.Id).Should().BeEquivalentTo("title", "description", "happened-at");
    }

    [Fact]
    public async Task Of_an_anonymous_reporter_nothing_is_written_back_either()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");

        var page = await desk.Refused(Desk.Filled("").With("IsAnonymous", "true").With("ReporterName", "canary-name-7c"));

        page.Source.Text.Should().NotContain("canary-name-7c");
        page.QuerySelector("#reporter-name")!.HasAttribute("disabled").Should().BeTrue();
        page.QuerySelector("[name='Input.IsAnonymous']")!.HasAttribute("checked").Should().BeTrue();
    }

    [Fact]
    [Trait("catalogue", "B1")]
    public async Task What_is_typed_comes_back_as_text()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");
        var plain = (await desk.Refused(Desk.Filled("").With("Barangay", "x"))).All.Select(element => element.LocalName).ToList();
        string[] texts = ["Title", "OtherType", "Address", "ReporterName", "ReporterPhone", "HappenedAt", "Latitude", "Id"];

        foreach (var some in Hostile.Payloads.Where(payload => !payload.Contains('\0', StringComparison.Ordinal)).Chunk(texts.Length))
        {
            var fields = Desk.Filled("").With("Source", some[0]).With("Description", string.Join('\n', some)).With("Barangay", some[0]);
            foreach (var (field, payload) in texts.Zip(some))
                fields = fields.With(field, payload);
            var page = await desk.Refused(fields, (await desk.Hidden()).With("Id"));

            page.All.Select(element => element.LocalName).Distinct().Should().BeSubsetOf(plain);
            page.QuerySelectorAll("form.desk :is([onerror], [onload], [onmouseover], [onfocus], [style], img, iframe, script)").Should().BeEmpty();
            // What a parser of markup changes in any value is not looked at.
            if (some.Length > 2 && !some[2].Any(char.IsControl))
                page.QuerySelector("#address")!.GetAttribute("value").Should().Be(some[2]);
        }
    }

    // No keyboard has it: the server's own reader of forms refuses the whole.
    [Fact]
    [Trait("catalogue", "B3")]
    public async Task A_null_character_is_no_form()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");
        var before = app.Counts();

        using var answer = await desk.File(Desk.Filled("Null\0character"));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        app.Counts().Should().Be(before);
    }

    [Fact]
    public async Task Who_is_not_on_duty_is_told_so_and_files_nothing()
    {
        using var desk = await Desk.Of(app.App, "noduty");
        var before = app.Counts();

        var (status, page) = await desk.Open();
        using var client = await app.App.SignedIn("noduty");
        var token = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await client.GetStringAsync("/account"))
            .QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        List<KeyValuePair<string, string>> forged = [new("_handler", "file-report"), new("__RequestVerificationToken", token), new("Input.Id", Guid.CreateVersion7().ToString())];
        using var answer = await desk.File(Desk.Filled("Forged without duty"), forged);

        status.Should().Be(HttpStatusCode.Forbidden);
        page.QuerySelector("form.desk").Should().BeNull();
        page.Body!.TextContent.Should().Contain("Your duty does not open this page. Ask your station admin.");
        ((int)answer.StatusCode).Should().BeGreaterThanOrEqualTo(400);
        app.Counts().Should().Be(before);
    }

    [Fact]
    public async Task The_use_case_itself_refuses_who_is_not_on_duty()
    {
        var email = DemoSeed.Email("noduty");
        using var db = app.App.Db();
        var officer = db.Users.Single(user => user.Email == email).Id;
        var before = app.Counts();
        var submission = new Submission { Title = "Past the page", CrimeTypes = ["Theft"], Description = "Text.", OccurredAt = TimeProvider.System.GetUtcNow() };

        var outcome = await app.App.Services.GetRequiredService<ReceiveReport>().Run(
            new DeskSender(officer, Guid.CreateVersion7()), new Incoming(submission, new Reporter(null, null, null), "{}", RandomNumberGenerator.GetBytes(32)));

        outcome.Should().Be(Outcome.NoDuty);
        app.Counts().Should().Be(before);
    }

    [Fact]
    [Trait("catalogue", "A11")]
    public async Task Without_the_pages_token_nothing_is_filed()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");
        var before = app.Counts();

        using var answer = await desk.File(Desk.Filled("From another site"), (await desk.Hidden()).Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal)));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        app.Counts().Should().Be(before);
    }

    [Fact]
    [Trait("catalogue", "B6")]
    public async Task A_body_beyond_the_limit_is_not_read()
    {
        using var desk = await Desk.Of(app.App, "officer.ps1");
        var before = app.Counts();

        var answer = await desk.FileByHand(Desk.Filled("Too much").With("Description", new string('x', 1_100_000)));

        answer.Status.Should().BeOneOf((int)HttpStatusCode.RequestEntityTooLarge, (int)HttpStatusCode.BadRequest);
        app.Counts().Should().Be(before);
    }
}
