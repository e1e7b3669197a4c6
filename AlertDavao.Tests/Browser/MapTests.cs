using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>The live list as places, beside it or in its stead.</summary>
public sealed class MapTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task The_map_has_a_marker_for_every_row_with_a_place_follows_the_list_and_opens_a_report()
    {
        var placeless = ReportFor("CYBER", "Nowhere");
        placeless.Remove("latitude");
        placeless.Remove("longitude");
        var first = await Post("CYBER", "Under the bridge");
        var screen = await Officer("officer.cyber");
        await Expect(screen.Row(first)).ToBeVisibleAsync();

        await screen.Page.Keyboard.PressAsync("m");

        await Agree(screen);
        await Expect(screen.List).ToBeVisibleAsync();
        var before = await screen.Rows.CountAsync();
        await Post(placeless);
        await Expect(screen.Rows).ToHaveCountAsync(before + 1);
        await Agree(screen);
        await Expect(Words(screen)).ToContainTextAsync("without a place");
        var far = ReportFor("CYBER", "Far from it");
        (far["latitude"], far["longitude"]) = (7.46, 125.62);
        var posted = await Post(far);
        await Agree(screen);
        await Expect(Spot(screen, "Far from it")).ToHaveClassAsync(Class("fresh"));
        await Expect(Spot(screen, "Far from it")).ToHaveClassAsync(Class("unack"));
        await Acknowledge(posted, "officer.cyber");
        await Expect(Spot(screen, "Far from it")).Not.ToHaveClassAsync(Class("unack"));

        await Spot(screen, "Far from it").PressAsync("Enter");
        await screen.IsAt($"/reports/{posted.Id}");
        await Expect(screen.Page.Locator("#board-map")).ToBeHiddenAsync();
        await screen.Page.Locator(".dline a.btn.icon").ClickAsync();
        await Agree(screen);

        await screen.Reload();
        await Agree(screen);
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Close the map" }).ClickAsync();
        await Expect(screen.Page.Locator("#board-map")).ToBeHiddenAsync();
        await Expect(screen.Page.Locator("[data-map-toggle]")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task Reports_at_one_place_are_one_cluster_with_their_count_and_of_the_worst_that_waits()
    {
        var screen = await Officer("officer.cyber");
        await screen.Page.Locator("[data-map-toggle]").ClickAsync();
        await Agree(screen);

        for (var at = 0; at < 4; at++)
            await Post(At(7.46, 125.62, $"There {at}", "cybercrime - phishing"));
        await Post(At(7.46, 125.62, "The worst of them", "cybercrime - phishing", "Homicide"));

        await Agree(screen);
        var there = screen.Page.Locator(".spots.fresh");
        await Expect(there).ToHaveTextAsync("5 reports");
        await Expect(there).ToHaveClassAsync(Class("sev-critical"));
    }

    [Fact]
    public async Task On_a_phone_the_map_stands_in_the_lists_stead()
    {
        var screen = await Officer("officer.ps3", options: new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true });

        await screen.Page.Locator("[data-map-toggle]").TapAsync();

        await Agree(screen);
        await Expect(screen.List).ToBeHiddenAsync();
        await Post("PS3", "Seen from a car");
        await Agree(screen);
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Close the map" }).TapAsync();
        await Expect(screen.List).ToBeVisibleAsync();
    }

    private Dictionary<string, object?> At(double latitude, double longitude, string title, params string[] types)
    {
        var report = ReportFor("CYBER", title);
        (report["latitude"], report["longitude"], report["crime_types"]) = (latitude, longitude, types);
        return report;
    }

    /// <summary>What the map says that it shows, and the markers in sight and in clusters, are the rows of the list.</summary>
    private static Task<IJSHandle> Agree(Screen screen) => screen.Page.WaitForFunctionAsync(
        """
        () => {
            const rows = [...document.querySelectorAll('#report-board > li')];
            const placed = rows.filter(row => row.dataset.at).length;
            const without = rows.length - placed;
            const shown = document.querySelectorAll('.boardmap .spot').length
                + [...document.querySelectorAll('.boardmap .spots')].reduce((all, one) => all + parseInt(one.textContent, 10), 0);
            return placed > 0 && shown === placed
                && document.querySelector('.map-counts').textContent === `${placed} on the map${without ? ` · ${without} without a place` : ''}`;
        }
        """);

    private static Regex Class(string name) => new($@"\b{name}\b");

    private static ILocator Spot(Screen screen, string title) => screen.Page.Locator($".boardmap .spot[title*='{title}']");

    private static ILocator Words(Screen screen) => screen.Page.Locator(".map-counts");
}
