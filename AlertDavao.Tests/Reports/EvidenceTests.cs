using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Security;

namespace AlertDavao.Tests.Reports;

/// <summary>Files of a report: who gets them, how they are sent, and what the audit keeps of it.</summary>
[Collection(SecurityTests.Name)]
public sealed class EvidenceTests(LoggedApp app)
{
    private static readonly byte[] Film = RandomNumberGenerator.GetBytes(10_000);

    [Theory]
    [InlineData("officer.ps1")]
    [InlineData("admin.ps1")]
    [InlineData("hq")]
    public async Task A_photo_opens_as_its_viewing_copy_for_its_station_and_the_city_desk(string account)
    {
        var photo = AFile.Photo();
        var filed = await Filed.In(app.App, A.Report("Photo"), [photo]);
        using var client = await app.App.SignedIn(account);

        using var answer = await client.GetAsync(filed.Evidence());

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().Should().Be("image/jpeg");
        (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(photo.View, "the original stays sealed");
    }

    [Theory]
    [InlineData("officer.ps2")]
    [InlineData("noduty")]
    public async Task A7_A8_for_others_no_file_exists_and_nothing_is_audited(string account)
    {
        var filed = await Filed.In(app.App, A.Report("Not theirs"), [AFile.Photo(), AFile.Video(EvidenceKind.WebM, Film)]);
        using var client = await app.App.SignedIn(account);

        foreach (var address in new[] { filed.Evidence(), filed.Evidence(1), $"{filed.Evidence(1)}/download" })
            (await client.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.NotFound);

        Filed.AuditOf(app.App, filed.Id).Should().BeEmpty();
    }

    [Fact]
    public async Task A8_an_address_that_was_guessed_or_bent_leads_nowhere()
    {
        var filed = await Filed.In(app.App, A.Report("One file"), [AFile.Photo()]);
        var other = await Filed.In(app.App, A.Report("Another's file"), [AFile.Photo()]);
        using var client = await app.App.SignedIn("officer.ps1");
        string[] bent =
        [
            $"{filed.Page}/evidence/{other.Files[0]}", $"{filed.Page}/evidence/{Guid.NewGuid()}", $"/reports/{Guid.NewGuid()}/evidence/{filed.Files[0]}",
            $"{filed.Page}/evidence/..%2f..%2falertdavao.db", $"{filed.Page}/evidence/..%5c..%5ckeys", $"{filed.Evidence()}.view",
            $"{filed.Page}/evidence/%5c%5cserver%5cshare", $"{filed.Evidence()}/..%2fincoming", $"{filed.Evidence()}/download", $"{filed.Page}/evidence/",
        ];

        foreach (var address in bent)
            (await client.GetAsync(new Uri(app.App.Address, address))).StatusCode.Should().Be(HttpStatusCode.NotFound, address);

        // The server itself refuses a path with a NUL before anybody looks at it.
        (await client.GetAsync($"{filed.Evidence()}%00.jpg")).StatusCode.Should().BeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        Filed.AuditOf(app.App, filed.Id).Concat(Filed.AuditOf(app.App, other.Id)).Should().BeEmpty();
        (await client.GetAsync(filed.Evidence())).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_whose_copy_is_missing_is_said_in_words_and_its_address_is_not_there()
    {
        var filed = await Filed.In(app.App, A.Report("Without a copy"), [new AFile(EvidenceKind.Heic, [1, 2, 3])]);
        using var client = await app.App.SignedIn("officer.ps1");

        (await client.GetStringAsync(filed.Page)).Should().Contain("No viewing copy of this file could be made.").And.NotContain(filed.Files[0].ToString());
        (await client.GetAsync(filed.Evidence())).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_sent_may_run_nothing_and_stays_nowhere()
    {
        var filed = await Filed.In(app.App, A.Report("Headers"), [AFile.Photo("<b>.html")]);
        using var client = await app.App.SignedIn("officer.ps1");

        using var answer = await client.GetAsync(filed.Evidence());

        string Header(string name) => string.Join(", ", answer.Headers.Concat(answer.Content.Headers).Single(header => header.Key == name).Value);
        Header("Content-Security-Policy").Should().StartWith("sandbox; default-src 'none';").And.NotContain("script");
        Header("X-Content-Type-Options").Should().Be("nosniff");
        Header("Cross-Origin-Resource-Policy").Should().Be("same-origin");
        Header("Cache-Control").Should().Contain("no-store").And.Contain("private");
        Header("Content-Disposition").Should().Be($"inline; filename={filed.Code}-1.jpg", "the client's name is not ours to send");
    }

    [Theory]
    [InlineData(EvidenceKind.Mp4, "video/mp4", "mp4")]
    [InlineData(EvidenceKind.Mov, "video/quicktime", "mov")]
    [InlineData(EvidenceKind.WebM, "video/webm", "webm")]
    public async Task A_video_has_its_type_and_can_be_saved(EvidenceKind kind, string type, string ending)
    {
        var filed = await Filed.In(app.App, A.Report("Film"), [AFile.Video(kind, Film)]);
        using var client = await app.App.SignedIn("officer.ps1");

        using var saved = await client.GetAsync($"{filed.Evidence()}/download");

        saved.Content.Headers.ContentType!.ToString().Should().Be(type);
        saved.Content.Headers.ContentDisposition!.ToString().Should().Be($"attachment; filename={filed.Code}-1.{ending}");
        (await saved.Content.ReadAsByteArrayAsync()).Should().Equal(Film);
    }

    [Theory]
    [InlineData("bytes=0-99", 0, 100)]
    [InlineData("bytes=4000-4999", 4000, 1000)]
    [InlineData("bytes=9990-", 9990, 10)]
    [InlineData("bytes=-500", 9500, 500)]
    [InlineData("bytes=9000-20000", 9000, 1000)]
    public async Task A_range_of_a_video_is_sent_alone(string range, int from, int count)
    {
        var filed = await Filed.In(app.App, A.Report("Ranges"), [AFile.Video(EvidenceKind.Mp4, Film)]);
        using var client = await app.App.SignedIn("officer.ps1");

        using var answer = await Ask(client, filed.Evidence(), range);

        answer.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        answer.Headers.AcceptRanges.Should().Equal("bytes");
        answer.Content.Headers.ContentRange.Should().Be(new ContentRangeHeaderValue(from, from + count - 1, Film.Length));
        (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(Film.AsSpan(from, count).ToArray());
    }

    [Fact]
    public async Task A_range_beyond_the_end_is_refused_with_the_length()
    {
        var filed = await Filed.In(app.App, A.Report("Beyond"), [AFile.Video(EvidenceKind.Mp4, Film)]);
        using var client = await app.App.SignedIn("officer.ps1");

        using var answer = await Ask(client, filed.Evidence(), "bytes=10000-");

        answer.StatusCode.Should().Be(HttpStatusCode.RequestedRangeNotSatisfiable);
        answer.Content.Headers.ContentRange!.ToString().Should().Be("bytes */10000");
        (await answer.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Many_ranges_of_one_film_are_one_line_an_officer_in_the_audit()
    {
        var filed = await Filed.In(app.App, A.Report("Audited"), [AFile.Video(EvidenceKind.Mp4, Film), AFile.Photo()]);
        using var officer = await app.App.SignedIn("officer.ps1");
        using var desk = await app.App.SignedIn("hq");

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async at => (await Ask(officer, filed.Evidence(), $"bytes={at * 100}-{at * 100 + 99}")).Dispose()));
        await desk.GetByteArrayAsync(filed.Evidence());
        await officer.GetByteArrayAsync(filed.Evidence(1));

        Filed.AuditOf(app.App, filed.Id).Select(line => (line.Act, line.Subject)).Should().Equal(
            (AuditActs.Evidence, filed.Files[0].ToString("N")), (AuditActs.Evidence, filed.Files[0].ToString("N")), (AuditActs.Evidence, filed.Files[1].ToString("N")));
        Filed.AuditOf(app.App, filed.Id).Select(line => line.OfficerId).Distinct().Should().HaveCount(2);
    }

    [Fact]
    public async Task The_anonymous_is_sent_to_sign_in()
    {
        var filed = await Filed.In(app.App, A.Report("Closed"), [AFile.Photo()]);
        using var nobody = app.App.Anonymous();

        (await nobody.GetAsync(filed.Evidence())).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    private static async Task<HttpResponseMessage> Ask(HttpClient client, string address, string range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Range", range);
        return await client.SendAsync(request);
    }
}
