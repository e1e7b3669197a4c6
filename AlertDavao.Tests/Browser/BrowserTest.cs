using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace AlertDavao.Tests.Browser;

/// <summary>A product of its own and as many officers at their screens as a test wants; none may end with a fault in the console.</summary>
[Collection(Browsers.Name)]
[Trait("kind", "browser")]
public abstract class BrowserTest(Chromium chromium, Action<IServiceCollection>? services = null, Dictionary<string, string>? settings = null) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<Screen> _screens = [];
    private HttpClient? _intake;

    private protected TestApp App { get; } = TestApp.Start(settings, services);

    public Task InitializeAsync()
    {
        _intake = App.Intake();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.CloseAsync();
        _intake?.Dispose();
        var refused = Current.Services.GetRequiredService<PolicyViolations>().Count;
        await End();
        await App.DisposeAsync();
        refused.Should().Be(0, "no page does what its own policy forbids");
        foreach (var screen in _screens)
            screen.HasNoFaults();
    }

    /// <summary>The product that answers now.</summary>
    private protected virtual TestApp Current => App;

    /// <summary>Where browsers find the product.</summary>
    private protected virtual Uri Entrance => App.Address;

    /// <summary>The browsers are gone, the product is still there.</summary>
    protected virtual Task End() => Task.CompletedTask;

    /// <summary>A browser of its own with nobody signed in.</summary>
    private protected async Task<IBrowserContext> Machine(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL = Entrance.ToString();
        options.ViewportSize ??= new() { Width = 1440, Height = 900 };
        var context = await chromium.Browser.NewContextAsync(options);
        _contexts.Add(context);
        return context;
    }

    private protected async Task<Screen> Tab(IBrowserContext machine)
    {
        var screen = new Screen(await machine.NewPageAsync());
        _screens.Add(screen);
        return screen;
    }

    /// <summary>
    /// An officer at a machine of their own, on that page and live. The form was sent beside the browser: it is drawn and
    /// used where the sign-in itself is looked at.
    /// </summary>
    private protected async Task<Screen> Officer(string account, string page = "/", BrowserNewContextOptions? options = null)
    {
        return await (await (await Tab(await MachineOf(account, options))).Open(page)).IsLive();
    }

    /// <summary>A browser in which that officer is signed in.</summary>
    private protected async Task<IBrowserContext> MachineOf(string account, BrowserNewContextOptions? options = null)
    {
        var machine = await Machine(options);
        using var form = await App.SignedIn(account);
        var cookies = App.CookiesOf(form).Split("; ").Select(cookie => cookie.Split('=', 2))
            .Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie[0], Value = cookie[1], Url = Entrance.ToString() });
        await machine.AddCookiesAsync(cookies);
        return machine;
    }

    /// <summary>Over HTTP, as the citizens' app sends it.</summary>
    private protected Task<Posted> Post(Dictionary<string, object?> report) => Post(_intake!, report);

    /// <summary>The same with another client's key.</summary>
    private protected static async Task<Posted> Post(HttpClient client, Dictionary<string, object?> report)
    {
        using var answer = await client.PostAsJsonAsync("/api/reports", report);
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        var data = body.RootElement.GetProperty("data");
        return new Posted(data.GetProperty("report_id").GetString()!, data.GetProperty("tracking_code").GetString()!, (string)report["title"]!);
    }

    private protected Task<Posted> Post(string station, string title, string type = "Robbery") => Post(ReportFor(station, title, type));

    private protected Dictionary<string, object?> ReportFor(string station, string title, string type = "Robbery")
    {
        var report = A.ReportFor(App, station, title);
        if (station != "CYBER")
            report["crime_types"] = new[] { type };
        return report;
    }

    /// <summary>Several in one transaction and with one ring: a screen is told of all of them at once.</summary>
    private protected async Task<IReadOnlyList<Posted>> Burst(string station, int count, string title = "Burst", string type = "Robbery")
    {
        var city = The<CityBook>();
        var sent = ReportFor(station, title, type);
        var types = (string[])sent["crime_types"]!;
        var (latitude, longitude) = ((double)sent["latitude"]!, (double)sent["longitude"]!);
        var route = city.Router.Route(types, latitude, longitude);
        var posted = await The<Writer>().Run(unit => Enumerable.Range(1, count).Select(at =>
        {
            var submission = new Submission
            {
                Title = $"{title} {at}",
                CrimeTypes = types,
                Description = "One of several.",
                OccurredAt = unit.Now,
                Latitude = latitude,
                Longitude = longitude,
                Source = ReportSource.App,
            };
            var code = TrackingCode.From(RandomNumberGenerator.GetBytes(TrackingCode.RandomBytes));
            var report = Report.Submit(Guid.CreateVersion7(unit.Now), code, submission, route, unit.Now);
            unit.Arrive(report);
            return new Posted(report.Id.ToString(), code, submission.Title);
        }).ToList());
        The<LiveBus>().Ring(route.Log);
        return posted;
    }

    /// <summary>A colleague somewhere else acknowledges it.</summary>
    private protected async Task Acknowledge(Posted posted, string account)
    {
        var id = Guid.Parse(posted.Id);
        var officer = IdOf(account);
        var log = await The<Writer>().Run(unit =>
        {
            var report = unit.Db.Reports.Single(report => report.Id == id);
            report.Acknowledge(officer, unit.Now);
            unit.Append(report, EntryKind.Changed);
            return report.Log;
        });
        The<LiveBus>().Ring(log);
    }

    /// <summary>From now on the officer serves at these stations and at no other.</summary>
    private protected async Task PostOfficer(string account, params string[] stations)
    {
        var id = IdOf(account);
        await The<Writer>().Run(unit =>
        {
            unit.Db.Duties.RemoveRange(unit.Db.Duties.Where(duty => duty.OfficerId == id));
            unit.Db.Duties.AddRange(stations.Select(
                station => new Duty(Guid.CreateVersion7(unit.Now), id, station, DutyRole.Officer, unit.Now, null)));
            unit.Db.Officers.Single(officer => officer.Id == id).DutiesChanged();
            return true;
        });
        The<ScopeDirectory>().Forget(id);
        The<LiveBus>().Ring(id);
    }

    private protected IEnumerable<string> Stations => The<CityBook>().Stations.Keys.Order(LogCode.Order);

    private protected T The<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    private protected Guid IdOf(string account)
    {
        var email = DemoSeed.Email(account);
        using var db = App.Db();
        return db.Users.Single(user => user.Email == email).Id;
    }
}

/// <summary>A report that the intake took, and what one could know it by.</summary>
internal sealed record Posted(string Id, string TrackingCode, string Title);
