using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Reports;
using ImageMagick;
using Microsoft.Extensions.DependencyInjection;
using Sent = System.Collections.Generic.Dictionary<string, object?>;

namespace AlertDavao.Tests.Reports;

/// <summary>A report with files and a reporter, stored as the intake stores it: files first, then the rows, then the bell.</summary>
internal sealed record Filed(Guid Id, string Code, IReadOnlyList<Guid> Files)
{
    public string Page => $"/reports/{Id}";

    public string Evidence(int position = 0) => $"{Page}/evidence/{Files[position]}";

    public static async Task<Filed> In(TestApp app, Sent sent, IReadOnlyList<AFile>? files = null, Reporter? reporter = null, byte[]? sealedReporter = null)
    {
        var city = app.Services.GetRequiredService<CityBook>();
        var store = app.Services.GetRequiredService<EvidenceStore>();
        var types = (string[])sent["crime_types"]!;
        var (latitude, longitude) = (sent.GetValueOrDefault("latitude") as double?, sent.GetValueOrDefault("longitude") as double?);
        var route = city.Router.Route(types, latitude, longitude);
        sealedReporter ??= reporter is null ? null : app.Services.GetRequiredService<ReporterSeal>().Seal(reporter);
        var evidence = (files ?? []).Select((file, at) => file.Put(store, at)).ToList();
        var filed = await app.Writer().Run(unit =>
        {
            var submission = new Submission
            {
                Title = (string)sent["title"]!,
                CrimeTypes = types,
                Description = (string)sent["description"]!,
                OccurredAt = unit.Now.AddMinutes(-5),
                Latitude = latitude,
                Longitude = longitude,
                Address = (string?)sent.GetValueOrDefault("reporters_address"),
                BarangayHint = (string?)sent.GetValueOrDefault("barangay"),
                IsAnonymous = sent.GetValueOrDefault("is_anonymous") is true,
            };
            var code = TrackingCode.From(RandomNumberGenerator.GetBytes(TrackingCode.RandomBytes));
            var report = Report.Submit(Guid.CreateVersion7(unit.Now), code, submission, route, unit.Now)
                .SentBy(unit.Db.IntakeClients.OrderBy(client => client.Name).Select(client => client.Id).First(), sealedReporter)
                .With(evidence);
            unit.Arrive(report);
            return new Filed(report.Id, code, [.. evidence.Select(file => file.Id)]);
        });
        app.Services.GetRequiredService<LiveBus>().Ring(route.Log);
        return filed;
    }

    public static IReadOnlyList<AuditEntry> AuditOf(TestApp app, Guid report)
    {
        using var db = app.Db();
        return [.. db.Audit.Where(line => line.ReportId == report).OrderBy(line => line.Id)];
    }
}

/// <param name="View">What people look at; null where there is no such copy.</param>
internal sealed record AFile(EvidenceKind Kind, byte[] Original, byte[]? View = null, string? Name = null)
{
    public static AFile Photo(string? name = null) => new(EvidenceKind.Png, RandomNumberGenerator.GetBytes(64), Jpeg(), name);

    public static AFile Video(EvidenceKind kind, byte[] bytes) => new(kind, bytes);

    public Evidence Put(EvidenceStore store, int position)
    {
        var file = new Evidence(new Guid(RandomNumberGenerator.GetBytes(16)), position, Kind, Original.Length, SHA256.HashData(Original))
        {
            FileName = Name,
            Width = View is null ? null : 320,
            Height = View is null ? null : 240,
        };
        Directory.CreateDirectory(Path.GetDirectoryName(store.Original(file.Id))!);
        File.WriteAllBytes(store.Original(file.Id), Original);
        if (View is not null)
            File.WriteAllBytes(store.View(file.Id), View);
        return file;
    }

    private static byte[] Jpeg()
    {
        using var image = new MagickImage(MagickColors.SteelBlue, 320, 240);
        return image.ToByteArray(MagickFormat.Jpeg);
    }
}
