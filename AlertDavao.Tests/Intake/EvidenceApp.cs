using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Intake;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlertDavao.Tests.Intake;

/// <summary>Tests of evidence share one running product and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class EvidenceTests : ICollectionFixture<EvidenceApp>
{
    public const string Name = "Evidence";
}

/// <summary>A product whose keys, the demo's aside, may store 100,000 bytes a day; with a view of its store.</summary>
public sealed class EvidenceApp : IDisposable
{
    public const int BytesPerKey = 100_000;

    public EvidenceApp()
    {
        App = TestApp.Start(
            new() { [EvidenceOptions.BytesPerKeyPerDayKey] = $"{BytesPerKey}" },
            services => services.AddLogging(logging => logging.ClearProviders().AddProvider(Log)));
        KeyToFill = App.NewIntakeKey("to-fill");
        OtherKey = App.NewIntakeKey("other");
        KeyToRevoke = App.NewIntakeKey("to-revoke");
        Client = App.Intake();
    }

    public TestApp App { get; }

    public CapturedLog Log { get; } = new();

    public HttpClient Client { get; }

    public string KeyToFill { get; }

    public string OtherKey { get; }

    public string KeyToRevoke { get; }

    internal EvidenceStore Store => App.Services.GetRequiredService<EvidenceStore>();

    /// <summary>The files of the report with this title, in order.</summary>
    public IReadOnlyList<Evidence> FilesOf(string title)
    {
        using var db = App.Db();
        return [.. db.Reports.AsNoTracking().Include(report => report.Evidence).Single(report => report.Title == title).Evidence.OrderBy(file => file.Position)];
    }

    public (int Reports, int Rows, int Files) Counts()
    {
        using var db = App.Db();
        return (db.Reports.Count(), db.Evidence.Count(), AllFiles().Count);
    }

    /// <summary>Everything below the store's folder.</summary>
    public IReadOnlyList<string> AllFiles() => Directory.GetFiles(Path.GetDirectoryName(Store.Incoming)!, "*", SearchOption.AllDirectories);

    /// <summary>I5: every row has its file with its hash and its copy, and every file its row.</summary>
    public void ShouldBeWhole()
    {
        using var db = App.Db();
        var rows = db.Evidence.AsNoTracking().ToList();
        rows.Where(row => !SHA256.HashData(File.ReadAllBytes(Store.Original(row.Id))).AsSpan().SequenceEqual(row.Sha256)).Should().BeEmpty();
        AllFiles().Should().BeEquivalentTo(rows.SelectMany(row => row.IsVideo
            ? [Store.Original(row.Id)]
            : (string[])[Store.Original(row.Id), Store.View(row.Id)]));
        db.Reports.Where(report => report.EvidenceCount != report.Evidence.Count).Should().BeEmpty();
    }

    /// <summary>Posts and checks that it is refused, that nothing of it is stored and that the file is named where one is at fault.</summary>
    public async Task<string> ShouldRefuse(HttpContent form, int status, string? field = "media", HttpClient? client = null)
    {
        var before = Counts();
        using var answer = await (client ?? Client).Post(form);
        var body = await answer.ShouldBeProblem(status);
        if (field is not null)
            body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(field);
        Counts().Should().Be(before);
        Log.Errors.Should().BeEmpty("a client's fault is no error of ours");
        return field is null ? body.GetProperty("message").GetString()! : body.GetProperty("errors").GetProperty(field)[0].GetString()!;
    }

    public void Dispose()
    {
        Client.Dispose();
        App.Dispose();
        Log.Dispose();
    }
}
