using System.Net;
using System.Net.Http.Headers;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Intake;
using AlertDavao.Tests.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Reports;

/// <summary>An officer's note with files: they go the intake's way, and belong to the report from then on.</summary>
[Collection(SecurityTests.Name)]
public sealed class NoteFileTests(LoggedApp running)
{
    private TestApp App => running.App;

    [Fact]
    public async Task A_note_with_files_is_one_version_and_its_files_are_the_reports_for_who_sees_it()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        using var stranger = await Hand.Of(App, "officer.ps2");
        var report = (await App.Arrive("PS1", 1))[0];

        var answer = await Note(officer, report, 1, "The door, from outside", Files.PhotoWithMetadata(), Files.Mp4);

        (answer.Status, answer.Version).Should().Be((HttpStatusCode.OK, 2));
        var files = EvidenceOf(report);
        files.Select(file => (file.Kind, file.Position, file.NoteVersion)).Should().Equal((EvidenceKind.Jpeg, 0, 2), (EvidenceKind.Mp4, 1, 2));
        App.Stored(report).EvidenceCount.Should().Be(2);
        var page = await officer.Client.GetStringAsync($"/reports/{report}");
        page.Should().Contain("with a note").And.Contain("2 files").And.Contain("The door, from outside");
        foreach (var file in files)
        {
            var address = $"/reports/{report}/evidence/{file.Id}";
            (await officer.Client.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.OK);
            (await stranger.Client.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        }

        (await Note(officer, report, 2, "", Files.Picture())).Status.Should().Be(HttpStatusCode.OK, "a picture needs no words");
        EvidenceOf(report).Select(file => file.Position).Should().Equal(0, 1, 2);
        App.Stored(report).Since(2).Should().ContainSingle().Which.Reason.Should().BeNull();
    }

    [Fact]
    public async Task What_is_no_picture_or_too_much_is_refused_by_its_field_and_leaves_no_file_behind()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = (await App.Arrive("PS1", 1))[0];
        var before = StoredFiles();

        var none = await Note(officer, report, 1, "Look", Files.Zip("a.txt", "b"));
        var many = await Note(officer, report, 1, "Look", [.. Enumerable.Range(0, Evidence.MaxPerReport + 1).Select(_ => Files.Picture())]);
        var stale = await Note(officer, report, 7, "Look", Files.Picture());
        var empty = await Note(officer, report, 1, "");

        foreach (var refused in new[] { none, many })
        {
            refused.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
            refused.Fields.Should().Equal("media");
        }

        stale.Status.Should().Be(HttpStatusCode.PreconditionFailed);
        empty.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        empty.Fields.Should().Equal("text");
        App.Stored(report).Version.Should().Be(1);
        StoredFiles().Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task Who_does_not_see_the_report_is_answered_before_a_file_is_read()
    {
        using var stranger = await Hand.Of(App, "officer.ps2");
        var report = (await App.Arrive("PS1", 1))[0];

        var answer = await Note(stranger, report, 1, "Look", Files.Zip("a.txt", "b"));

        answer.Status.Should().Be(HttpStatusCode.NotFound, "and not that the file is none");
    }

    private List<Evidence> EvidenceOf(Guid report)
    {
        using var db = App.Db();
        return [.. db.Evidence.AsNoTracking().Where(file => file.ReportId == report).OrderBy(file => file.Position)];
    }

    private List<string> StoredFiles()
    {
        var store = App.Services.GetRequiredService<EvidenceStore>();
        return [.. store.Files().Concat(Directory.EnumerateFiles(store.Incoming))];
    }

    private static Task<Answer> Note(Hand officer, Guid report, int version, string text, params byte[][] files)
    {
        var form = new MultipartFormDataContent { { new StringContent(text), "text" } };
        for (var at = 0; at < files.Length; at++)
        {
            var file = new ByteArrayContent(files[at]);
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(file, "media", $"file-{at}");
        }

        return officer.Send($"/api/reports/{report}/note", version, form);
    }
}
