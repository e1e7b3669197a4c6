using AlertDavao.Tests.Board;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>What holds for every page there is: nothing serious for those who cannot see or point, and no text that becomes markup.</summary>
public sealed class EveryPageTests(Chromium chromium) : BrowserTest(chromium)
{
    private static readonly string[] Pages = ["/", "/reports", "/reports?q=nothing-of-that-kind", "/reports/new", "/account", "/account/second-step", "/operations", "/nowhere", "/no-permission"];

    [Theory]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Axe_finds_nothing_serious_and_nothing_has_to_be_scrolled_sideways(int width, ColorScheme scheme)
    {
        var options = new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme };
        var visitor = await (await Tab(await Machine(options))).Open("/account/login");
        await IsSound(visitor, "/account/login");
        foreach (var page in new[] { "/account/forgot", "/account/reset" })
        {
            await visitor.Open(page);
            await IsSound(visitor, page);
        }

        var screen = (await Officer("officer.ps1", options: options)).Tolerating("404");
        var report = await Post("PS1", "For everybody to read");
        await Expect(screen.Row(report)).ToBeVisibleAsync();
        foreach (var page in Pages.Append($"/reports/{report.Id}").Append($"/reports/{Guid.Empty}"))
        {
            await screen.Open(page);
            await Expect(screen.Page.Locator("h1").First).ToBeAttachedAsync();
            await IsSound(screen, page);
        }

        await IsSound(await Officer("hq", "/operations", options), "/operations of the city desk");
        await IsSound(await Officer("hq", "/city", options), "/city of the city desk");
        await IsSound(await Officer("hq", "/city/plan", options), "/city/plan of the city desk");
        await IsSound(await Officer("hq", "/keys", options), "/keys of the city desk");
        await IsSound(await Officer("admin.ps1", "/station", options), "/station of its admin");
        var map = await Officer("admin.ps2", options: options);
        await map.Page.Locator("[data-map-toggle]").ClickAsync();
        await Expect(map.Page.Locator(".map-counts")).ToContainTextAsync("on the map");
        await IsSound(map, "the map");
        var stranger = (await Officer("noduty", options: options)).Tolerating("403");
        foreach (var page in new[] { "/", "/reports", "/reports/new" })
        {
            await stranger.Open(page);
            await IsSound(stranger, $"{page} without a duty");
        }
    }

    [Fact]
    [Trait("catalogue", "B1")]
    public async Task No_payload_in_any_field_runs_or_becomes_an_element_on_any_page()
    {
        var board = await Officer("officer.ps1");
        var elsewhere = await Officer("officer.ps1", "/account");
        var plain = await Post("PS1", "Nothing but text");
        await Expect(board.Row(plain)).ToBeVisibleAsync();
        var posted = new List<Posted>();
        foreach (var payload in Hostile.Payloads.Where(payload => !string.IsNullOrWhiteSpace(payload)))
            posted.Add(await Post(Everywhere(payload)));

        await Expect(board.Row(posted[^1])).ToBeVisibleAsync();
        await Expect(elsewhere.Notice).ToBeVisibleAsync();
        (await Foreign(board)).Should().BeEmpty("the board's rows hold only what the product put there");
        (await Foreign(elsewhere)).Should().BeEmpty("so does the notice");

        foreach (var report in posted.Where((_, at) => at % 8 == 0))
        {
            await board.Open($"/reports/{report.Id}");
            await Expect(board.Page.Locator(".dtitle")).ToHaveTextAsync(Stored(report));
            (await Foreign(board)).Should().BeEmpty(report.Title);
        }

        for (var page = "/reports"; page is not null; page = await board.Page.Locator("a[rel=next]").CountAsync() > 0
            ? await board.Page.Locator("a[rel=next]").First.GetAttributeAsync("href") : null)
        {
            await board.Open(page);
            await Expect(board.Page.Locator("h1").First).ToBeAttachedAsync();
            (await Foreign(board)).Should().BeEmpty(page);
        }
    }

    private Dictionary<string, object?> Everywhere(string payload)
    {
        var report = ReportFor("PS1", payload);
        report["description"] = payload;
        report["crime_types"] = payload.Trim().Length is >= 2 and <= 60 ? new[] { payload, "Robbery" } : ["Robbery"];
        report["reporters_address"] = payload;
        report["barangay"] = payload;
        report["reporter_name"] = payload;
        report["reporter_phone"] = payload;
        report["user_id"] = payload;
        return report;
    }

    private string Stored(Posted report)
    {
        var id = Guid.Parse(report.Id);
        using var db = App.Db();
        return db.Reports.Single(one => one.Id == id).Title;
    }

    /// <summary>Elements and attributes that only a payload could have brought.</summary>
    private static Task<string[]> Foreign(Screen screen) => screen.Page.EvaluateAsync<string[]>(
        """
        () => {
            const odd = 'iframe, object, embed, marquee, body base, math, plaintext, xmp, noscript, audio, template, [srcdoc], [style*="position:fixed"]';
            const handlers = [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => /^on/i.test(a.name) || (/^(xlink:)?href$|^src$|action$/i.test(a.name) && /^\s*javascript:/i.test(a.value))));
            const scripts = [...document.scripts].filter(s => s.src === '' ? s.type !== 'importmap' : new URL(s.src).origin !== location.origin);
            const pictures = [...document.images].filter(i => new URL(i.src, location.href).origin !== location.origin || i.getAttribute('src') === 'x');
            return [...document.querySelectorAll(odd), ...handlers, ...scripts, ...pictures].map(e => e.outerHTML.slice(0, 200));
        }
        """);

    private static async Task IsSound(Screen screen, string page)
    {
        var found = await screen.Page.RunAxe();
        found.Violations.Where(one => one.Impact is "serious" or "critical")
            .Select(one => $"{one.Id}: {string.Join(' ', one.Nodes.Select(node => node.Target))}")
            .Should().BeEmpty(page);
        (await screen.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).Should().BeLessThanOrEqualTo(0, page);
    }
}
