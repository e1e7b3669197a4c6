using AlertDavao.Dashboard.Data;
using AlertDavao.Tests.Devices;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>The city desk draws the city anew: by mouse on the map, and without touching the database.</summary>
public sealed class PlanPageTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task A_new_station_is_brought_up_with_its_ground_and_its_admin_and_takes_its_first_report_live()
    {
        var admin = await Officer("noduty");
        var desk = await Officer("hq", "/city");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Stations and boundaries" }).ClickAsync();
        var ground = The<CityBook>().Barangays.Values.Where(barangay => barangay.StationCode == "PS12").MaxBy(barangay => barangay.Boundary.Area)!;

        await desk.Page.GetByLabel("Code, e.g. PS14").FillAsync("PS14");
        await desk.Page.GetByLabel("Short name").FillAsync("Marilog North");
        await desk.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Police Station 14 Marilog North");
        await PlanIt(desk, "station-code");
        await Expect(desk.Page.Locator("#plan")).ToContainTextAsync("New station PS14 Marilog North");

        await ClickOn(desk, ground.Psgc);
        await Expect(desk.Page.Locator("[data-chosen]")).ToHaveTextAsync("1 chosen");
        await Expect(desk.Page.Locator($"input[value='{ground.Psgc}']")).ToBeCheckedAsync();
        await desk.Page.Locator("#give-to").SelectOptionAsync("PS14");
        await PlanIt(desk, "give-to");
        await Expect(desk.Page.Locator($"[data-psgc='{ground.Psgc}']")).ToHaveClassAsync("area changed");

        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Rehearse" }).ClickAsync();
        await Expect(desk.Page.Locator(".rehearsal")).ToContainTextAsync("would have moved");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Published." })).ToBeVisibleAsync();

        await desk.Open("/station?station=PS14");
        await desk.Page.Locator("#post-officer").SelectOptionAsync(App.IdOf("noduty").ToString());
        await desk.Page.Locator("#post-role").SelectOptionAsync("StationAdmin");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();

        await Expect(admin.Page.Locator("#moved")).ToContainTextAsync("PS14");
        var report = await Post(ReportIn(ground, "The first of the new station"));
        await Expect(admin.Row(report)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_border_is_drawn_on_the_map_and_the_piece_goes_to_the_barangay_it_is_given_to()
    {
        var desk = await Officer("hq", "/city/plan");
        var city = The<CityBook>();
        var taker = city.Barangays.Values.Where(barangay => barangay.StationCode == "PS12").MaxBy(barangay => barangay.Boundary.Area)!;
        var loser = city.Barangays.Values.Where(other => other != taker && other.Boundary.Touches(taker.Boundary)).MaxBy(other => other.Boundary.Area)!;
        var shared = taker.Boundary.Intersection(loser.Boundary).Coordinates;
        var border = shared[shared.Length / 2];

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Draw" }).ClickAsync();
        foreach (var (east, north) in new[] { (-0.01, -0.01), (0.01, -0.01), (0.01, 0.01), (-0.01, 0.01) })
            await ClickAt(desk, border.Y + north, border.X + east);
        await Expect(desk.Page.Locator("#ground-corners")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(@"^([\d., ]+\n){3}[\d., ]+$"));
        (await desk.Page.Locator(".piece").GetAttributeAsync("points")).Should().NotBeNullOrEmpty();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the last corner" }).ClickAsync();
        await ClickAt(desk, border.Y + 0.01, border.X - 0.01);

        await desk.Page.Locator("#ground-to").SelectOptionAsync(taker.Psgc);
        await PlanIt(desk, "ground-to");

        await Expect(desk.Page.Locator("#plan")).ToContainTextAsync($"Ground of 4 corners to {taker.Name}");
        await Expect(desk.Page.Locator($"[data-psgc='{taker.Psgc}']")).ToHaveClassAsync("area changed");
        await Expect(desk.Page.Locator($"[data-psgc='{loser.Psgc}']")).ToHaveClassAsync("area changed");
    }

    private static Task PlanIt(Screen desk, string field)
        => desk.Page.Locator("form").Filter(new() { Has = desk.Page.Locator($"#{field}") }).GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();

    private async Task ClickOn(Screen desk, string psgc)
    {
        var inside = The<CityBook>().Barangays[psgc].Boundary.InteriorPoint;
        await ClickAt(desk, inside.Y, inside.X);
    }

    /// <summary>A real click where that place is drawn.</summary>
    private static async Task ClickAt(Screen desk, double latitude, double longitude)
    {
        var map = desk.Page.Locator(".plan-map");
        await map.ScrollIntoViewIfNeededAsync();
        var at = await map.EvaluateAsync<float[]>(
            """
            (map, [latitude, longitude]) => {
                const { west, north, eastMetres, northMetres } = map.dataset;
                const [x, y, width, height] = map.querySelector('.ground').getAttribute('viewBox').split(' ').map(Number);
                const box = map.getBoundingClientRect();
                return [box.left + ((longitude - west) * eastMetres - x) / width * box.width, box.top + ((north - latitude) * northMetres - y) / height * box.height];
            }
            """,
            new[] { latitude, longitude });
        await desk.Page.Mouse.ClickAsync(at[0], at[1]);
    }

    private static Dictionary<string, object?> ReportIn(AlertDavao.Domain.Stations.Barangay ground, string title)
    {
        var report = A.Report(title);
        (report["latitude"], report["longitude"]) = (ground.Boundary.InteriorPoint.Y, ground.Boundary.InteriorPoint.X);
        return report;
    }
}
