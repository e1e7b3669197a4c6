using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>The list of all reports before an officer's eyes.</summary>
public sealed class ReportListPageTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    [Trait("catalogue", "RT-37")]
    public async Task An_arrival_is_said_inside_and_outside_the_filter_moves_nothing_and_Show_brings_it()
    {
        var screen = await Officer("officer.ps1", "/reports?severity=critical");
        await screen.Pin();
        var rows = screen.Page.Locator("#report-list > li");
        var first = await rows.First.GetAttributeAsync("data-report-id");

        var inside = await Post("PS1", "Robbery inside the filter");
        await Expect(News(screen, "inside")).ToContainTextAsync("1 new.");
        await Expect(News(screen, "outside")).ToBeHiddenAsync();
        var outside = await Post("PS1", "Noise outside the filter", "Others");
        await Expect(News(screen, "outside")).ToContainTextAsync("1 new outside this filter.");
        await Post("PS2", "Another station's");
        (await rows.First.GetAttributeAsync("data-report-id")).Should().Be(first, "nothing moves by itself");

        await News(screen, "inside").GetByRole(AriaRole.Link, new() { Name = "Show" }).ClickAsync();
        await Expect(rows.First).ToContainTextAsync(inside.Title);
        await Expect(News(screen, "inside")).ToBeHiddenAsync();
        await Expect(rows.Filter(new() { HasText = outside.Title })).ToHaveCountAsync(0);
        await screen.IsStillPinned();
    }

    [Fact]
    public async Task The_form_asks_by_address_without_empty_fields_and_Back_brings_the_question_before()
    {
        var screen = await Officer("hq", "/reports");
        await screen.Pin();
        await screen.Page.GetByRole(AriaRole.Searchbox).FillAsync("theft");
        await screen.Page.GetByText("Status:").ClickAsync();
        await screen.Page.GetByLabel("Acknowledged").CheckAsync();
        await screen.Page.Keyboard.PressAsync("Escape");
        await Expect(screen.Page.GetByLabel("Acknowledged")).ToBeHiddenAsync();

        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();

        await screen.IsAt("/reports?text=theft&status=acknowledged");
        await Expect(screen.Page.Locator("#report-list > li").First).ToContainTextAsync("Theft");
        await Expect(screen.Page.GetByText("Status: Acknowledged")).ToBeVisibleAsync();
        await screen.Page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).ClickAsync();
        await screen.IsAt("/reports");
        await Expect(screen.Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("");
        await screen.Page.GoBackAsync();
        await screen.IsAt("/reports?text=theft&status=acknowledged");
        await screen.IsStillPinned();
        screen.Sockets.Should().Be(1);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(820, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task On_every_screen_it_fits_and_nothing_stands_in_anybodys_way(int width, ColorScheme scheme)
    {
        await Post("PS1", "A long title of a report, with Unbreakablewordsthatareverylongindeedandneverendatallinthisworldofours in between");
        var screen = await Officer("hq", "/reports?period=30d&type=Robbery", new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = scheme });
        await Post("PS1", "Later");
        await Expect(News(screen, "inside")).ToBeVisibleAsync();

        (await screen.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).Should().Be(0);
        var found = await screen.Page.RunAxe();
        found.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {string.Join(' ', violation.Nodes.Select(node => node.Html))}").Should().BeEmpty();
    }

    private static ILocator News(Screen screen, string part) => screen.Page.Locator($"#report-news [data-news='{part}']");
}
