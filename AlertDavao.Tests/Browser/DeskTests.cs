using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Data;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>Filing a report at the desk, as an officer does it.</summary>
public sealed class DeskTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string Desk = "/reports/new";

    [Fact]
    public async Task Filled_in_by_keyboard_it_stands_highlighted_on_the_stations_board()
    {
        var board = await Officer("officer.ps3");
        var foreign = await Officer("officer.ps2");
        var desk = await AtDesk("officer.ps1");
        var keys = desk.Page.Keyboard;
        await desk.Page.GetByLabel("Walk-in").FocusAsync();
        await keys.PressAsync("ArrowRight");
        await desk.Page.GetByLabel("Robbery").FocusAsync();
        await keys.PressAsync("Space");
        await Type(desk, "Title", "By keyboard alone");
        await Type(desk, "Description", "A woman at the counter tells it.");
        await desk.Page.GetByLabel("Barangay, if the exact place is not known").FocusAsync();
        await keys.TypeAsync(The<CityBook>().Barangays.Values.First(one => one.StationCode == "PS3").Name);
        await Expect(desk.Page.Locator("#place-said")).ToContainTextAsync("PS3");
        await Type(desk, "Phone number", "0917 555 0199");

        await keys.PressAsync("Enter");

        await Expect(desk.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Filed as DVO-" })).ToContainTextAsync("It is on the board of PS3");
        var row = board.Row("By keyboard alone");
        await Expect(row).ToHaveClassAsync(new Regex(@"\bfresh\b"));
        await Expect(foreign.Row("By keyboard alone")).ToHaveCountAsync(0);
        desk.Sockets.Should().Be(1, "the page's circuit outlives the form");
    }

    [Fact]
    public async Task On_a_phone_a_refusal_comes_into_view_though_the_button_stands_far_below_it()
    {
        var desk = await Officer("officer.ps1", Desk, new() { ViewportSize = new() { Width = 390, Height = 844 } });

        await File(desk);

        await Expect(desk.Page.GetByText("Not filed yet.")).ToBeInViewportAsync();
        await Expect(desk.Page.GetByText("Not filed yet.")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_click_on_the_map_is_the_place()
    {
        var desk = await AtDesk("officer.ps1");
        await Say(desk, "At the clicked place");
        await desk.Page.Locator("#barangay").SelectOptionAsync(new SelectOptionValue { Label = "Agdao · PS1 Sta. Ana" });
        await Expect(desk.Page.Locator(".city-map .ground")).ToHaveAttributeAsync("viewBox", new Regex(" 4000 3000$"));
        var middle = The<CityBook>().Barangays.Values.Single(one => one.Name == "Agdao").Boundary.InteriorPoint;

        await desk.Page.Locator(".city-map .sheet").ClickAsync();

        await Expect(desk.Page.Locator(".city-map .pin")).ToBeVisibleAsync();
        await Expect(desk.Page.Locator("#place-said")).ToContainTextAsync("Marked");
        await Expect(desk.Page.Locator("#barangay")).ToHaveValueAsync("");
        await File(desk);
        await Expect(desk.Page.Locator("[data-filed]")).ToContainTextAsync("It is on the board of PS1");
        using var db = App.Db();
        var report = db.Reports.Single(report => report.Title == "At the clicked place");
        report.Latitude.Should().BeApproximately(middle.Y, 2e-4);
        report.Longitude.Should().BeApproximately(middle.X, 2e-4);
    }

    [Fact]
    public async Task The_map_is_dragged_and_zoomed_without_losing_the_pin()
    {
        var desk = await AtDesk("officer.ps1");
        var sheet = desk.Page.Locator(".city-map .sheet");
        await sheet.ClickAsync();
        var place = await Place(desk);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        var box = (await sheet.BoundingBoxAsync())!;
        var (x, y) = (box.X + box.Width / 2, box.Y + box.Height / 2);

        await desk.Page.Mouse.MoveAsync(x, y);
        await desk.Page.Mouse.DownAsync();
        await desk.Page.Mouse.MoveAsync(x + 60, y + 30, new() { Steps = 4 });
        await desk.Page.Mouse.UpAsync();

        (await Place(desk)).Should().Be(place, "a drag is no click");
        var pin = (await desk.Page.Locator(".city-map .pin .dot").BoundingBoxAsync())!;
        (pin.X + pin.Width / 2).Should().BeApproximately(x + 60, 3);
        (pin.Y + pin.Height / 2 + 14).Should().BeApproximately(y + 30, 3);
        await desk.Page.Mouse.ClickAsync(x + 60, y + 30);
        var again = (await Place(desk)).Split(' ').Select(degrees => double.Parse(degrees, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        again.Zip(place.Split(' ')).Should().OnlyContain(pair => Math.Abs(pair.First - double.Parse(pair.Second, System.Globalization.CultureInfo.InvariantCulture)) < 1e-3);
    }

    [Fact]
    public async Task A_draft_outlives_F5_but_a_reporters_name_only_in_its_tab_and_filing_ends_it()
    {
        var machine = await Machine();
        var desk = (await Tab(machine));
        await (await desk.SignIn("officer.ps1", Desk)).IsLive();
        await Say(desk, "Half told");
        await desk.Page.GetByLabel("Name").FillAsync("Maria Clara");
        await desk.Page.Locator(".city-map .sheet").ClickAsync();
        var place = await Place(desk);
        var id = await desk.Page.Locator("[name='Input.Id']").InputValueAsync();

        await desk.Page.ReloadAsync();

        await Expect(desk.Page.GetByLabel("Title")).ToHaveValueAsync("Half told");
        await Expect(desk.Page.GetByLabel("Radio")).ToBeCheckedAsync();
        await Expect(desk.Page.GetByLabel("Theft")).ToBeCheckedAsync();
        await Expect(desk.Page.GetByLabel("Name")).ToHaveValueAsync("Maria Clara");
        await Expect(desk.Page.Locator(".city-map .pin")).ToBeVisibleAsync();
        (await Place(desk)).Should().Be(place);
        await Expect(desk.Page.Locator("[name='Input.Id']")).ToHaveValueAsync(id);
        await Expect(desk.Page.GetByText("Draft kept on this device")).ToBeVisibleAsync();

        var other = await (await Tab(machine)).Open(Desk);
        await Expect(other.Page.GetByLabel("Title")).ToHaveValueAsync("Half told");
        await Expect(other.Page.GetByLabel("Name")).ToHaveValueAsync("");
        (await other.Page.EvaluateAsync<string>("() => JSON.stringify({ ...localStorage })")).Should().Contain("Half told").And.NotContain("Maria");

        await File(desk);
        await Expect(desk.Page.Locator("[data-filed]")).ToBeVisibleAsync();
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "File another report" }).ClickAsync();
        await Expect(desk.Page.GetByLabel("Title")).ToHaveValueAsync("");
        await Expect(desk.Page.GetByText("Draft kept on this device")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_draft_is_discarded_and_another_officers_is_not_shown()
    {
        var machine = await Machine();
        var desk = (await Tab(machine));
        await (await desk.SignIn("officer.ps1", Desk)).IsLive();
        await Say(desk, "Not for others");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Account", Exact = true }).First.ClickAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/account/login$"));

        await (await desk.SignIn("officer.ps2", Desk)).IsLive();
        await Expect(desk.Page.GetByLabel("Title")).ToHaveValueAsync("");
        await machine.ClearCookiesAsync();
        await (await desk.SignIn("officer.ps1", Desk)).IsLive();
        await Expect(desk.Page.GetByLabel("Title")).ToHaveValueAsync("Not for others");

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Discard draft" }).ClickAsync();
        await Expect(desk.Page.GetByLabel("Title")).ToHaveValueAsync("");
        await Expect(desk.Page.GetByLabel("Radio")).Not.ToBeCheckedAsync();
        await desk.Page.ReloadAsync();
        await Expect(desk.Page.GetByLabel("Title")).ToHaveValueAsync("");
    }

    [Theory]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(820, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task A_refusal_keeps_what_was_typed_fits_the_window_and_is_accessible(int width, ColorScheme colours)
    {
        var desk = await AtDesk("officer.ps1", new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = colours });
        await desk.Page.GetByLabel("Description").FillAsync("Only this, with <b>marks</b> & 'quotes'");
        await desk.Page.GetByLabel("Anonymous").CheckAsync();
        await Expect(desk.Page.GetByLabel("Name")).ToBeDisabledAsync();

        await File(desk);

        await Expect(desk.Page.GetByText("Title is required.")).ToBeVisibleAsync();
        await Expect(desk.Page.GetByLabel("Title")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(desk.Page.GetByLabel("Description")).ToHaveValueAsync("Only this, with <b>marks</b> & 'quotes'");
        await Expect(desk.Page.GetByText("Draft kept on this device")).ToBeVisibleAsync();
        (await desk.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).Should().Be(0);
        var serious = (await desk.Page.RunAxe()).Violations.Where(found => found.Impact is "serious" or "critical");
        serious.Select(found => $"{found.Id}: {string.Join(' ', found.Nodes.Select(node => node.Html))}").Should().BeEmpty();
        desk.Sockets.Should().Be(1);
    }

    // Where a click lies is asked of an endpoint of its own; without its answer the coordinates are said.
    private async Task<Screen> AtDesk(string account, BrowserNewContextOptions? options = null)
        => await (await (await Tab(await Machine(options))).SignIn(account, Desk)).IsLive();

    private static async Task Say(Screen desk, string title)
    {
        await desk.Page.GetByLabel("Radio").CheckAsync();
        await desk.Page.GetByLabel("Theft").CheckAsync();
        await desk.Page.GetByLabel("Title").FillAsync(title);
        await desk.Page.GetByLabel("Description").FillAsync("Told over the radio.");
    }

    private static async Task Type(Screen desk, string label, string text)
    {
        await desk.Page.GetByLabel(label).FocusAsync();
        await desk.Page.Keyboard.PressAsync("Control+A");
        await desk.Page.Keyboard.TypeAsync(text);
    }

    private static Task File(Screen desk) => desk.Page.GetByRole(AriaRole.Button, new() { Name = "File the report" }).ClickAsync();

    private static Task<string> Place(Screen desk)
        => desk.Page.EvaluateAsync<string>("() => ['Latitude', 'Longitude'].map(name => document.querySelector(`[name='Input.${name}']`).value).join(' ')");
}
