using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Tests.Intake;

/// <summary>Reports as forms: what the mobile app sends, and what it is answered.</summary>
[Collection(EvidenceTests.Name)]
public sealed class FormTests(EvidenceApp app)
{
    [Fact]
    [Trait("catalogue", "RT-32")]
    public async Task The_mobile_apps_request_is_taken_as_it_is()
    {
        // As its HTTP library writes it: header names in small letters, a length in each part, the list as JSON text, the
        // time as Manila's without an offset, and the list's brackets in the name of the file.
        var photo = Files.Picture();
        var body = Text("""
            --7f3b2c1e-5a7d-4c7e-9d55-0b3f4f1f2a11
            content-disposition: form-data; name="title"
            content-length: 22

            Snatched at Bankerohan
            --7f3b2c1e-5a7d-4c7e-9d55-0b3f4f1f2a11
            content-disposition: form-data; name="crime_types"
            content-length: 19

            ["Theft","Robbery"]
            --7f3b2c1e-5a7d-4c7e-9d55-0b3f4f1f2a11
            content-disposition: form-data; name="description"
            content-length: 33

            Phone taken by two on a motorbike
            --7f3b2c1e-5a7d-4c7e-9d55-0b3f4f1f2a11
            content-disposition: form-data; name="incident_date"
            content-length: 19

            2026-01-31 14:02:11
            --7f3b2c1e-5a7d-4c7e-9d55-0b3f4f1f2a11
            content-disposition: form-data; name="is_anonymous"
            content-length: 1

            0
            --7f3b2c1e-5a7d-4c7e-9d55-0b3f4f1f2a11
            content-disposition: form-data; name="latitude"
            content-length: 9

            7.0739269
            --7f3b2c1e-5a7d-4c7e-9d55-0b3f4f1f2a11
            content-disposition: form-data; name="longitude"
            content-length: 11

            125.6246079
            --7f3b2c1e-5a7d-4c7e-9d55-0b3f4f1f2a11
            content-disposition: form-data; name="reporters_address"
            content-length: 0


            --7f3b2c1e-5a7d-4c7e-9d55-0b3f4f1f2a11
            content-disposition: form-data; name="user_id"
            content-length: 2

            42
            --7f3b2c1e-5a7d-4c7e-9d55-0b3f4f1f2a11
            content-disposition: form-data; name="media[]"; filename="IMG_20260131_140211.jpg"
            content-type: image/jpeg


            """);
        byte[] whole = [.. body, .. photo, .. Text("\n--7f3b2c1e-5a7d-4c7e-9d55-0b3f4f1f2a11--\n")];

        var answer = await RawHttp.Send(app.App.Address, [.. Form.Head($"Content-Length: {whole.Length}", "Connection: close"), .. whole]);

        answer.Status.Should().Be(201, answer.Text);
        var stored = Stored("Snatched at Bankerohan");
        stored.OccurredAt.Should().Be(DateTimeOffset.Parse("2026-01-31T06:02:11Z", CultureInfo.InvariantCulture));
        stored.CrimeTypes.Should().Equal("Theft", "Robbery");
        stored.Log.Should().Be("PS1");
        stored.EvidenceCount.Should().Be(1);
        var file = app.FilesOf("Snatched at Bankerohan").Single();
        file.Should().BeEquivalentTo(new { Position = 0, Kind = EvidenceKind.Jpeg, Bytes = (long)photo.Length, FileName = "IMG_20260131_140211.jpg", Width = 80, Height = 40 });
        File.ReadAllBytes(app.Store.Original(file.Id)).Should().Equal(photo);
        app.ShouldBeWhole();
    }

    [Fact]
    public async Task The_answer_lists_each_file_in_order()
    {
        var data = await app.Client.Accepted(Form.Of("Three files", Files.Picture(), Files.Mp4, Files.Heic).Content());

        var stored = app.FilesOf("Three files");
        data.GetProperty("media").EnumerateArray().Select(file => file.GetRawText()).Should().Equal(stored.Select(file => JsonSerializer.Serialize(
            new { media_id = file.Id, media_type = file.IsVideo ? "video" : "image", size = file.Bytes })));
        stored.Select(file => file.Kind).Should().Equal(EvidenceKind.Jpeg, EvidenceKind.Mp4, EvidenceKind.Heic);
        app.ShouldBeWhole();
    }

    [Fact]
    public async Task A_form_without_files_is_the_same_report_as_json()
    {
        var report = A.Report("Twice carried").With("reporters_address", "12 Quezon Blvd").With("barangay_id", "7");
        var first = await app.Client.Accepted(report, "twice-carried");

        using var second = await app.Client.Post(Form.Of(report).Content(), "twice-carried");

        second.StatusCode.Should().Be(HttpStatusCode.OK, "its fingerprint is the same");
        (await second.Body()).GetProperty("data").GetRawText().Should().Be(first.GetRawText());
        first.GetProperty("media").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("Theft", "Theft")]
    [InlineData("stolen bicycle", "stolen bicycle")]
    [InlineData("""["theft","Robbery"]""", "Theft|Robbery")]
    public async Task Types_are_a_list_as_json_or_a_bare_word(string sent, string expected)
    {
        var data = await app.Client.Accepted(Form.Of(A.Report("Types of a form").With("crime_types", sent)).Content());

        string.Join('|', data.GetProperty("report_type").EnumerateArray().Select(type => type.GetString())).Should().Be(expected);
    }

    [Theory]
    [InlineData("title", "")]
    [InlineData("crime_types", "")]
    [InlineData("crime_types", "[\"Theft\",5]")]
    [InlineData("crime_types", "[\"Theft\"")]
    [InlineData("latitude", "NaN")]
    [InlineData("is_anonymous", "perhaps")]
    [InlineData("incident_date", "31.01.2026")]
    public Task A_bad_field_is_named_and_the_file_beside_it_is_not_kept(string field, string text)
        => app.ShouldRefuse(Form.Of(A.Report("Bad field").With(field, text)).File(Files.Picture()).Content(), 422, field);

    [Fact]
    public Task A_field_that_is_no_utf_8_is_named()
        => app.ShouldRefuse(Form.Of(A.Report("Latin").Without("title")).Part("content-disposition: form-data; name=\"title\"", [0x4e, 0xf1, 0x6f]).Content(), 422, "title");

    [Theory]
    [InlineData("media", "")]
    [InlineData("media", null)]
    [InlineData("media[]", "")]
    public async Task A_form_of_which_no_file_was_chosen_has_none(string name, string? fileName)
    {
        var data = await app.Client.Accepted(Form.Of("None chosen").File([], fileName, "application/octet-stream", name).Content());

        data.GetProperty("media").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Files_are_taken_under_each_spelling_of_the_list_and_other_fields_of_an_app_are_ignored()
    {
        var form = Form.Of(A.Report("Spellings")).File(Files.Picture(), name: "media[0]").File(Files.Mp4, name: "media[1]").File(Files.WebM, null)
            .Field("device", "Pixel").File(Files.Picture(), name: "avatar").File(Files.Picture(), name: "media[x]").File(Files.Picture(), name: "mediation");

        var data = await app.Client.Accepted(form.Content());

        data.GetProperty("media").EnumerateArray().Select(file => file.GetProperty("media_type").GetString()).Should().Equal("image", "video", "video");
        app.ShouldBeWhole();
    }

    [Fact]
    public async Task Five_files_are_taken_and_a_sixth_is_not()
    {
        var photo = Files.Picture();
        await app.Client.Accepted(Form.Of("Five", photo, photo, photo, photo, photo).Content());

        await app.ShouldRefuse(Form.Of("Six", photo, photo, photo, photo, photo, photo).Content(), 422);
        app.FilesOf("Five").Should().HaveCount(5);
    }

    [Fact]
    public async Task A_file_of_25_megabytes_is_taken_and_one_byte_more_is_not()
    {
        var around = Files.Video(0).Length;
        var video = Files.Video((int)Evidence.MaxBytes - around);

        await app.Client.Accepted(Form.Of("At the limit", video).Content());
        await app.ShouldRefuse(Form.Of("Over the limit", Files.Video((int)Evidence.MaxBytes - around + 1)).Content(), 413);

        app.FilesOf("At the limit").Single().Bytes.Should().Be(Evidence.MaxBytes);
        app.ShouldBeWhole();
    }

    [Theory]
    [InlineData("../../../../etc/cron.d/evil.jpg", "evil.jpg")]
    [InlineData("C:\\\\Windows\\\\win.jpg", "win.jpg")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("..", "..")]
    [InlineData("photo\u202Egpj.exe", "photogpj.exe")]
    [InlineData("%0d%0aSet-Cookie: a=b.jpg", "%0d%0aSet-Cookie: a=b.jpg")]
    [InlineData("<img src=x onerror=alert(1)>.jpg", "<img src=x onerror=alert(1)>.jpg")]
    [InlineData("larawan \u00f1 \U0001F6A8.jpg", "larawan \u00f1 \U0001F6A8.jpg")]
    [Trait("catalogue", "B8")]
    public async Task What_a_file_is_called_is_text_and_never_a_path(string sent, string kept)
    {
        await app.Client.Accepted(Form.Of(A.Report($"Called {kept}")).File(Files.Picture(), sent).Content());

        app.FilesOf($"Called {kept}").Single().FileName.Should().Be(kept);
        app.ShouldBeWhole();
    }

    [Fact]
    public async Task A_file_in_the_store_is_only_read()
    {
        await app.Client.Accepted(Form.Of("Sealed", Files.Picture()).Content());

        var file = app.FilesOf("Sealed").Single();
        foreach (var path in new[] { app.Store.Original(file.Id), app.Store.View(file.Id) })
            (OperatingSystem.IsWindows() ? UnixFileMode.UserRead : File.GetUnixFileMode(path)).Should().Be(UnixFileMode.UserRead);
    }

    [Fact]
    [Trait("catalogue", "O1")]
    public async Task A_repetition_with_files_gets_the_first_answer_and_leaves_one_set_of_files()
    {
        var form = Form.Of("Repeated", Files.Picture(), Files.Mp4).Ended();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.Client.Post(Form.Content(form), "with-files")));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).Should().Be(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).Should().Be(5);
        (await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct().Should().ContainSingle();
        app.FilesOf("Repeated").Should().HaveCount(2);
        app.ShouldBeWhole();
    }

    [Fact]
    [Trait("catalogue", "O2")]
    public async Task The_same_key_with_another_file_or_another_order_is_a_conflict()
    {
        var (one, two) = (Files.Picture(), Files.Picture(width: 90));
        var report = A.Report("First files");
        await app.Client.Accepted(Form.Of(report).File(one).File(two).Content(), "other-files");

        await Conflict(Form.Of(report).File(one).Content());
        await Conflict(Form.Of(report).File(two).File(one).Content());
        await Conflict(Form.Of(report).Content());
        app.FilesOf("First files").Should().HaveCount(2);
        app.ShouldBeWhole();

        async Task Conflict(HttpContent form)
        {
            using var answer = await app.Client.Post(form, "other-files");
            await answer.ShouldBeProblem(409);
        }
    }

    [Fact]
    public async Task The_board_shows_how_many_files_came()
    {
        using var officer = await app.App.SignedIn("officer.ps1");
        var data = await app.Client.Accepted(Form.Of("With two files", Files.Picture(), Files.Picture()).Content());

        var page = await Eventually.Shows(officer, "With two files");

        var row = page[page.IndexOf($"/reports/{data.GetProperty("report_id").GetString()}", StringComparison.Ordinal)..];
        row[..row.IndexOf("class=\"state\"", StringComparison.Ordinal)].Should()
            .Contain("<span class=\"ev\"><i class=\"g g-clip\"></i>2<span class=\"vh\"> evidence files</span></span>");
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    private Report Stored(string title)
    {
        using var db = app.App.Db();
        return db.Reports.Single(report => report.Title == title);
    }
}
