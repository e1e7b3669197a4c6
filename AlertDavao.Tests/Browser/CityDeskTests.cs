using AlertDavao.Dashboard.Board;
using AlertDavao.Domain.Officers;
using AlertDavao.Tests.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>All stations at a glance: the alarm of one that nobody watches, and a report that no station has.</summary>
public sealed class CityDeskTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task A_station_whose_last_duty_ends_is_an_alarm_on_every_page_of_the_desk_and_ends_when_somebody_is_posted()
    {
        var city = await Officer("hq", "/city");
        var board = await Officer("hq", "/");
        await Expect(city.Page.Locator("tr[data-station]")).ToHaveCountAsync(20);
        await Expect(Watching(city, "PS7")).ToHaveAttributeAsync("data-watching", "no-screen");
        await city.Pin();

        await EndDutiesAt("PS7");

        await Expect(city.Page.Locator(".alarmband")).ToContainTextAsync("Nobody is watching PS7 Paquibato");
        await Expect(Watching(city, "PS7")).ToHaveAttributeAsync("data-watching", "nobody");
        await Expect(city.Page.Locator("tr[data-station]").First).ToHaveAttributeAsync("data-station", "PS7");
        await Expect(board.Page.Locator("#unwatched")).ToContainTextAsync("Nobody is watching PS7 Paquibato");
        await Expect(city.Page.Locator("#unwatched")).ToBeHiddenAsync();
        await city.IsStillPinned();

        await city.Page.GetByRole(AriaRole.Link, new() { Name = "Post an officer" }).ClickAsync();
        await city.Page.Locator("#post-officer").SelectOptionAsync(App.IdOf("officer.ps3").ToString());
        await city.Page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();

        await Expect(board.Page.Locator("#unwatched")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_unrouted_report_is_routed_by_hand_and_arrives_at_the_station_in_one_step()
    {
        var station = await Officer("officer.ps6", "/");
        var city = await Officer("hq", "/city");
        var lost = ReportFor("PS1", "Without a place");
        lost.Remove("latitude");
        lost.Remove("longitude");
        var posted = await Post(lost);
        var line = city.Page.Locator($"[data-unrouted='{posted.Id}']");
        await Expect(line).ToContainTextAsync("Without a place");

        await line.GetByRole(AriaRole.Combobox).SelectOptionAsync("PS6");
        await line.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(station.Row(posted)).ToBeVisibleAsync();
        await Expect(line).ToHaveCountAsync(0);
        await Expect(city.Page.Locator("#routed")).ToContainTextAsync("on the board of PS6");
    }

    [Fact]
    public async Task The_page_is_the_city_desks_alone_and_ends_with_its_duty()
    {
        foreach (var account in new[] { "officer.ps1", "admin.ps1", "noduty" })
        {
            var other = await Officer(account, "/city");
            await Expect(other.Page.Locator(".stations")).ToHaveCountAsync(0);
            await Expect(other.Page.GetByRole(AriaRole.Link, new() { Name = "City desk" })).ToHaveCountAsync(0);
        }
    }

    private static ILocator Watching(Screen screen, string station) => screen.Page.Locator($"tr[data-station='{station}']");

    private Task<bool> EndDutiesAt(string station) => The<AlertDavao.Dashboard.Data.Writer>().Run(unit =>
    {
        foreach (var duty in unit.Db.Duties.Where(duty => duty.Log == station && duty.Until == null).ToList())
            duty.End(unit.Now);
        return true;
    });
}
