using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Devices;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Reports;

/// <summary>An officer who sends commands as the page's script does.</summary>
internal sealed class Hand(TestApp app, string account, HttpClient client, string token) : IDisposable
{
    public HttpClient Client => client;

    public Guid Id { get; } = app.IdOf(account);

    public string Name
    {
        get
        {
            using var db = app.Db();
            return db.Officers.AsNoTracking().Single(officer => officer.Id == Id).Name;
        }
    }

    public static async Task<Hand> Of(TestApp app, string account)
    {
        var client = await app.SignedIn(account);
        return new Hand(app, account, client, TestApp.HiddenFieldsOf(await client.GetStringAsync("/account"))["__RequestVerificationToken"]);
    }

    public Task<Answer> Do(Guid report, string command, int version, object? body = null)
        => Send($"/api/reports/{report}/{command}", version, body is null ? null : JsonContent.Create(body));

    public Task<Answer> Decide(Guid transfer, string decision, object? body = null)
        => Send($"/api/transfers/{transfer}/{decision}", null, body is null ? null : JsonContent.Create(body));

    public async Task<Answer> Send(string path, int? version, HttpContent? content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Origin", app.Address.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("RequestVerificationToken", token);
        if (version is { } one)
            request.Headers.TryAddWithoutValidation("If-Match", one.ToString(CultureInfo.InvariantCulture));
        // A body that is too large is refused before it is sent.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 64 * 1024;
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new Answer(answer.StatusCode, text, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>The officer's list of transfers, without what the page has besides.</summary>
    public async Task<string> Transfers()
    {
        var page = await client.GetStringAsync("/transfers");
        return page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)];
    }

    /// <summary>What the officer's board is told of a report after a cursor, once it is told anything.</summary>
    public Task<JsonElement> Told(Guid report, string after, string kind)
        => Eventually.Reads(
            async () => (await client.PollAll(after)).Entries().LastOrDefault(entry => entry.ReportId() == report && entry.Text("kind") == kind),
            entry => entry.ValueKind == JsonValueKind.Object,
            $"{account} is told that the report {kind}");

    public void Dispose() => client.Dispose();
}

/// <param name="Text">The body as it came.</param>
internal sealed record Answer(HttpStatusCode Status, string Text, JsonElement Body)
{
    public string Message => Body.GetProperty("message").GetString()!;

    /// <summary>The fields that a refusal names.</summary>
    public IEnumerable<string> Fields
        => Body.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(error => error.Name) : [];

    public int Version => Body.GetProperty("data").GetProperty("version").GetInt32();
}

/// <summary>A report as it is stored, and what its log says of it.</summary>
internal static class StoredReports
{
    public static Report Stored(this TestApp app, Guid report)
    {
        using var db = app.Db();
        return db.Reports.AsNoTracking().Include(r => r.Events).Single(r => r.Id == report);
    }

    public static IReadOnlyList<StationEntry> EntriesOf(this TestApp app, Guid report)
    {
        using var db = app.Db();
        return [.. db.StationEntries.AsNoTracking().Where(entry => entry.ReportId == report).AsEnumerable()
            .OrderBy(entry => entry.Version).ThenBy(entry => entry.Kind != EntryKind.Left)];
    }

    /// <summary>What happened after the report came in, oldest first.</summary>
    public static IReadOnlyList<ReportEvent> Since(this Report report, int version)
        => [.. report.Events.Where(e => e.Version > version).OrderBy(e => e.Version).ThenBy(e => e.Part)];
}
