using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Intake;
using AlertDavao.Tests.Reports;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>The report beside the live board, by hand.</summary>
public sealed class ReportPageTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task RT_09_twenty_arrivals_neither_close_a_picture_nor_move_the_reader()
    {
        var filed = await Filed.In(App, ReportFor("PS1", "With pictures"), [AFile.Photo(), AFile.Photo()]);
        var screen = await Officer("officer.ps1", filed.Page);
        await screen.Pin();
        var dialog = screen.Page.Locator(".evidence dialog");
        var detail = screen.Page.Locator(".detail");
        await detail.EvaluateAsync("detail => { detail.scrollTop = 120; }");
        var place = await detail.EvaluateAsync<double>("detail => detail.scrollTop");
        await screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Open photo 1 large" }).ClickAsync();
        await Expect(dialog).ToHaveJSPropertyAsync("open", true);

        await Burst("PS1", 20, "While looking");

        await Expect(screen.Row("While looking")).ToHaveCountAsync(20);
        await Expect(dialog).ToHaveJSPropertyAsync("open", true);
        await Expect(dialog.Locator("[data-at]")).ToHaveTextAsync("1 of 2");
        (await detail.EvaluateAsync<double>("detail => detail.scrollTop")).Should().Be(place);
        (await screen.Page.EvaluateAsync<bool>("() => document.querySelector('.evidence dialog').contains(document.activeElement)")).Should().BeTrue();
        await screen.IsStillPinned();
        screen.Sockets.Should().Be(1);
    }

    [Fact]
    public async Task Pictures_open_move_and_close_by_keyboard_and_focus_returns()
    {
        var filed = await Filed.In(App, ReportFor("PS2", "By keyboard"), [AFile.Photo(), AFile.Photo(), AFile.Photo()]);
        var screen = await Officer("officer.ps2", filed.Page);
        var dialog = screen.Page.Locator(".evidence dialog");
        var second = screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Open photo 2 large" });
        await second.FocusAsync();

        await screen.Page.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator("[data-at]")).ToHaveTextAsync("2 of 3");
        await screen.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(dialog.Locator("[data-at]")).ToHaveTextAsync("3 of 3");
        await screen.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(dialog.Locator("[data-called]")).ToHaveTextAsync("Photo 1");
        await screen.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(dialog.Locator("[data-at]")).ToHaveTextAsync("3 of 3");
        await screen.Page.WaitForFunctionAsync("() => { const large = document.querySelector('.evidence dialog img'); return large.complete && large.naturalWidth === 320; }");
        await screen.Page.Keyboard.PressAsync("Escape");

        await Expect(dialog).ToHaveJSPropertyAsync("open", false);
        await Expect(second).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_picture_left_open_by_Back_leaves_nothing_that_blocks_the_board()
    {
        var filed = await Filed.In(App, ReportFor("PS3", "Left by Back"), [AFile.Photo()]);
        var screen = await Officer("officer.ps3");
        await screen.Row("Left by Back").GetByRole(Microsoft.Playwright.AriaRole.Link).First.ClickAsync();
        await screen.IsAt(filed.Page);
        await screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Open photo 1 large" }).ClickAsync();

        await screen.Page.GoBackAsync();

        await screen.IsAt("/");
        await Expect(screen.Page.Locator("dialog:modal")).ToHaveCountAsync(0);
        await screen.ToAccount();
        screen.Sockets.Should().Be(1);
    }

    [Fact]
    public async Task A_film_plays_in_the_page_and_a_picture_stands_alone_at_its_address()
    {
        var filed = await Filed.In(App, ReportFor("PS4", "Film"), [AFile.Photo(), AFile.Video(EvidenceKind.WebM, Film.WebM)]);
        var screen = await Officer("officer.ps4", filed.Page);
        var film = screen.Page.Locator(".evidence video");

        await film.EvaluateAsync("film => { film.muted = true; return film.play(); }");

        await screen.Page.WaitForFunctionAsync("() => { const film = document.querySelector('.evidence video'); return film.readyState >= 2 && film.videoWidth > 0 && film.played.length > 0; }");
        await screen.Open(filed.Evidence());
        await screen.Page.WaitForFunctionAsync("() => document.images[0]?.naturalWidth === 320");
    }

    [Fact]
    public async Task Call_back_is_one_click_the_board_lives_on_and_a_reload_closes_it()
    {
        var filed = await Filed.In(App, ReportFor("PS5", "Call me"), reporter: new Reporter(null, "<img src=x onerror=alert(1)>", "0917 555 0166"));
        var screen = await Officer("officer.ps5", filed.Page);
        await screen.Pin();

        await screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Call back" }).ClickAsync();

        await Expect(screen.Page.Locator(".opened")).ToContainTextAsync("0917 555 0166");
        await Expect(screen.Page.Locator(".opened")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        await Expect(screen.Page.Locator(".timeline li").First).ToContainTextAsync("Name and phone opened");
        var after = await Post("PS5", "After the call");
        await Expect(screen.Row(after)).ToHaveCountAsync(1);
        await screen.IsStillPinned();
        screen.Sockets.Should().Be(1);

        await screen.Reload();

        await Expect(screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Call back" })).ToBeVisibleAsync();
        await Expect(screen.Page.GetByText("0917 555 0166")).ToHaveCountAsync(0);
        Filed.AuditOf(App, filed.Id).Count(line => line.Act == AuditActs.CallBack).Should().Be(1);
    }

    [Fact]
    public async Task A_report_that_changes_is_drawn_anew_where_it_stands_and_under_a_picture_once_that_closes()
    {
        var filed = await Filed.In(App, ReportFor("PS8", "Changes meanwhile"), [AFile.Photo()]);
        var screen = await Officer("officer.ps8", filed.Page);
        await screen.Pin();
        var detail = screen.Page.Locator(".detail");
        await screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Open photo 1 large" }).ClickAsync();

        await Acknowledge(new(filed.Id.ToString(), "", "Changes meanwhile"), "admin.ps8");

        await Expect(screen.Row("Changes meanwhile")).ToContainTextAsync("Acknowledged");
        await Expect(detail.Locator(".dhead")).ToContainTextAsync("Received");
        await Expect(detail.Locator("dialog")).ToHaveJSPropertyAsync("open", true);
        await screen.Page.Keyboard.PressAsync("Escape");
        await Expect(detail.Locator(".dhead")).ToContainTextAsync("Acknowledged");
        await Expect(detail.Locator(".timeline li").First).ToContainTextAsync("Received → Acknowledged");
        await screen.IsAt(filed.Page);
        await screen.IsStillPinned();
        screen.Sockets.Should().Be(1);
    }

    [Fact]
    public async Task An_officer_who_is_moved_away_no_longer_sees_the_report_that_was_open()
    {
        var filed = await Filed.In(App, ReportFor("PS9", "Left behind"), [AFile.Photo()]);
        var screen = (await Officer("officer.ps9", filed.Page)).Tolerating("404");
        await screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Open photo 1 large" }).ClickAsync();

        await PostOfficer("officer.ps9", "PS10");

        await Expect(screen.Page.Locator(".detail")).ToContainTextAsync("This report is not on your board.");
        await Expect(screen.Page.GetByText("Left behind")).ToHaveCountAsync(0);
        await Expect(screen.Page.Locator("dialog:modal")).ToHaveCountAsync(0);
        await Expect(screen.Page.Locator(".board-strip .station")).ToContainTextAsync("PS10");
    }

    [Fact]
    public async Task On_a_tablet_the_report_takes_the_lists_place_and_the_bar_goes_on_counting()
    {
        var filed = await Filed.In(App, ReportFor("PS6", "On a tablet"));
        var screen = await Officer("officer.ps6", filed.Page, new() { ViewportSize = new() { Width = 820, Height = 1180 } });
        var bar = screen.Page.Locator(".board-bar");
        await Expect(screen.List).ToBeHiddenAsync();
        await Expect(bar).ToContainTextAsync(new Regex(@"Board\s*\d+ unacknowledged"));
        var before = await bar.Locator("b").First.InnerTextAsync();

        await Post("PS6", "Came meanwhile");

        await Expect(bar.Locator("b").First).Not.ToHaveTextAsync(before);
        await Expect(bar).ToContainTextAsync("1 new");
        await bar.ClickAsync();
        await Expect(screen.Row("Came meanwhile")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Markup_in_every_field_stands_there_as_text()
    {
        const string Payload = "\"><img src=x onerror=alert(1)><script>alert(2)</script>";
        var sent = ReportFor("PS7", $"Title {Payload}").With("description", $"Words {Payload}").With("reporters_address", $"Street {Payload}").With("barangay", $"Barangay {Payload}");
        sent["crime_types"] = new[] { $"T {Payload}" };
        var filed = await Filed.In(App, sent, [AFile.Photo($"Name {Payload}")]);
        await Filed.In(App, ReportFor("PS7", $"Near {Payload}"));

        var screen = await Officer("officer.ps7", filed.Page);

        var detail = screen.Page.Locator(".detail");
        foreach (var field in new[] { "Title", "Words", "Street", "Barangay", "T", "Name", "Near" })
            await Expect(detail.GetByText($"{field} {Payload}").First).ToBeAttachedAsync();
        await Expect(detail.Locator("script, img[src=x]")).ToHaveCountAsync(0);
    }
}
