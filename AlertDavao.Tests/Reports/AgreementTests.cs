using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace AlertDavao.Tests.Reports;

/// <summary>RT-23: whatever has happened, list, counters, map, search and export say the same to each role.</summary>
[Trait("catalogue", "RT-23")]
public sealed partial class AgreementTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Events = 1_000;

    private static readonly string[] Stations = ["PS1", "PS2", "CYBER"];

    private readonly TestApp _app = TestApp.Start();
    private readonly List<(string Account, Hand Hand)> _hands = [];
    private readonly List<Guid> _reports = [];
    private HttpClient _intake = null!;

    public async Task InitializeAsync()
    {
        _intake = _app.Intake();
        foreach (var account in new[] { "officer.ps1", "admin.ps1", "officer.ps2", "admin.ps2", "officer.cyber", "hq" })
            _hands.Add((account, await Hand.Of(_app, account)));
    }

    public async Task DisposeAsync()
    {
        foreach (var (_, hand) in _hands)
            hand.Dispose();
        _intake.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task After_a_thousand_random_events_every_view_agrees_with_the_database_for_each_role()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var kinds = new Dictionary<string, int>();
        for (var done = 0; done < Events;)
        {
            var (kind, isDone) = await Act(random);
            if (!isDone)
                continue;
            done++;
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        }

        output.WriteLine(string.Join(", ", kinds.OrderBy(kind => kind.Key).Select(kind => $"{kind.Key} {kind.Value}")));
        kinds.Keys.Should().Contain(["report", "acknowledge", "claim", "release", "status", "severity", "note", "transfer", "decide"], $"seed {seed}");
        foreach (var (account, hand) in _hands)
            await Agree(account, hand, $"{account}, seed {seed}");
        using var noDuty = await _app.SignedIn("noduty");
        BoardRows().Matches(await noDuty.GetStringAsync("/")).Should().BeEmpty();
    }

    private async Task<(string Kind, bool IsDone)> Act(Random random)
    {
        if (_reports.Count < 20 || random.Next(4) == 0)
            return ("report", await File(random));

        var (_, hand) = _hands[random.Next(_hands.Count)];
        if (random.Next(8) == 0)
            return ("decide", await Decide(hand, random));
        var id = _reports[random.Next(_reports.Count)];
        var version = _app.Stored(id).Version;
        var (command, body) = random.Next(8) switch
        {
            0 or 1 => ("acknowledge", (object?)null),
            2 => ("claim", random.Next(3) == 0 ? new { take_over = true, reason = "They went home" } : null),
            3 => ("release", new { reason = "End of the shift" }),
            4 => ("status", new { to = Enum.GetNames<ReportStatus>()[random.Next(Enum.GetNames<ReportStatus>().Length)], reason = "As it is", duplicate_of = _reports[random.Next(_reports.Count)] }),
            5 => ("severity", new { to = Enum.GetNames<Severity>()[random.Next(Enum.GetNames<Severity>().Length)], reason = "Two are hurt" }),
            6 => ("note", new { text = "The witness calls back." }),
            _ => ("transfer", new { to = Stations[random.Next(Stations.Length)], reason = "Their side" }),
        };
        return (command, (await hand.Do(id, command, version, body)).Status == HttpStatusCode.OK);
    }

    private async Task<bool> File(Random random)
    {
        var report = A.ReportFor(_app, Stations[random.Next(Stations.Length)], $"Random {_reports.Count}");
        if (random.Next(6) == 0)
        {
            report.Remove("latitude");
            report.Remove("longitude");
        }

        using var answer = await _intake.PostAsJsonAsync("/api/reports", report);
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        using var body = await System.Text.Json.JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
        _reports.Add(body.RootElement.GetProperty("data").GetProperty("report_id").GetGuid());
        return true;
    }

    private async Task<bool> Decide(Hand hand, Random random)
    {
        using var db = _app.Db();
        var open = db.Transfers.AsNoTracking().Where(transfer => transfer.DecidedAt == null).Select(transfer => transfer.Id).ToList();
        if (open.Count == 0)
            return false;
        var accepts = random.Next(2) == 0;
        var answer = await hand.Decide(open[random.Next(open.Count)], accepts ? "accept" : "refuse", accepts ? null : new { reason = "Not ours" });
        return answer.Status == HttpStatusCode.OK;
    }

    private async Task Agree(string account, Hand hand, string because)
    {
        var scope = _app.Services.GetRequiredService<ScopeDirectory>().Of(hand.Id);
        using var db = _app.Db();
        string[] logs = [.. scope.Logs];
        var own = db.Reports.AsNoTracking().Where(report => logs.Contains(report.Log)).ToList();
        own.Should().NotBeEmpty(because);

        // What the page shows is what the tail was told of last.
        var page = await Eventually.Reads(
            () => hand.Client.GetStringAsync("/"),
            board => RowsOf(board).Select(row => (row.Id, row.Version)).ToHashSet().SetEquals(Shown(own).Select(report => (report.Id, report.Version))),
            $"the board is complete, {because}");
        var rows = RowsOf(page);
        rows.Select(row => row.Id).Should().OnlyHaveUniqueItems(because);
        CountOn(page, "unacknowledged").Should().Be(own.Count(report => report.Status == ReportStatus.Received), because);
        CountOn(page, "responding").Should().Be(own.Count(report => report.Status == ReportStatus.Responding), because);
        // The history that a store begins with may be yesterday's.
        var today = ManilaTime.StartOfDay(TimeProvider.System.GetUtcNow());
        CountOn(page, "today").Should().Be(own.Count(report => report.ReceivedAt >= today), because);
        CountOn(page, "mine").Should().Be(own.Count(report => report.ClaimedBy == hand.Id), because);
        // The map's markers are the rows that carry a place.
        rows.Where(row => row.HasPlace).Select(row => row.Id)
            .Should().BeEquivalentTo(Shown(own).Where(report => report.Latitude is not null).Select(report => report.Id), because);

        var told = new Dictionary<Guid, int>();
        foreach (var entry in (await hand.Client.PollAll()).Entries().Where(entry => entry.Text("kind") != "left"))
            told[entry.ReportId()] = entry.GetProperty("report").GetProperty("version").GetInt32();
        rows.Should().OnlyContain(row => told.ContainsKey(row.Id) && told[row.Id] == row.Version, because);

        var listed = new List<Guid>();
        for (var address = "/reports"; address is not null;)
        {
            var list = await hand.Client.GetStringAsync(address);
            listed.AddRange(ListApp.IdsOn(list));
            address = ListApp.LinkOn(list, "next");
        }

        listed.Should().OnlyHaveUniqueItems(because).And.BeEquivalentTo(own.Select(report => report.Id), because);
        var file = await hand.Client.GetStringAsync("/reports/export.csv");
        Codes().Matches(file).Select(code => code.Value).Should().BeEquivalentTo(own.Select(report => report.TrackingCode), because);
        foreach (var status in Enum.GetValues<ReportStatus>())
        {
            var found = await hand.Client.GetStringAsync($"/reports?status={status}");
            ListApp.IdsOn(found).Should().BeSubsetOf(own.Where(report => report.Status == status).Select(report => report.Id), because);
            (ListApp.IdsOn(found).Count == 0).Should().Be(own.TrueForAll(report => report.Status != status), because);
        }
    }

    /// <summary>Of each log the board holds all that waits and the newest others; it shows 50 of these at first.</summary>
    private static IEnumerable<Report> Shown(List<Report> own)
        => own.Where(report => report.Status == ReportStatus.Received).Concat(own
            .Where(report => report.Status != ReportStatus.Received)
            .OrderByDescending(report => report.ReceivedAt).ThenByDescending(report => report.LogNumber).ThenByDescending(report => report.Id)
            .Take(50));

    private static List<(Guid Id, int Version, bool HasPlace)> RowsOf(string page)
        => [.. BoardRows().Matches(page).Select(row => (Guid.Parse(row.Groups["id"].Value), int.Parse(row.Groups["version"].Value, CultureInfo.InvariantCulture), row.Groups["at"].Success))];

    private static int CountOn(string page, string counter)
        => int.Parse(Regex.Match(page, $"""id="count-{counter}">\s*<span class="n">(?<n>[\d,]+)<""").Groups["n"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex("""<li class="row [^"]*" data-report-id="(?<id>[^"]+)" data-station="[^"]+" data-number="\d+" data-committed="\d+" data-version="(?<version>\d+)"(?<at> data-at="[^"]+")?""")]
    private static partial Regex BoardRows();

    [GeneratedRegex("DVO-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex Codes();
}
