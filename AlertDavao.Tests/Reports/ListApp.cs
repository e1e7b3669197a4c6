using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace AlertDavao.Tests.Reports;

/// <summary>
/// A product with the demo's 800 reports and 140 more of every kind; the tests of the list share it. What they add carries
/// words of its own.
/// </summary>
public sealed partial class ListApp : IAsyncLifetime
{
    /// <summary>A Manila day in the past with one report in its last and one in its first millisecond, and one on either side.</summary>
    public static readonly DateOnly Day = new(2024, 2, 29);

    private static readonly string[] Types = ["Theft", "Robbery", "Physical Injury", "loud karaoke", "Others", "online scam"];
    private static readonly string[] Words = ["pawnshop", "market", "jeepney", "Peñafrancia", "10-A"];

    public LoggedApp Running { get; } = new();

    public TestApp App => Running.App;

    public HttpClient Desk { get; private set; } = null!;

    public HttpClient Officer { get; private set; } = null!;

    internal CityBook City => The<CityBook>();

    internal SearchReports Search => The<SearchReports>();

    public T The<T>() where T : notnull => App.Services.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        var midnight = new DateTimeOffset(Day.ToDateTime(TimeOnly.MinValue), ManilaTime.Offset);
        foreach (var (at, ms) in new[] { -1, 0, 86_399_999, 86_400_000 }.Index())
            await Add(unit => { }, midnight.AddMilliseconds(ms), $"Midnight {at}", ["Theft"], "PS1");
        var now = TimeProvider.System.GetUtcNow();
        for (var at = 0; at < 136; at++)
        {
            var log = (at % 7) switch { 0 or 1 or 2 => "PS1", 3 => "PS2", 4 => "PS3", 5 => LogCode.Cyber, _ => LogCode.City };
            string[] types = at % 5 == 0 ? [Types[at % Types.Length], "Threats"] : [Types[at % Types.Length]];
            await Add(report => { Course(report, at, now); }, now.AddHours(-40 * (136 - at)), $"Near the {Words[at % Words.Length]} no. {at}", types, log,
                Barangay(log, at));
        }

        Desk = await App.SignedIn("hq");
        Officer = await App.SignedIn("officer.ps1");
    }

    public Task DisposeAsync()
    {
        Desk.Dispose();
        Officer.Dispose();
        Running.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Stores a report as it would have come at that time.</summary>
    public Task<Report> Add(Action<Report> then, DateTimeOffset at, string title, string[] types, string log, Barangay? barangay = null, string description = "As told.")
        => App.Writer().Run(unit =>
        {
            var submission = new Submission { Title = title, CrimeTypes = types, Description = description, OccurredAt = at };
            var code = TrackingCode.From(System.Security.Cryptography.RandomNumberGenerator.GetBytes(TrackingCode.RandomBytes));
            var report = Report.Submit(Guid.CreateVersion7(at), code, submission, new Route(log, RouteRule.Boundary, barangay, "test"), at);
            then(report);
            new WriteUnit(unit.Db, at).Arrive(report);
            return report;
        });

    public Task<Report> AddNow(string title, string[] types, string log = "PS1", string description = "As told.")
        => Add(_ => { }, TimeProvider.System.GetUtcNow(), title, types, log, description: description);

    public BoardScope ScopeOf(string account)
    {
        var email = DemoSeed.Email(account);
        using var db = App.Db();
        return The<ScopeDirectory>().Of(db.Users.Single(user => user.Email == email).Id);
    }

    /// <summary>Every report there is, in the order they were stored in.</summary>
    public IReadOnlyList<Report> Everything()
    {
        using var db = App.Db();
        return db.Reports.FromSqlRaw("SELECT * FROM Reports ORDER BY rowid").AsNoTracking().ToList();
    }

    internal ReportFilterForm Read(string query, BoardScope scope)
        => ReportFilterForm.Read(new Microsoft.AspNetCore.Http.QueryCollection(QueryHelpers.ParseQuery(query)), scope, City);

    internal FoundReports Run(string query, string account = "hq")
    {
        var form = Read(query, ScopeOf(account));
        return Search.Run(form.Filter, form.Position, ScopeOf(account));
    }

    /// <summary>The ids on a page in their order.</summary>
    public static List<Guid> IdsOn(string page) => [.. Rows().Matches(page).Select(row => Guid.Parse(row.Groups["id"].Value))];

    /// <summary>The address of the page below or above; null on the last or first one.</summary>
    public static string? LinkOn(string page, string rel)
        => Links().Matches(page).FirstOrDefault(link => link.Groups["rel"].Value == rel) is { } found ? WebUtility.HtmlDecode(found.Groups["path"].Value) : null;

    private static void Course(Report report, int at, DateTimeOffset now)
    {
        var officer = Guid.NewGuid();
        if (at % 3 == 0)
            return;
        if (at % 11 == 0)
        {
            report.Move(ReportStatus.Invalid, officer, "a test call", now);
            return;
        }

        report.Acknowledge(officer, now);
        foreach (var next in new[] { ReportStatus.Responding, ReportStatus.Investigating, ReportStatus.Resolved }.Take(at % 4))
            report.Move(next, officer, null, now);
    }

    private Barangay? Barangay(string log, int at)
    {
        var own = City.Barangays.Values.Where(barangay => barangay.StationCode == log).OrderBy(barangay => barangay.Psgc).ToList();
        return own.Count == 0 ? null : own[at % Math.Min(3, own.Count)];
    }

    [GeneratedRegex("<li class=\"row[^>]*data-report-id=\"(?<id>[^\"]+)\"")]
    private static partial Regex Rows();

    [GeneratedRegex("<a\\b[^>]*\\brel=\"(?<rel>[^\"]+)\"[^>]*\\bhref=\"(?<path>[^\"]+)\"")]
    private static partial Regex Links();
}

/// <summary>The tests of the list share one product and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ListTests : ICollectionFixture<ListApp>
{
    public const string Name = "List";
}
